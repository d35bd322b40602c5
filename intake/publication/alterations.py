"""Lists what a version changed, value by value and with the reason: ``changes.csv`` and ``changes.json``.

Only what the list publishes is told: its columns, the upgrade path, and which entry takes a removed one's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from intake.publication.edition import Issue, Why, whys_of
from intake.publication.tables import for_people
from intake.register.reconcile import difference
from rules.published import PUBLISHED, UPGRADE_PATH

HEADER = ("entry", "field", "before", "after", "why")
REPLACED_BY = "replaced-by"
_PUBLIC = {*map(str, PUBLISHED), UPGRADE_PATH}


@dataclass(frozen=True, slots=True)
class Alteration:
    """A value of an entry that is another in this version."""

    entry: str
    field: str | None
    """By the list's columns, or `REPLACED_BY`; None where the whole entry is new."""
    before: str
    after: str
    """Of a whole new entry, its status."""
    why: str


def alterations(issue: Issue) -> Iterator[Alteration]:
    """List them by entry number and the list's columns; the entry in a removed one's place comes last of its entry."""
    before = issue.before.entries if issue.before else ()
    changed = (
        change for change in difference(before, issue.edition.entries) if not change.field or change.field in _PUBLIC
    )
    for number, group in groupby(changed, key=lambda change: change.entry):
        whys = issue.whys.get(number, ())
        for change in group:
            why = in_words(whys_of(whys, change.field or None))
            yield Alteration(number, change.field or None, change.before, change.after, why)
        if other := _replaced_by(whys):
            yield Alteration(number, REPLACED_BY, "", other, in_words(why for why in whys if why.replaced_by))


def _replaced_by(whys: Iterable[Why]) -> str:
    return ", ".join(dict.fromkeys(why.replaced_by for why in whys if why.replaced_by))


def in_words(whys: Iterable[Why]) -> str:
    """Tell why an entry changed, in one line: ``correct: two digits were swapped (DCC incident INC000012345)``."""
    return "; ".join(dict.fromkeys(map(_word, whys)))


def _word(why: Why) -> str:
    references = f" ({', '.join(why.references)})" if why.references else ""
    return f"{why.kind}{': ' if why.reason else ''}{why.reason.strip()}{references}"


def changes_csv(told: Iterable[Alteration], line_end: str) -> bytes:
    """Write them as a table; a whole new entry is a line without a field."""
    rows = (
        (alteration.entry, alteration.field or "", alteration.before, alteration.after, alteration.why)
        for alteration in told
    )
    return for_people(HEADER, rows, line_end)
