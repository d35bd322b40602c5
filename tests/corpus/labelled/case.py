"""One submission of the labelled corpus, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.facts import RegisterEntry
from rules.finding import Outcome


@dataclass(frozen=True, slots=True)
class Case:
    """A submission that is valid, or has one fault that is known."""

    edition: str
    """Of the New Entry form."""
    device_type: str
    on: date
    """The day on which it is judged: one on which the edition was current."""
    done: str
    """What sets it apart from others, or what was done to spoil it."""
    files: Mapping[str, bytes]
    expected: Outcome = Outcome.READY
    place: str | None = None
    """Where the fault is: ``<Data Group>.<Data Attribute>``, a Data Group, a document or sheet by name, or the rule
    that speaks of what has no place, as of a mail's own words."""
    signed: bool = False
    """The workbook is signed well. Stated as a fact: a signature cannot be made here without its maker's key."""
    kind: str | None = None
    """What the mail around it says it is; None for loose files."""
    text: str | None = None
    """The mail's own words; None where they say nothing or there is no mail."""
    register: tuple[RegisterEntry, ...] | None = None
    """The lines of the published list to compare with; None where there is none."""

    def __str__(self) -> str:
        """Say which one it is."""
        return f"{self.edition}, {self.device_type}: {self.done}{f' ({self.place})' if self.place else ''}"


def spoilt(case: Case, expected: Outcome, place: str, done: str) -> Case:
    """The same files under a label that says what is wrong with them."""
    return Case(
        case.edition, case.device_type, case.on, done, case.files, expected, place, signed=case.signed, kind=case.kind
    )
