"""Looks a version over before it is published: what the DCC's loader would refuse, and what has long been amiss.

Only what this version adds or changes is refused. Half of the published entries have some old blemish that the loader
has long taken; these are told in the same shape and refuse nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TypeVar

from intake.publication.cells import Judge
from intake.publication.edition import Edition, Issue
from intake.publication.loader import Loader, loader
from rules.certificate_number import one_certificate
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import COLUMNS, IDENTITY, PUBLISHED, UPGRADE_PATH, is_current, key_of, published, same_form
from rules.reference import reference
from rules.shapes import ENTRY_NUMBER

_FORM_NAMES = {column: name for name, column in COLUMNS.items()}
FIELDS = tuple(
    (str(column), str(_FORM_NAMES.get(column, column)))
    for column in (*PUBLISHED, UPGRADE_PATH)
    if column != FormField.ENTRY_NUMBER
)
"""The list's columns, with the form's names of them."""
_Key = TypeVar("_Key", str, tuple[str, ...])
_TOGETHER = (FormField.DEVICE_TYPE, FormField.SMETS_VERSION, FormField.GBCS_VERSION)


@dataclass(frozen=True, slots=True)
class Blemish:
    """Something that is amiss with an entry."""

    entry: str
    field: str
    """By the list's columns; several fields that do not go together are named by the last of them."""
    what: str
    refused: bool
    """Whether the version cannot be published with it, as it adds or changes what is amiss."""

    def as_object(self) -> dict[str, object]:
        """Give the blemish as JSON says it."""
        return {"entry": self.entry, "field": self.field, "what": self.what, "refused": self.refused}


def preflight(issue: Issue, data: Loader | None = None) -> list[Blemish]:
    """Look a version over, in the order of its entries.

    Args:
        issue: the version, and the one before, against which it is told what is new.
        data: what is known of the loader; by default what this program carries.
    """
    return sorted(
        _Flight(issue, data or loader()).blemishes(), key=lambda blemish: (blemish.entry, not blemish.refused)
    )


def standing_report(edition: Edition, data: Loader | None = None, today: date | None = None) -> list[Blemish]:
    """Tell what has long been amiss with the list as it is; refuses nothing.

    Args:
        edition: the list as published.
        data: what is known of the loader; by default what this program carries.
        today: the day by which it goes; by default that on which the list was issued.
    """
    return preflight(Issue(replace(edition, issued=today or edition.issued), edition), data)


class _Flight:
    """One look over a version."""

    def __init__(self, issue: Issue, data: Loader) -> None:
        self._day = issue.edition.issued
        self._entries = issue.edition.entries
        self._before = {entry.number: entry for entry in (issue.inventory.entries if issue.inventory else ())}
        self._judge = Judge(data, self._day)

    def blemishes(self) -> Iterator[Blemish]:
        for entry in self._entries:
            changed = self._changed(entry)
            yield from self._of_entry(entry, changed)
        yield from self._duplicates()
        yield from self._certificates()

    def _changed(self, entry: RegisterEntry) -> frozenset[str]:
        """The columns of an entry that this version adds or changes."""
        old = self._before.get(entry.number)
        if old is entry:
            return frozenset()
        if old is None:
            return _ALL
        return frozenset(column for column, _ in FIELDS if _text(old, column) != _text(entry, column))

    def _of_entry(self, entry: RegisterEntry, changed: frozenset[str]) -> Iterator[Blemish]:
        if not ENTRY_NUMBER.fullmatch(entry.number):
            yield Blemish(entry.number, str(FormField.ENTRY_NUMBER), "is not six digits", changed == _ALL)
        for column, name in FIELDS:
            new = column in changed
            for fault in self._judge.faults(name, _text(entry, column), self._day if new else None):
                yield Blemish(entry.number, column, fault.what, new and fault.grave)
        new = any(str(COLUMNS.get(name, name)) in changed for name in _TOGETHER)
        together = tuple(published(entry, name) for name in _TOGETHER)
        if (why := _apart(*together, self._day if new else None)) is not None:
            yield Blemish(entry.number, str(FormField.GBCS_VERSION), why, new)

    def _duplicates(self) -> Iterator[Blemish]:
        """Current entries of one Device Model, type and versions: an exact duplicate is listed twice."""
        alike = _grouped((key_of(entry, IDENTITY), entry) for entry in self._entries if is_current(entry))
        for entries in alike.values():
            if len(entries) > 1:
                for entry in entries:
                    others = ", ".join(other.number for other in entries if other is not entry)
                    was = self._before.get(entry.number)
                    new = was is None or not is_current(was) or key_of(was, IDENTITY) != key_of(entry, IDENTITY)
                    yield Blemish(
                        entry.number, str(FormField.ENTRY_STATUS), f"is the same as Current entry {others}", new
                    )

    def _certificates(self) -> Iterator[Blemish]:
        """CPA certificates of which entries state different days; refused where a day is new for the certificate."""
        days_before = {_certificate_day(entry) for entry in self._before.values() if is_current(entry)}
        current = [entry for entry in self._entries if is_current(entry)]
        of_number = _grouped((key, entry) for entry in current if (key := _certificate(entry)))
        for entries in of_number.values():
            days = dict.fromkeys(published(entry, FormField.CPA_DATE) for entry in entries)
            if len({same_form(FormField.CPA_DATE, day) for day in days}) > 1:
                told = ", ".join(day or "none" for day in days)
                what = f"its certificate has different days on several entries: {told}"
                for entry in entries:
                    was = self._before.get(entry.number)
                    changed = was is None or _certificate_day(was) != _certificate_day(entry)
                    new = changed and _certificate_day(entry) not in days_before
                    yield Blemish(entry.number, str(FormField.CPA_DATE), what, new)


_ALL = frozenset(column for column, _ in FIELDS)


def _text(entry: RegisterEntry, column: str) -> str:
    return entry.status if column == FormField.ENTRY_STATUS else entry.fields.get(column, "")


@cache
def _apart(kind: str, version: str, gbcs: str, day: date | None) -> str | None:
    """Why a type and two versions do not go together on a day, or never did; None where they do or are not known."""
    tables = reference()
    listed = all(
        text in tables.values(table) for text, table in ((kind, "device_type"), (version, "smets_chts"), (gbcs, "gbcs"))
    )
    fitting = any(
        (combination.device_type, combination.version, combination.gbcs) == (kind, version, gbcs)
        and (day is None or combination.span.covers(day))
        for combination in tables.combinations
    )
    return None if fitting or not listed else f"{gbcs} and {version} do not go together for {kind}"


def _grouped(pairs: Iterable[tuple[_Key, RegisterEntry]]) -> Mapping[_Key, Sequence[RegisterEntry]]:
    groups: dict[_Key, list[RegisterEntry]] = {}
    for key, entry in pairs:
        groups.setdefault(key, []).append(entry)
    return groups


def _certificate(entry: RegisterEntry) -> str:
    number = published(entry, FormField.CPA_NUMBER)
    return one_certificate(number) if number else ""


def _certificate_day(entry: RegisterEntry) -> tuple[str, str]:
    return _certificate(entry), same_form(FormField.CPA_DATE, published(entry, FormField.CPA_DATE))
