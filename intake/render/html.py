"""``check --format html``: one page that needs nothing beside it, to read, to print and to keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import intake
from intake.render import plain, words
from intake.render.beside import Beside, beside
from intake.render.differs import Marked, marked
from intake.render.differs import plain as unmarked
from intake.render.points import Group, Point, counts, groups, judged, silent
from intake.render.signed import told
from intake.render.templates import reports
from rules.facts import CellKind, Document, Dossier, FormRow, NewEntry
from rules.fields import FormField
from rules.finding import EntryReport, Outcome, Report, Ruling, Severity


@dataclass(frozen=True, slots=True)
class _PointView:
    """A finding beside the values of the certificates."""

    point: Point
    said: Marked | None
    expected: Marked | None
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class _GroupView:
    group: Group
    points: tuple[_PointView, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the form beside the certificates."""

    row: FormRow
    beside: tuple[Beside, ...]
    severity: Severity | None

    @property
    def oddity(self) -> str:
        """What is unusual about the cell; empty where nothing is."""
        kind = self.row.kind
        stored = "" if kind in {CellKind.TEXT, CellKind.EMPTY} else f"stored as a {kind.value}"
        return ", ".join(filter(None, (stored, "hidden" if self.row.hidden else "")))


@dataclass(frozen=True, slots=True)
class _EntryView:
    title: str
    entry: NewEntry
    report: EntryReport
    counts: str
    groups: tuple[_GroupView, ...]
    silent: tuple[Ruling, ...]
    lines: tuple[_Line, ...]
    workbook: Document | None


def html(dossier: Dossier, report: Report, outcome: Outcome, trouble: str | None) -> str:
    """The page, as a whole HTML document."""
    entries = [_entry(dossier, *each) for each in judged(dossier, report, outcome)]
    page = reports().get_template("report.html")
    return page.render(
        version=intake.__version__,
        dossier=dossier,
        report=report,
        outcome=outcome,
        trouble=trouble,
        entries=entries,
        words=words,
        bounded=plain.bounded,
        told=told,
        above={each.workbook.name for each in entries if each.workbook},
    )


def _entry(dossier: Dossier, entry: NewEntry, report: EntryReport) -> _EntryView:
    own, found = dossier.judging(entry), groups(report)
    return _EntryView(
        title=entry.value(FormField.DEVICE_TYPE) or "New Entry",
        entry=entry,
        report=report,
        counts=counts(report),
        groups=tuple(_GroupView(group, tuple(_point(own, point) for point in group.points)) for group in found),
        silent=silent(report),
        lines=tuple(_lines(own, found)),
        workbook=own.workbook,
    )


def _point(dossier: Dossier, point: Point) -> _PointView:
    finding = point.finding
    said, expected = None, None
    if finding.said and len(finding.said) <= plain.LONGEST:
        said, expected = marked(finding.said, finding.expected)
    elif point.said is not None:
        said = unmarked(point.said)
    if expected is None and point.expected:
        expected = unmarked(point.expected)
    shown = beside(dossier, finding.field) if finding.field else ()
    stated = tuple(each for each in shown if each.stated.where != finding.where)
    return _PointView(point, said, expected, stated)


def _lines(dossier: Dossier, found: tuple[Group, ...]) -> Iterator[_Line]:
    gravest: dict[str, Severity] = {}
    for group in found:
        for point in group.points:
            if point.finding.field:
                gravest.setdefault(point.finding.field, group.severity)
    for row in dossier.new_entry.rows:
        yield _Line(row, beside(dossier, row.field), gravest.get(row.field))
