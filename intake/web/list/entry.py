"""One entry of the list: what it says, what it has said, and what may be done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from starlette.responses import Response

from intake.domain.reference import reference
from intake.pipeline.list.amendments import amended_until
from intake.pipeline.list.enter import read
from intake.pipeline.list.path_clocks import path_clocks
from intake.register.changes import ChangeKind
from intake.register.expiry import is_hub
from intake.store import changes, contacts, listing
from intake.store.changes import ChangeState, StoredChange
from intake.store.listing import EntryVersion
from intake.web.clocks import deadline
from intake.web.list import names
from intake.web.list.altered import columns, differing
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem
from rules.fields import FormField
from rules.published import CERTIFICATES, is_current, published
from rules.shapes import ENTRY_NUMBER

NO_ENTRY = ("No such entry", "The list has no entry of this number.")
_OF_CURRENT = (ChangeKind.CORRECT, ChangeKind.AMEND, ChangeKind.STATE_PATH, ChangeKind.REMOVE)
_OF_REMOVED = (ChangeKind.REINSTATE, ChangeKind.READD, ChangeKind.CORRECT, ChangeKind.STATE_PATH)


@dataclass(frozen=True, slots=True)
class Said:
    """What an entry said from some day on, beside what it said before."""

    version: EntryVersion
    values: tuple[tuple[str, str, str], ...]
    """What differs: field, before, after; none of its first version."""
    change: StoredChange | None
    submission: str
    """The reference of the submission that it comes of; empty where there is none."""


def show(page_request: PageRequest) -> Response:
    """Show the entry's page."""
    number = page_request.request.path_params["number"]
    if not ENTRY_NUMBER.fullmatch(number):
        return problem(page_request, 404, *NO_ENTRY)
    restricted = page_request.reads_evidence
    with page_request.services.store.reading() as tx:
        told = listing.history(tx, number)
        stored = changes.by_number(tx, {version.change for version in told if version.change is not None})
        contact = contacts.of_entry(tx, number) if restricted else None
        asked = changes.in_state(tx, ChangeState.PROPOSED)
        due = {clock.change: clock.due for clock in path_clocks(page_request.services, tx)}
        amended = amended_until(tx, number, told[-1].entry) if told else []
    if not told:
        return problem(page_request, 404, *NO_ENTRY)
    entry = told[-1].entry
    return page(
        page_request,
        "list/entry.html",
        entry=entry,
        names=names,
        current=is_current(entry),
        values=[(name, entry.fields.get(name, "")) for name in columns(entry, restricted=restricted)],
        history=list(reversed([*_history(told, stored, restricted=restricted)])),
        contact=contact,
        hub=is_hub(entry),
        certified=bool(published(entry, FormField.CPA_NUMBER)),
        amended=amended,
        pending=[change for change in asked if number in read(change.request).change.entries],
        due=due,
        now=page_request.state.now(),
        deadline=deadline,
        actions=_actions(told[-1]) if page_request.decides else [],
        unpublished=not told[-1].published,
        notice=page_request.notice,
    )


def _history(told: Sequence[EntryVersion], stored: Mapping[int, StoredChange], *, restricted: bool) -> Iterator[Said]:
    before: tuple[EntryVersion | None, ...] = (None, *told)
    for was, now in pairwise(before):
        if now is None:
            continue
        values = tuple(differing(was.entry, now.entry, restricted=restricted)) if was else ()
        change = stored.get(now.change or 0)
        message = change.message if change else None
        yield Said(now, values, change, reference(message) if message is not None else "")


def _actions(told: EntryVersion) -> list[tuple[str, str]]:
    """What a person may ask for: a title and an address each."""
    entry = told.entry
    kinds = list(_OF_CURRENT if is_current(entry) else _OF_REMOVED)
    if is_current(entry) and not published(entry, FormField.IMAGE_HASH):
        kinds.insert(1, ChangeKind.UPDATE_HASH)
    listed = [
        (names.ASKED[kind][0], f"/list/change/new?kind={names.slug(kind.value)}&entries={entry.number}")
        for kind in kinds
    ]
    if any(published(entry, name) for name in CERTIFICATES):
        listed.append(("Replace a certificate", f"/list/change/new?kind=replace-certificate&entries={entry.number}"))
    return listed
