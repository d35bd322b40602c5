"""How often a case's pages ask the store: at most eight times, however much is kept of the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from web.test_lists import MOST_STATEMENTS, statements
from web.world import World

from intake.domain.review import Role
from intake.pipeline.case import claims, notes
from intake.pipeline.case.case import case

CASE = "/submissions/CPL-000001"


def busy(world: World) -> None:
    """A case with an answer, a submission that was sent again for it, notes, a draft, and a colleague's claim."""
    for name in ("Ben", "Cleo"):
        world.person(name, Role.ANALYST, password_hash="")
    world.judged()
    world.message(**{"In-Reply-To": "<1@example.test>"})
    world.judged(headers={"In-Reply-To": "<1@example.test>"})
    for number in range(4):
        notes.write(world.services, 1, "Ada", f"@Ben and @Cleo, look: {number}", form=f"{number:022d}")
    claims.claim(world.services, 1, "Ada")


@pytest.mark.parametrize(
    "path",
    [
        CASE,
        f"{CASE}?view=unclaimed&q=gas+example",
        f"{CASE}?view=everything&device=Gas+Smart+Meter&manufacturer=Ashdown+Metering&sort=newest",
        "/submissions/CPL-000002",
        "/submissions/CPL-000003",
        *(f"{CASE}/decide/{action}" for action in ("approve", "return", "ask")),
        f"{CASE}/decide/ask?letter=draft",
        f"{CASE}/reply",
    ],
)
def test_no_page_of_a_case_asks_more_than_eight_times(world: World, path: str) -> None:
    ada = world.signed_in()
    busy(world)
    ada.post(f"{CASE}/drafts/ask", {"letter": "Why?", "reason": "because"}, status=204)
    ada.get(path)  # the first look is noted
    assert 0 < len(statements(world, ada, path)) <= MOST_STATEMENTS


@pytest.mark.parametrize("kept", [World.judged, busy], ids=["alone", "busy"])
def test_the_first_look_at_a_case_asks_no_more_than_eight_times(world: World, kept: Callable[[World], object]) -> None:
    ada = world.signed_in()
    kept(world)
    asked = statements(world, ada, CASE)
    assert len(asked) <= MOST_STATEMENTS
    for table in ("event", "looked", "thread"):
        assert any(statement.startswith(f"INSERT INTO {table} ") for statement in asked), table


def test_where_somebody_is_named_the_first_look_says_so_at_once(world: World) -> None:
    ada = world.signed_in()
    world.person("Ben", Role.ANALYST, password_hash="")
    world.judged()
    notes.write(world.services, 1, "Ben", "@Ada, look", form=f"{1:022d}")
    asked = statements(world, ada, CASE)
    assert len(asked) <= MOST_STATEMENTS + 1
    assert "You were mentioned" not in ada.get(CASE)
    assert len(statements(world, ada, CASE)) < len(asked)


def test_more_of_a_case_asks_nothing_more(world: World) -> None:
    ada = world.signed_in()
    world.judged()
    ada.get(CASE)
    few = statements(world, ada, CASE)
    busy(world)
    ada.get(CASE)
    assert len(statements(world, ada, CASE)) == len(few)


def test_one_reading_gives_the_case_whole(world: World) -> None:
    busy(world)
    whole = case(world.services, 1, "Ben")
    assert [turn.submission.id for turn in whole.thread] == [2, 3]
    assert [mention.person for mention in whole.mentions] == ["Ben", "Cleo"] * 4
    assert whole.analysts == ("Ben", "Cleo")
    assert whole.letters
    assert whole.look is None
    assert case(world.services, 2).begins == whole.submission
