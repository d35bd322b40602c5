"""What the administrator sees of what could not be processed, and does about it."""

from __future__ import annotations

import re

import pytest
from web.world import Browser, World

from intake.domain.review import Role
from intake.domain.submission import State
from intake.pipeline.evidence.verify import verify
from intake.store import checkpoints, outbox, submissions
from intake.store.outbox import LetterState, NewLetter

HERE, FAILURE = "/submissions/CPL-000001", "/failures/CPL-000001"
HOSTILE = "<script>alert(1)</script>\u202e{{ 7*7 }}"


def fail(world: World, number: int) -> None:
    """Let a step fail on it as often as it may."""
    for _ in range(3):
        with world.services.store.transaction() as tx:
            submissions.fail(tx, submissions.get(tx, number), "IndexError: gone", retry_at=world.clock.now())


def hand_over(ada: Browser, reason: str = "It fails each time.") -> None:
    version = re.search(r'/hand-over".*?name="version" value="(\d+)"', ada.get(HERE), re.DOTALL)
    assert version is not None
    ada.post(f"{HERE}/hand-over", {"version": version[1], "reason": reason})


@pytest.fixture
def people(world: World) -> tuple[Browser, Browser, Browser]:
    """An analyst who has handed a failure over, a colleague, and the administrator."""
    fail(world, world.message())
    ada = world.signed_in("Ada")
    hand_over(ada)
    return ada, world.signed_in("Ben"), world.signed_in("Max", Role.ADMIN)


def test_it_is_handed_back_with_words_and_whoever_handed_it_over_is_told(
    world: World, people: tuple[Browser, Browser, Browser]
) -> None:
    ada, ben, admin = people
    ben.post(f"{HERE}/claim")  # another's claim is no matter of the administrator's
    form = {"version": str(world.submission(1).version), "reason": HOSTILE}
    page = admin.get("/failures")
    assert f'name="version" value="{form["version"]}"' in page
    assert "“It fails each time.”" in page
    refused = admin.post(f"{FAILURE}/hand-back", {**form, "reason": " "}, 409)
    assert "Say what was wrong" in refused
    stale = admin.post(f"{FAILURE}/hand-back", {**form, "version": "1"}, 409)
    assert "has changed since you opened the page" in stale
    assert "&lt;script&gt;" in stale, "what was typed stands there again"
    assert admin.post(f"{FAILURE}/hand-back", form) == "/failures?done=handed-back"
    assert "is not with the administrator" in admin.post(f"{FAILURE}/hand-back", form, 409)
    assert "CPL-000001" in ada.get("/queue/mentions")
    for browser, whom in ((ada, "to you,"), (ben, "to Ada,")):
        page = browser.get(HERE)
        assert f"Max, the administrator, handed it back {whom}" in page
        assert "<script>alert" not in page
        assert "\u202e" not in page
        assert "Hand to the administrator" in page
    assert "CPL-000001" not in ada.get("/queue/mentions")
    assert not [finding for finding in verify(world.services).findings if "handed_over_at" in finding.what]
    ben.post(f"{HERE}/release")
    hand_over(ada)
    assert "handed it back to you" not in ada.get(HERE)


def test_the_administrator_has_it_checked_again_and_keeps_it_where_that_fails(
    world: World, people: tuple[Browser, Browser, Browser]
) -> None:
    ada, _, admin = people
    assert admin.post(f"{FAILURE}/check-again") == "/failures?done=failure-retried"
    assert world.submission(1).state is State.RECEIVED
    assert "is received" in admin.post(f"{FAILURE}/check-again", status=409)
    fail(world, 1)
    assert "“It fails each time.”" in admin.get("/failures")
    assert "CPL-000001" in ada.get("/queue/administrator")


def test_the_administrator_has_nothing_else_checked_again(world: World) -> None:
    admin, number = world.signed_in("Max", Role.ADMIN), world.judged()
    for state in (State.FILED, State.IN_REVIEW, State.CLOSED):
        world.change(number, state=state)
        assert "only what failed" in admin.post(f"{FAILURE}/check-again", status=409)
        assert world.submission(number).state is state
    admin.post("/failures/CPL-000009/check-again", status=404)
    admin.post("/failures/CPL-000009/hand-back", {"reason": "x"}, 404)


def test_what_was_with_the_administrator_and_then_read_is_work_again(
    world: World, people: tuple[Browser, Browser, Browser]
) -> None:
    ada = people[0]
    other = world.judged(subject="CPL submission: another")
    assert "Next: CPL-000001" not in ada.get(f"/submissions/CPL-{other:06d}")
    world.change(1, state=State.IN_REVIEW)  # as a check that succeeded leaves it
    assert "Previous: CPL-000001" in ada.get(f"/submissions/CPL-{other:06d}")


def test_a_letter_to_an_auditor_that_did_not_arrive_is_told_and_settled(world: World) -> None:
    def refused(day: str) -> int:
        address, identity = "audit@elsewhere.example", f"<checkpoint.{day}@secas.example>"
        letter = NewLetter(None, checkpoints.LETTER, identity, address, b"To: x\r\n\r\n", entry=f"checkpoint {day}")
        with world.services.store.transaction() as tx:
            outbox.queue(tx, [letter], world.clock.now())
            kept = outbox.of_list(tx, f"checkpoint {day}")[0]
            outbox.settle(tx, kept, LetterState.REFUSED, last_error="550 no such <user>")
        return kept.id

    first, second = refused("2026-11-18"), refused("2026-11-19")
    admin = world.signed_in("Max", Role.ADMIN)
    page = admin.get("/failures")
    assert "checkpoint 2026-11-18" in page
    assert "550 no such &lt;user&gt;" in page
    assert admin.post(f"/failures/letters/{first}/drop") == "/failures?done=letter-dropped"
    assert admin.post(f"/failures/letters/{second}/send") == "/failures?done=letter-sent"
    assert "did not arrive" not in admin.get("/failures")
    assert "not held any more" in admin.post(f"/failures/letters/{first}/send", status=409)
    world.message()
    with world.services.store.reading() as tx:
        states = [letter.state for letter in outbox.of_kind(tx, checkpoints.LETTER)]
        (acknowledgement,) = outbox.of_kind(tx, outbox.ACKNOWLEDGEMENT)
    assert states == [LetterState.DROPPED, LetterState.QUEUED]
    for number in (acknowledgement.id, 999):
        assert "no such letter" in admin.post(f"/failures/letters/{number}/drop", status=404)
