"""One submission of the labelled corpus, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rules.facts import RegisterEntry
from rules.finding import Outcome


class Later(Mapping[str, bytes]):
    """Files that are drawn when somebody looks at them: of most cases that are thinned out nobody does."""

    def __init__(self, draw: Callable[[], Mapping[str, bytes]]) -> None:
        """Remember how they are drawn."""
        self._draw = draw

    @cached_property
    def _files(self) -> Mapping[str, bytes]:
        return self._draw()

    def __getitem__(self, name: str) -> bytes:
        """A file's bytes."""
        return self._files[name]

    def __iter__(self) -> Iterator[str]:
        """The files' names."""
        return iter(self._files)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self._files)


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
