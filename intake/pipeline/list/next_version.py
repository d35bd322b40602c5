"""Gathers what the next version of the list would be: what was approved and not published, less what is held back."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake.pipeline.list.enter import read
from intake.publication.edition import Edition, Issue, Why
from intake.publication.note import generated_note
from intake.register.changes import ListChange
from intake.register.reconcile import difference
from intake.store import changes, listing, publications
from intake.store.engine import Transaction
from intake.store.listing import EntryVersion, ListVersion
from intake.store.publications import Publication, PublicationState
from rules.days import stated_date
from rules.facts import RegisterEntry

FIRST = "1.000"
"""The number of a list's first version, where no file of the list ever said one."""
_UNNUMBERED = (
    f"No file of the list that was taken in says its version, so this one would be {FIRST}. "
    "If the list has a number already, first take in a file that says it, such as its workbook."
)
_LAST_PART = re.compile(r"(?:(.*)\.)?([0-9]+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NextVersion:
    """The next version of the list as it would be now."""

    issue: Issue
    approved: tuple[EntryVersion, ...]
    """What it would publish, oldest first."""
    held: tuple[EntryVersion, ...]
    """What was approved and is held back."""
    before: ListVersion | None
    """The version that it follows."""

    @property
    def up_to(self) -> int:
        """The newest of what was approved, held back or not."""
        return max((version.id for version in (*self.approved, *self.held)), default=0)

    @property
    def doubt(self) -> str:
        """Say why its number may be another; empty where it follows one that a file of the list said."""
        said = self.before is not None and _LAST_PART.fullmatch(self.before.version) is not None
        return "" if said else _UNNUMBERED

    @property
    def ids(self) -> tuple[int, ...]:
        """What of the register it publishes."""
        return tuple(version.id for version in self.approved)


def number_after(version: str) -> str:
    """Give the number of the version after this one: its last part one higher, as wide as before."""
    match = _LAST_PART.fullmatch(version)
    if match is None:
        return FIRST
    counted = f"{int(match[2]) + 1:0{len(match[2])}}"
    return counted if match[1] is None else f"{match[1]}.{counted}"


def next_version(
    tx: Transaction, today: date, *, held: Collection[str] = (), note: str = "", up_to: int | None = None
) -> NextVersion:
    """Gather the next version.

    Args:
        tx: the caller's transaction.
        today: the day on which it is issued, in London.
        held: numbers of entries that are held back, with all that was approved of them.
        note: the version's note, where a person has written one.
        up_to: the newest of what was approved that it knows of; None for all.
    """
    before, listed = listing.newest(tx), listing.published_entries(tx)
    waiting = [version for version in listing.unpublished(tx) if up_to is None or version.id <= up_to]
    approved = tuple(version for version in waiting if version.entry.number not in held)
    entries = {entry.number: entry for entry in listed} | {version.entry.number: version.entry for version in approved}
    edition = Edition(
        number_after(before.version) if before else FIRST,
        today,
        tuple(entries[number] for number in sorted(entries)),
        note,
    )
    return NextVersion(
        _issue(tx, edition, (before, listed), _whys(tx, approved, listed), listing.versions(tx)),
        approved,
        tuple(version for version in waiting if version.entry.number in held),
        before,
    )


def issue_of(tx: Transaction, released: Publication) -> Issue:
    """Give a released version beside the one before it, as it was published."""
    every = listing.versions(tx)
    at = next(place for place, version in enumerate(every) if version.id == released.list_version)
    before = every[at - 1] if at else None
    edition = Edition(released.version, released.issued, listing.entries_of(tx, every[at]), released.note)
    listed = listing.entries_of(tx, before) if before else ()
    whys = _whys(tx, listing.published_in(tx, every[at]), listed)
    return _issue(tx, edition, (before, listed), whys, every[:at])


def _issue(
    tx: Transaction,
    edition: Edition,
    before: tuple[ListVersion | None, Sequence[RegisterEntry]],
    whys: Mapping[str, tuple[Why, ...]],
    earlier: Sequence[ListVersion],
) -> Issue:
    """An edition beside the version before it, and the one that the DCC has where it has rejected that."""
    refused = {made.list_version for made in publications.in_states(tx, (PublicationState.REJECTED,))}
    stood = next((version for version in reversed(earlier) if version.id not in refused), None)
    open_yet = {made.list_version for made in publications.in_states(tx, (PublicationState.PUBLISHED,))}
    rejected = bool(earlier) and earlier[-1].id in refused
    unanswered = stood is not None and stood.id in open_yet
    issue = Issue(edition, _edition_of(*before), whys, rejected=rejected, unanswered=unanswered)
    if not rejected:
        return issue
    unloaded = tuple(_noted(tx, version) for version in earlier if stood is None or version.id > stood.id)
    before_them = None if stood is None else _edition_of(stood, listing.entries_of(tx, stood))
    return replace(issue, stood=before_them, unloaded=unloaded)


def _noted(tx: Transaction, version: ListVersion) -> tuple[str, str]:
    """A version that was published here, with its note as it was told."""
    made = publications.of_version(tx, version.version)
    if made is None or made.list_version != version.id:
        return version.version, ""
    return made.version, made.note.strip() or generated_note(issue_of(tx, made))


def _edition_of(before: ListVersion | None, listed: Sequence[RegisterEntry]) -> Edition | None:
    if before is None or not listed:
        return None
    issued = stated_date(before.issued) or before.recorded_at.date()
    return Edition(before.version, issued, tuple(listed))


def _whys(
    tx: Transaction, approved: Sequence[EntryVersion], listed: Sequence[RegisterEntry]
) -> Mapping[str, tuple[Why, ...]]:
    """Why each entry says something else than it was listed with, oldest first, and what each reason changed."""
    stored = changes.by_number(tx, {version.change for version in approved if version.change is not None})
    asked = {number: read(change.request).change for number, change in stored.items()}
    whys: dict[str, tuple[Why, ...]] = {}
    before = {entry.number: entry for entry in listed}
    for version in approved:
        number, entry = version.entry.number, version.entry
        touched = _touched(before[number], entry) if number in before else None
        why = replace(_why(version, asked.get(version.change or 0)), touched=touched)
        whys[number] = (*whys.get(number, ()), why)
        before[number] = entry
    return whys


def _touched(before: RegisterEntry, after: RegisterEntry) -> frozenset[str]:
    return frozenset(change.field for change in difference((before,), (after,)))


def _why(version: EntryVersion, change: ListChange | None) -> Why:
    if change is None:
        return Why(version.kind, version.reason or "", effective=version.effective)
    return Why(
        version.kind,
        version.reason or "",
        tuple(map(str, change.references)),
        change.replaced_by,
        version.effective,
    )
