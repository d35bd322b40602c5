"""Changes of the list: those that wait for somebody, those that the program suggests, and those that are decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.responses import Response

from intake.clock import LONDON
from intake.domain.reference import reference
from intake.pipeline.list.enter import read
from intake.pipeline.list.path_clocks import path_clocks
from intake.register.changes import ChangeKind, ListChange
from intake.register.suggestions import Suggestion, suggested_removals
from intake.store import changes, listing
from intake.store.changes import ChangeState, StoredChange
from intake.store.engine import Transaction
from intake.web.clocks import deadline
from intake.web.list import names
from intake.web.page_request import PageRequest
from intake.web.pages import page

A_PAGE = 50
"""Decided changes."""
MOST_SUGGESTED = 50
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Line:
    """A change as a line."""

    stored: StoredChange
    change: ListChange
    entries: tuple[str, ...]
    """Those that it made, else those that it names."""
    submission: str
    due: datetime | None
    """When the version with it is due, where its clock runs."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A removal that the program suggests, and the form that asks for it."""

    suggestion: Suggestion
    address: str


def show(page_request: PageRequest) -> Response:
    """Show them; the decided ones page by page."""
    services = page_request.services
    today = page_request.state.now().astimezone(LONDON).date()
    with services.store.reading() as tx:
        due = {clock.change: clock.due for clock in path_clocks(services, tx)}
        waiting = [_line(tx, stored, due) for stored in changes.in_state(tx, ChangeState.PROPOSED, ChangeState.WAITS)]
        decided = [
            _line(tx, stored, due) for stored in changes.decided(tx, A_PAGE + 1, _before(page_request.query("before")))
        ]
        entries = services.listing.entries(tx) or ()
    asked = {number for line in waiting if line.change.kind is ChangeKind.REMOVE for number in line.change.entries}
    suggested = [
        suggestion for suggestion in suggested_removals(entries, today) if asked.isdisjoint(suggestion.entries)
    ]
    return page(
        page_request,
        "list/changes.html",
        names=names,
        waiting=waiting,
        decided=decided[:A_PAGE],
        older=decided[A_PAGE - 1].stored.id if len(decided) > A_PAGE else None,
        suggested=[Suggested(suggestion, _form_of(suggestion)) for suggestion in suggested[:MOST_SUGGESTED]],
        further=max(len(suggested) - MOST_SUGGESTED, 0),
        now=page_request.state.now(),
        deadline=deadline,
        notice=page_request.notice,
    )


def _line(tx: Transaction, stored: StoredChange, due: Mapping[int, datetime]) -> Line:
    change = read(stored.request).change
    made = listing.numbers_of(tx, stored.id) if stored.state is ChangeState.APPROVED else ()
    submission = reference(stored.message) if stored.message is not None else ""
    return Line(stored, change, made or change.entries, submission, due.get(stored.id))


def _form_of(suggestion: Suggestion) -> str:
    asked = {
        "kind": names.slug(ChangeKind.REMOVE.value),
        "entries": ", ".join(suggestion.entries),
        "removal": suggestion.removal.name,
        "replaced_by": suggestion.replaced_by,
        "reason": suggestion.reason,
    }
    return f"/list/change/new?{urlencode({name: text for name, text in asked.items() if text})}"


def _before(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None
