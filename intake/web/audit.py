"""The ledger, as an auditor reads it: who did what, when, about which submission. Each search is an event itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from intake.clock import LONDON
from intake.domain.events import EVENTS
from intake.domain.people_events import LedgerSearched
from intake.domain.reference import reference
from intake.store import audit, events
from intake.store.audit import Sought
from intake.store.events import Event
from intake.web.page_request import PageRequest, known_number
from intake.web.pages import page
from intake.web.timeline import TimelineItem, timeline_item

MOST = 50
_FIELDS = ("person", "from", "to", "submission", "event")
_MOST_DIGITS = 15
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An event as the page shows it."""

    event: Event
    item: TimelineItem
    reference: str
    """Of the submission that it is about; empty where it is about none."""
    detail: str
    """All that is recorded of it."""


class _NotUnderstoodError(Exception):
    """What was typed into the search cannot be meant; the message says what."""


def show(page_request: PageRequest) -> Response:
    """Show a page of the ledger, narrowed as the address says."""
    told = {name: page_request.query(name).strip()[:_LONGEST] for name in _FIELDS}
    cursor = page_request.query("before")
    before = int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) <= _MOST_DIGITS else None
    error, sought = "", Sought()
    try:
        sought = _sought(told)
    except _NotUnderstoodError as problem:
        error = str(problem)
    with page_request.services.store.reading() as tx:
        matches = () if error else audit.find(tx, sought, before, MOST)
        everybody = audit.people(tx)
    if before is None and not error:
        _record(page_request, told)
    more = {**{name: value for name, value in told.items() if value}, "before": matches[-1].seq} if matches else {}
    return page(
        page_request,
        "audit.html",
        status=422 if error else 200,
        lines=[_line(matching) for matching in matches],
        told=told,
        people=everybody,
        kinds=[(name, name.replace("_", " ").capitalize()) for name in sorted(EVENTS)],
        error=error,
        more=f"/audit?{urlencode(more)}" if len(matches) == MOST else "",
    )


def _sought(told: dict[str, str]) -> Sought:
    until = _day(told["to"])
    message = known_number(told["submission"]) if told["submission"] else None
    if told["submission"] and message is None:
        error = f"{told['submission']} is no reference; one looks like CPL-000042."
        raise _NotUnderstoodError(error)
    return Sought(
        person=told["person"],
        since=_midnight(_day(told["from"])),
        until=None if until is None else _midnight(until + timedelta(days=1)),
        message=message,
        name=told["event"],
    )


def _day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        message = f"{typed} is no day; one looks like 2026-11-29."
        raise _NotUnderstoodError(message) from error


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), LONDON)


def _record(page_request: PageRequest, told: dict[str, str]) -> None:
    terms = ", ".join(f"{name} {value}" for name, value in told.items() if value) or "everything"
    with page_request.services.store.transaction() as tx:
        events.append(tx, LedgerSearched(terms=terms), at=page_request.state.now(), actor=page_request.person)


def _line(event: Event) -> LedgerLine:
    detail = json.dumps(dict(event.detail), indent=1, ensure_ascii=False) if event.detail else ""
    return LedgerLine(event, timeline_item(event), "" if event.message is None else reference(event.message), detail)
