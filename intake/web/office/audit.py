"""The ledger, as an auditor reads it: who did what, when, about which submission. Each search is an event itself."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from intake.clock import LONDON
from intake.domain.events import EVENTS
from intake.domain.people_events import LedgerSearched
from intake.domain.reference import reference
from intake.domain.search_facts import FactKind, code
from intake.pipeline.evidence import exports
from intake.pipeline.evidence.exports import NothingToExportError, TooMuchToExportError
from intake.store import audit, events
from intake.store.audit import Sought
from intake.store.engine import Transaction
from intake.store.events import Event
from intake.web.document import download
from intake.web.page_request import PageRequest, typed_number
from intake.web.pages import page
from intake.web.timeline import TimelineItem, timeline_item
from rules.certificate_number import spelling_free
from rules.shapes import ENTRY_NUMBER

MOST = 50
_FIELDS = ("person", "from", "to", "submission", "entry", "model", "certificate", "event")
_MOST_DIGITS = 15
_LONGEST = 200
_ENTRY_DIGITS = 6
_YEARS = range(1900, 3000)
"""Of a day; the first and the last that a calendar knows have no midnight elsewhere."""


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
    typed = {name: page_request.query(name) for name in _FIELDS}
    cursor = page_request.query("before")
    before = int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) <= _MOST_DIGITS else None
    return _page(page_request, typed, before)


def export(page_request: PageRequest) -> Response:
    """Send what a search finds as a bag of evidence; it takes a reason, and is an event."""
    form = page_request.form
    typed, reason = {name: form.get(name, "") for name in _FIELDS}, form.get("reason", "").strip()
    if not reason:
        return _page(page_request, typed, error="Say why it is taken; the ledger keeps it.")
    told = _trimmed(typed)
    try:
        with page_request.services.store.reading() as tx:
            sought = _sought(tx, told)
        evidence = bool(form.get("evidence"))
        selection = exports.of_search(page_request.services, sought, _terms(told), evidence=evidence)
        outside = bool(form.get("outside"))
        actor = page_request.person
        content = exports.export(page_request.services, selection, reason=reason, actor=actor, outside=outside)
    except _NotUnderstoodError as problem:
        return _page(page_request, typed, error=str(problem))
    except (NothingToExportError, TooMuchToExportError) as problem:
        return _page(page_request, typed, error=f"Nothing was exported: {problem}.")
    return download(f"{selection.name}.zip", content, "application/zip")


def _page(page_request: PageRequest, typed: dict[str, str], before: int | None = None, *, error: str = "") -> Response:
    told = _trimmed(typed)
    matches: tuple[Event, ...] = ()
    with page_request.services.store.reading() as tx:
        try:
            sought = _sought(tx, told)
        except _NotUnderstoodError as problem:
            error = error or str(problem)
        else:
            matches = audit.find(tx, sought, before, MOST)
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


def _trimmed(typed: dict[str, str]) -> dict[str, str]:
    return {name: text.strip()[:_LONGEST] for name, text in typed.items()}


def _sought(tx: Transaction, told: dict[str, str]) -> Sought:
    until = _day(told["to"])
    message = typed_number(told["submission"]) if told["submission"] else None
    if told["submission"] and message is None:
        error = f"{told['submission']} is no reference; one looks like CPL-000042, or 42."
        raise _NotUnderstoodError(error)
    entry = _entry(told["entry"]) if told["entry"] else ""
    if told["entry"] and not entry:
        error = f"{told['entry']} is no number of an entry; one looks like 000123, or 123."
        raise _NotUnderstoodError(error)
    if sum(bool(told[name]) for name in ("entry", "model", "certificate")) > 1:
        error = "Search by an entry, a model or a certificate, not by two of them at once."
        raise _NotUnderstoodError(error)
    fact, entries = _bearing(tx, told["model"], told["certificate"])
    if entry:
        entries = (entry,)
    return Sought(
        person=told["person"],
        since=_midnight(_day(told["from"])),
        until=None if until is None else _midnight(until + timedelta(days=1)),
        message=message,
        name=told["event"],
        fact=fact,
        entries=entries,
        messages=exports.submissions_behind(tx, entry) if entry else (),
    )


def _entry(typed: str) -> str:
    """The number of an entry as the list writes it; empty where it is none."""
    number = typed.zfill(_ENTRY_DIGITS)
    return number if ENTRY_NUMBER.fullmatch(number) else ""


def _bearing(tx: Transaction, model: str, certificate: str) -> tuple[tuple[FactKind, str] | None, tuple[str, ...]]:
    """What submissions and entries have to bear; nothing where neither is asked for."""
    if model:
        return (FactKind.MODEL, code(model)), exports.entries_with_model(tx, model)
    if certificate:
        number = spelling_free(certificate).casefold()
        return (FactKind.CERTIFICATE, number), exports.entries_with_certificate(tx, certificate)
    return None, ()


def _day(typed: str) -> date | None:
    if not typed:
        return None
    with suppress(ValueError):
        day = date.fromisoformat(typed)
        if day.year in _YEARS:
            return day
    message = f"{typed} is no day; one looks like 2026-11-29."
    raise _NotUnderstoodError(message)


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), LONDON)


def _record(page_request: PageRequest, told: dict[str, str]) -> None:
    with page_request.services.store.transaction() as tx:
        events.append(tx, LedgerSearched(terms=_terms(told)), at=page_request.state.now(), actor=page_request.person)


def _terms(told: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in told.items() if value) or "everything"


def _line(event: Event) -> LedgerLine:
    detail = json.dumps(dict(event.detail), indent=1, ensure_ascii=False) if event.detail else ""
    return LedgerLine(event, timeline_item(event), "" if event.message is None else reference(event.message), detail)
