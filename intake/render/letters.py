"""Drafts of letters: what the report says, and nothing else, in the submitter's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count

from intake.render import plain
from intake.render.account import account
from intake.render.points import Group, groups
from rules.finding import EntryReport, Report, Severity

WIDTH = 72
_INDENT = 4


@dataclass(frozen=True, slots=True)
class Part:
    """What a letter says about one entry."""

    document: str
    lines: tuple[str, ...]
    points: int


def parts(report: Report | None, *severities: str) -> tuple[Part, ...]:
    """What there is to say about each entry, its findings of these severities, numbered.

    An entry that has none is left out.
    """
    wanted = [Severity(each) for each in severities]
    found = (_part(entry, wanted) for entry in (report.entries if report else ()))
    return tuple(part for part in found if part.points)


def _part(entry: EntryReport, severities: Collection[Severity]) -> Part:
    told = groups(entry, severities)
    name = plain.bounded(plain.one_line(entry.document or "No New Entry form"))
    return Part(name, tuple(_lines(told)), sum(len(group.points) for group in told))


def _lines(told: tuple[Group, ...]) -> Iterator[str]:
    marks = (f"{f'{number}.':<{_INDENT}}" for number in count(1))
    for group in told:
        yield from account(group, width=WIDTH, indent=_INDENT, marks=marks)
        yield ""
