"""The days on which nobody works here, as the administrator keeps them; deadlines computed before stay as they are."""

from __future__ import annotations

import time
from datetime import date
from threading import Event
from weakref import WeakKeyDictionary

import structlog

from intake.clock import LONDON
from intake.domain.review import DecisionRefusedError
from intake.domain.store_events import DayClosed, DayReopened
from intake.domain.working_days import WorkingCalendar
from intake.errors import UnreachableError
from intake.pipeline.services import Services
from intake.store import closed_days, events
from intake.store.turns import serialize_writers

LONGEST = 200
"""Characters of a reason."""
_EVERY_SECONDS = 60.0
"""So old may a process' knowledge of the store's days become."""
log = structlog.get_logger()
_read_at: WeakKeyDictionary[WorkingCalendar, float] = WeakKeyDictionary()


def keep_fresh(services: Services, stopping: Event) -> None:
    """Read the closed days again every minute until told to stop; a store that is away is asked again later."""
    while not stopping.wait(_EVERY_SECONDS):
        try:
            refresh(services, now=True)
        except UnreachableError as error:
            log.warning("closed_days_unread", error=str(error))


def refresh(services: Services, *, now: bool = False) -> None:
    """Read the closed days from the store again, where that was some time ago or `now` is asked for.

    Raises:
        UnreachableError: the store did not answer.
    """
    moment = time.monotonic()
    if not now and moment - _read_at.get(services.calendar, -_EVERY_SECONDS) < _EVERY_SECONDS:
        return
    with services.store.reading() as tx:
        services.calendar.close_also(closed.day for closed in closed_days.every(tx))
    _read_at[services.calendar] = moment


def close(services: Services, day: date, why: str, person: str) -> None:
    """Close a day.

    Raises:
        DecisionRefusedError: it has passed or begun, is no working day anyway, or no reason is given.
        UnreachableError: the store did not answer.
    """
    _refuse_past(services, day)
    if not why.strip():
        message = "Say why nobody works on this day."
        raise DecisionRefusedError(message)
    refresh(services, now=True)
    if not services.calendar.is_working_day(day):
        message = f"{day:%d/%m/%Y} is no working day anyway."
        raise DecisionRefusedError(message)
    at, reason = services.clock.now(), why.strip()[:LONGEST]
    with services.store.transaction() as tx:
        serialize_writers(tx)
        if any(closed.day == day for closed in closed_days.every(tx)):  # another administrator was quicker
            return
        closed_days.close(tx, day, reason, person, at)
        events.append(tx, DayClosed(day=day.isoformat(), why=reason), at=at, actor=person)
    refresh(services, now=True)


def reopen(services: Services, day: date, person: str) -> None:
    """Make a closed day a working day again.

    Raises:
        DecisionRefusedError: it has passed or begun, or is not closed here.
        UnreachableError: the store did not answer.
    """
    _refuse_past(services, day)
    with services.store.transaction() as tx:
        if not closed_days.reopen(tx, day):
            message = f"{day:%d/%m/%Y} is not closed here."
            raise DecisionRefusedError(message)
        events.append(tx, DayReopened(day=day.isoformat()), at=services.clock.now(), actor=person)
    refresh(services, now=True)


def _refuse_past(services: Services, day: date) -> None:
    if day <= services.clock.now().astimezone(LONDON).date():
        message = "Deadlines hang on this day already; only a day to come can be changed."
        raise DecisionRefusedError(message)
