"""The administrator keeps the days on which nobody works; deadlines computed from then on know them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from threading import Event, Thread

import pytest
from daemons import wait_for
from web.world import Browser, World

from intake.domain.review import Role
from intake.domain.working_days import WorkingCalendar
from intake.pipeline.people import closed_days
from intake.store import events

MONDAY = "2026-11-23"


@pytest.fixture
def admin(world: World) -> Browser:
    return world.signed_in("Adam", Role.ADMIN)


def due(world: World) -> str:
    return str(world.services.calendar.acknowledge_due(world.clock.now()).date())


def test_a_closed_day_moves_the_deadlines_that_are_computed_from_then_on(world: World, admin: Browser) -> None:
    before, version = world.submission(world.message()).acknowledge_due, world.services.calendar.version
    assert due(world) == MONDAY
    admin.post("/calendar/close", {"day": MONDAY, "why": "The office moves."})
    page = world.signed_in("Ada").get("/calendar")
    assert "Monday 23 November 2026" in page
    assert "The office moves." in page
    assert "bank holiday" in page
    assert due(world) == "2026-11-24"
    assert world.services.calendar.version != version
    assert world.submission(1).acknowledge_due == before
    admin.post("/calendar/reopen", {"day": MONDAY})
    assert (due(world), world.services.calendar.version) == (MONDAY, version)
    with world.services.store.reading() as tx:
        told = [(event.name, event.actor) for event in events.chain(tx) if event.name.startswith("day_")]
    assert told == [("day_closed", "Adam"), ("day_reopened", "Adam")]


@pytest.mark.parametrize(
    ("day", "why", "says"),
    [
        ("2026-11-20", "late", "hang on this day already"),
        ("2026-12-25", "Christmas", "no working day anyway"),
        ("2026-11-22", "Sunday", "no working day anyway"),
        (MONDAY, " ", "Say why"),
        ("tomorrow", "x", "Choose a day"),
    ],
)
def test_what_cannot_be_closed_is_refused(world: World, admin: Browser, day: str, why: str, says: str) -> None:
    assert says in admin.post("/calendar/close", {"day": day, "why": why}, status=409)
    assert due(world) == MONDAY


def test_another_process_learns_of_it_when_it_looks_again(world: World, admin: Browser) -> None:
    admin.post("/calendar/close", {"day": MONDAY, "why": "The office moves."})
    world.services.calendar.close_also(())
    closed_days.refresh(world.services)
    assert due(world) == MONDAY  # it has looked just now
    closed_days.refresh(world.services, now=True)
    assert due(world) == "2026-11-24"


def test_days_of_the_configuration_stay_closed() -> None:
    calendar = WorkingCalendar("ENG", [date(2026, 11, 24)])
    calendar.close_also([date(2026, 11, 23)])
    calendar.close_also([])
    assert [calendar.is_working_day(date(2026, 11, day)) for day in (23, 24)] == [True, False]


def test_another_process_learns_of_a_closed_day_beside_its_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closed_days, "_EVERY_SECONDS", 0.01)
    elsewhere, stopping = WorkingCalendar(), Event()
    services = replace(world.services, calendar=elsewhere)
    thread = Thread(target=closed_days.keep_fresh, args=(services, stopping), daemon=True)
    thread.start()
    world.signed_in("Eve", Role.ADMIN).post("/calendar/close", {"day": MONDAY, "why": "The office moves."})
    wait_for(lambda: not elsewhere.is_working_day(date.fromisoformat(MONDAY)))
    stopping.set()
    thread.join(10)
    assert not thread.is_alive()
