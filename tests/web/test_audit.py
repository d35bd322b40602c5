"""An auditor finds what anybody did: by person, period, submission and kind; and is found in turn."""

from __future__ import annotations

import re

import pytest
from web.world import Browser, World

from intake.domain.review import Role
from intake.store import audit, events
from intake.store.audit import Sought


@pytest.fixture
def rita(world: World) -> Browser:
    """An auditor of a store in which Ada and Ben have done something on two days."""
    for _ in range(2):
        world.judged()
    ada, ben = world.signed_in("Ada"), world.signed_in("Ben")
    ada.post("/submissions/CPL-000001/claim")
    world.clock.pass_by(days=3)
    ben = world.signed_in("Ben")
    ben.post("/submissions/CPL-000002/claim")
    return world.signed_in("Rita", Role.AUDITOR)


def lines(page: str) -> list[tuple[str, str]]:
    """Who did what, by the rows of the page."""
    rows = re.findall(r"<tr class=.*?</tr>", page.partition("<tbody")[2], re.DOTALL)
    cells = [re.findall(r'<td class="govuk-table__cell[^>]*>(.*?)(?:<details|</td>)', row, re.DOTALL) for row in rows]
    return [(_text(row[1]), _text(row[2])) for row in cells]


def _text(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", cell).split())


def test_everything_is_there_the_newest_first_and_the_search_comes_next(rita: Browser) -> None:
    first = lines(rita.get("/audit"))
    assert first[0] == ("Rita", "Signed in by password")
    assert ("Ada", "Claimed CPL-000001") in first
    assert lines(rita.get("/audit"))[0] == ("Rita", "Ledger searched: everything")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("person=Ada&event=claimed", [("Ada", "Claimed CPL-000001")]),
        ("event=claimed", [("Ben", "Claimed CPL-000002"), ("Ada", "Claimed CPL-000001")]),
        ("event=claimed&submission=CPL-000002", [("Ben", "Claimed CPL-000002")]),
        ("event=claimed&from=2026-11-21", [("Ben", "Claimed CPL-000002")]),
        ("event=claimed&to=2026-11-20", [("Ada", "Claimed CPL-000001")]),
        ("event=claimed&from=2026-11-20&to=2026-11-23", [("Ben", "Claimed CPL-000002"), ("Ada", "Claimed CPL-000001")]),
        ("event=claimed&from=2026-11-21&to=2026-11-22", []),
        ("person=Nobody", []),
    ],
)
def test_a_search_narrows(rita: Browser, query: str, expected: list[tuple[str, str]]) -> None:
    assert lines(rita.get(f"/audit?{query}")) == expected


@pytest.mark.parametrize("query", ["from=29/11/2026", "to=never", "submission=42x"])
def test_what_is_not_understood_is_said(rita: Browser, query: str) -> None:
    assert "one looks like" in rita.get(f"/audit?{query}", status=422)


def test_pages_lead_back_to_the_first_event(rita: Browser, world: World) -> None:
    for _ in range(60):
        rita.get("/audit?person=Rita")
    seen: list[str] = []
    path = "/audit?person=Rita"
    for _ in range(4):
        page = rita.get(path)
        seen += re.findall(r'scope="row" class="govuk-table__header">(\d+)<', page)
        more = re.search(r'href="(/audit\?[^"]*before=\d+)"', page)
        if more is None:
            break
        path = more[1].replace("&amp;", "&")
    with world.services.store.reading() as tx:
        own = [str(event.seq) for event in events.chain(tx) if event.actor == "Rita"]
    assert seen == own[-2::-1]  # all but the last search's own event


def test_the_first_event_of_a_period_is_found_by_halving_as_by_looking_at_each(world: World) -> None:
    for hours in (0, 1, 0, 30, 2, 0, 100):
        world.clock.pass_by(hours=hours)
        world.message()
    with world.services.store.reading() as tx:
        every = list(events.chain(tx))
        for moment in {event.at for event in every}:
            found = audit.find(tx, Sought(since=moment), None, 1000)
            assert [event.seq for event in found] == [event.seq for event in reversed(every) if event.at >= moment]
            found = audit.find(tx, Sought(until=moment), None, 1000)
            assert [event.seq for event in found] == [event.seq for event in reversed(every) if event.at < moment]


def test_nothing_that_is_recorded_becomes_markup(world: World) -> None:
    world.message(subject="CPL submission: <script>alert(1)</script>")
    world.person("<b>Eve</b>")
    eve = world.signed_in("<b>Eve</b>", Role.AUDITOR)
    page = eve.get("/audit?person=%3Cb%3EEve%3C/b%3E")
    assert "<b>Eve" not in page
    assert "<script>alert" not in page
