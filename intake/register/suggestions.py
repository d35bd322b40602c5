"""Finds entries that people may want to remove: their certificate has expired, or another entry says the same; pure.

It only suggests; a person asks for the removal, and another agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from intake.register.changes import EDITABLE, RemovalReason
from intake.register.expiry import term_of
from rules.certificate_number import prefix_of
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import COLUMNS, is_current, published, same_form

_REVIEWED = "[R]"
"""Before a certificate whose day is that of a risk review; it does not expire."""
_FORM_NAMES = {column: name for name, column in COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A removal that a person may ask for."""

    removal: RemovalReason
    entries: tuple[str, ...]
    reason: str
    """As it would be published."""
    replaced_by: str = ""


def suggested_removals(entries: Iterable[RegisterEntry], today: date) -> tuple[Suggestion, ...]:
    """Suggest removals, by the lowest number of their entries.

    Args:
        entries: the list as it is.
        today: the day in London.
    """
    current = [entry for entry in entries if is_current(entry)]
    suggestions = (*_expired(current, today), *_doubled(current))
    return tuple(sorted(suggestions, key=lambda suggestion: (suggestion.entries, suggestion.removal)))


def _expired(current: Iterable[RegisterEntry], today: date) -> Iterator[Suggestion]:
    """Entries whose CPA certificate has expired, all of one certificate and day together."""
    grouped: dict[tuple[str, date], list[RegisterEntry]] = {}
    for entry in current:
        key, day = term_of(entry)
        if key and day is not None and day < today and prefix_of(_number(entry)) != _REVIEWED:
            grouped.setdefault((key, day), []).append(entry)
    for (_, day), those in grouped.items():
        reason = f"The CPA certificate {_number(those[0])} expired on {day:%d/%m/%Y}."
        yield Suggestion(RemovalReason.EXPIRED, tuple(sorted(entry.number for entry in those)), reason)


def _doubled(current: Iterable[RegisterEntry]) -> Iterator[Suggestion]:
    """Entries that say the same as an earlier one in every column; parts of one release differ in their image."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for entry in current:
        values = tuple(same_form(_FORM_NAMES.get(name, name), published(entry, name)) for name in EDITABLE)
        grouped.setdefault(values, []).append(entry.number)
    for numbers in grouped.values():
        first, *others = sorted(numbers)
        if others:
            reason = f"It says the same as entry {first}."
            yield Suggestion(RemovalReason.CLONE, tuple(others), reason, first)


def _number(entry: RegisterEntry) -> str:
    return published(entry, FormField.CPA_NUMBER)
