"""What differs between two versions of the list, value by value, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from starlette.responses import Response

from intake.pipeline.list.set_by import set_by
from intake.register.reconcile import Change, difference
from intake.store import listing
from intake.store.listing import EntryVersion
from intake.web.list import names
from intake.web.page_request import PageRequest
from intake.web.pages import page
from rules.published import PUBLISHED, UPGRADE_PATH

MOST = 500
"""Values that a page tells; ``changes.csv`` of each version has all of them."""
_PUBLIC = {*map(str, PUBLISHED), UPGRADE_PATH, ""}


@dataclass(frozen=True, slots=True)
class Line:
    """A value that differs, and why."""

    change: Change
    why: EntryVersion | None
    """What made the value what it is after; None where nothing did."""


def show(page_request: PageRequest) -> Response:
    """Show the difference of two versions, or the choice of two."""
    chosen = page_request.query("from"), page_request.query("to")
    with page_request.services.store.reading() as tx:
        every = listing.versions(tx)
        earlier, other = (listing.version_named(tx, name) if name else None for name in chosen)
        lines: list[Line] = []
        if earlier and other:
            numbers = {version.entry.number for version in listing.published_between(tx, earlier, other)}
            before, after = (listing.some_entries_of(tx, version, numbers) for version in (earlier, other))
            shown = (change for change in difference(before, after) if change.field in _PUBLIC)
            changes = tuple(islice(shown, MOST + 1))
            told = listing.histories(tx, {change.entry for change in changes}, other)
            lines = [Line(change, set_by(told.get(change.entry, ()), change)) for change in changes]
    unknown = next((name for name, listed in zip(chosen, (earlier, other), strict=True) if name and listed is None), "")
    return page(
        page_request,
        "list/compare.html",
        names=names,
        chosen=chosen,
        versions=list(dict.fromkeys(version.version for version in reversed(every) if version.version)),
        lines=lines[:MOST],
        further=len(lines) > MOST,
        compared=bool(earlier and other),
        error=f"No version {unknown} of the list is known here." if unknown else "",
    )
