"""Drafts of letters: what the report says, and nothing else, in the submitter's words."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from intake.domain.resolution import Resolution
from intake.domain.review import NUMBER_TO_COME
from intake.render.account import account
from intake.render.entry_view import EntryView, entry_views
from intake.render.points import Point
from rules.facts import Dossier
from rules.finding import Report, Severity

WIDTH = 72
_INDENT = 4
_MOST_NAMED = 12
"""Entries that a letter names above its points; a message may bring hundreds."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a letter says about one entry, or about documents that several entries share."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Points of one kind, numbered through the whole letter."""

    title: str
    parts: tuple[Part, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter is made of."""

    about: tuple[str, ...]
    """Lines that name device and workbook of each entry; of an approval, of each approved one."""
    numbered: bool
    """Whether these lines say of each approved entry where its number will stand."""
    returned: tuple[str, ...]
    """Lines that name each entry that is returned where others are approved."""
    corrections: Section
    questions: Section

    @property
    def sections(self) -> tuple[Section, ...]:
        """Those that have something to say."""
        return tuple(section for section in (self.corrections, self.questions) if section.count)


def drafted(
    dossier: Dossier | None,
    report: Report | None,
    resolutions: Sequence[Resolution] = (),
    returned: Collection[int] = (),
    *,
    approves: bool = False,
) -> Draft:
    """Gather what a letter says of a submission: its entries, what is to be put right, and what is asked.

    Args:
        dossier: what was judged.
        report: on it.
        resolutions: what people settled; the submitter is told nothing of it.
        returned: numbers of the entries that are returned while the others are approved; only their points are told.
        approves: the letter tells of an approval, by which entries get their numbers.
    """
    views = entry_views(dossier, report, resolutions)
    told = tuple(view for view in views if not returned or view.number in returned)
    first = tuple(view for view in views if view.number not in returned)
    numbered, numbers = approves and 1 < len(first) <= _MOST_NAMED, count(1)
    return Draft(
        tuple(_about(first, numbered=numbered)),
        numbered,
        tuple(_about(told)) if returned else (),
        _section("To put right", told, Severity.RETURN, numbers),
        _section("Questions", told, Severity.QUERY, numbers),
    )


def folded(text: str) -> str:
    """Give the text as one paragraph, in lines of a letter's width."""
    return textwrap.fill(" ".join(text.split()), WIDTH, break_on_hyphens=False)


def _about(views: tuple[EntryView, ...], *, numbered: bool = False) -> Iterator[str]:
    number = NUMBER_TO_COME if numbered else ""
    for place, view in enumerate(views[:_MOST_NAMED]):
        if place:
            yield ""
        for label, text in (("Device", view.device), ("Workbook", _workbook(view)), ("Entry", number)):
            if text:
                start = f"  {label:<12}"
                yield from textwrap.wrap(
                    text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False
                )
    if len(views) > _MOST_NAMED:
        yield ""
        yield f"  and {len(views) - _MOST_NAMED} more"


def _workbook(view: EntryView) -> str:
    return view.name if view.entry.document is not None else ""


def _section(title: str, views: tuple[EntryView, ...], severity: Severity, numbers: Iterator[int]) -> Section:
    """One round of points: those that several entries share once, then each entry's own."""
    told = [
        (view, [point for point in view.open if point.severity is severity and point.for_submitter]) for view in views
    ]
    common = dict.fromkeys(_key(point) for view, points in told for point in points if _is_shared(view, point))
    shared = _united(point for _, points in told for point in points if _key(point) in common)
    own = [(view, [point for point in points if _key(point) not in common]) for view, points in told]
    if len(views) == 1:
        shared, own = {}, told
    parts = [("About the whole submission", list(shared.values())), *((view.name, points) for view, points in own)]
    return Section(
        title,
        tuple(Part(name, tuple(_lines(points, numbers))) for name, points in parts if points),
        sum(len(points) for _, points in parts),
    )


def _is_shared(view: EntryView, point: Point) -> bool:
    """Whether it is about the submission's documents, and not about a cell of this form."""
    own = view.entry.document
    return all(
        finding.topic.shared if finding.topic else finding.where is None or finding.where.document != own
        for finding in point.findings
    )


def _united(points: Iterable[Point]) -> dict[tuple[str, str], Point]:
    """Each point once, with what follows from it on any of the entries."""
    united: dict[tuple[str, str], Point] = {}
    for point in points:
        before = united.get(_key(point), point)
        follows = {_key(after): after for after in (*before.follows, *point.follows)}
        united[_key(point)] = replace(before, follows=tuple(follows.values()))
    return united


def _key(point: Point) -> tuple[str, str]:
    return point.message, point.remedy


def _lines(points: Iterable[Point], numbers: Iterator[int]) -> Iterator[str]:
    for point in points:
        number = next(numbers)
        yield from account(point, width=WIDTH, indent=_INDENT, mark=f"{f'{number}.':<{_INDENT}}", number=number)
        yield ""
