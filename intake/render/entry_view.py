"""One entry as people see it on a screen, in a report, a letter or the page: its points, its form and its rulings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.render import plain
from intake.render.beside import Beside, Certified, Mark, Unused
from intake.render.differs import Marked, unmarked
from intake.render.points import GRAVEST_FIRST, Point, points, without_findings
from rules.facts import CellKind, Document, DocumentKind, Dossier, FormRow, NewEntry
from rules.fields import FormField
from rules.finding import Counterpart, EntryReport, Report, Ruling, Severity, Verdict, by_entry

_MODEL = (
    (FormField.MANUFACTURER_IDENTIFIER,),
    (FormField.MODEL_IDENTIFIER,),
    (FormField.HARDWARE_VERSION, FormField.HARDWARE_REVISION),
    (FormField.FIRMWARE_VERSION,),
)
"""What names a Device Model, each part by its fields."""
_SHORT = 40
"""Characters of a part; what is longer is no part of a Device Model."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A row of the form beside what the certificates state."""

    row: FormRow
    certified: tuple[Beside, ...]
    """What each certificate states of it, and how that compares."""
    severity: Severity | None
    """The gravest finding on this field."""

    @property
    def beside(self) -> tuple[Counterpart, ...]:
        """What certificates state of it."""
        return tuple(other.counterpart for other in self.certified if other.counterpart is not None)

    @property
    def pieces(self) -> Marked:
        """The form's value in pieces, each with whether it differs from what a certificate states."""
        differing = (other.form_pieces for other in self.certified if other.mark is Mark.DIFFERS)
        return next(differing, unmarked(plain.value(self.row.value)))

    @property
    def alike(self) -> tuple[tuple[Beside, tuple[DocumentKind, ...]], ...]:
        """What certificates state of it, once each, with the kinds of all that state it so."""
        alike: dict[object, list[Beside]] = {}
        for other in self.certified:
            alike.setdefault((other.pieces, other.mark, other.why), []).append(other)
        return tuple((same[0], tuple(dict.fromkeys(other.kind for other in same))) for same in alike.values())

    @property
    def empty(self) -> bool:
        """Whether nothing is to be seen in the row: no value, no finding, nothing stated beside it."""
        return self.row.kind is CellKind.EMPTY and not (self.row.value or self.certified or self.severity)

    @property
    def oddity(self) -> str:
        """Describe a value that is not text; empty otherwise."""
        ordinary = self.row.kind in {CellKind.TEXT, CellKind.EMPTY}
        return "" if ordinary else f"stored as a {self.row.kind.value}"


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry."""

    entry: NewEntry
    report: EntryReport | None
    """None until it is judged."""
    points: tuple[Point, ...]
    without_findings: tuple[Ruling, ...]
    fields: tuple[FieldView, ...]
    """The form, in its own order."""
    workbook: Document | None
    unused: tuple[Unused, ...] = ()
    """The message's certificates that do not count for it; no more than a reader wants to see."""
    unused_count: int = 0
    """How many there are."""
    number: int = 1
    """Of the submission's entries, counted from 1; addresses have it."""

    @property
    def title(self) -> str:
        """Its device type."""
        return self.entry.value(FormField.DEVICE_TYPE) or "New Entry"

    @property
    def name(self) -> str:
        """Its workbook's name, safe to print."""
        return plain.bounded(plain.one_line(self.entry.document or "No New Entry form"))

    @property
    def device(self) -> str:
        """Its device type and Device Model in a line, as stated and safe to print; empty where neither is stated."""
        parts = ("_".join(filter(None, map(self.entry.value, fields))) for fields in _MODEL)
        model = " / ".join(plain.bounded(part, _SHORT) for part in parts if part)
        return plain.one_line(" ".join(filter(None, (plain.bounded(self.entry.value(FormField.DEVICE_TYPE)), model))))

    def of(self, *severities: str) -> tuple[Point, ...]:
        """The points of these severities."""
        return tuple(point for point in self.points if point.severity in severities)

    def beside(self, point: Point) -> tuple[Counterpart, ...]:
        """What certificates state of the point's fields and none of its sides says already."""
        against = [finding.against for finding in point.findings]
        own = {finding.where for finding in point.findings}
        certified = (other for field in self.fields if field.row.field in point.fields for other in field.beside)
        return tuple(dict.fromkeys(o for o in certified if o not in against and o.stated.where not in own))

    def ruled(self, *verdicts: str) -> tuple[Ruling, ...]:
        """List the rulings with one of these verdicts."""
        return tuple(ruling for ruling in self.report.rulings if ruling.verdict in verdicts) if self.report else ()

    def says(self, sentence: str) -> bool:
        """Whether a point says just this."""
        return any(point.message == sentence for point in self.points)

    @property
    def passed(self) -> int:
        """Count the rules that passed."""
        return len(self.ruled(Verdict.PASS))


def entry_views(dossier: Dossier | None, report: Report | None) -> tuple[EntryView, ...]:
    """List every entry of a submission; a placeholder where a missing workbook was judged.

    Raises:
        ValueError: the report is not this dossier's.
    """
    if dossier is None:
        return ()
    return tuple(_entry(dossier, number, *pair) for number, pair in enumerate(by_entry(dossier, report), 1))


def _entry(dossier: Dossier, number: int, entry: NewEntry, report: EntryReport | None) -> EntryView:
    dossier = dossier.judging(entry)
    told = points(report, dossier.documents) if report else ()
    certified = Certified(dossier)
    unused, unused_count = certified.unused()
    return EntryView(
        entry=entry,
        report=report,
        points=told,
        without_findings=without_findings(report) if report else (),
        fields=tuple(_fields(dossier, certified, told)),
        workbook=dossier.workbook,
        unused=unused,
        unused_count=unused_count,
        number=number,
    )


def _fields(dossier: Dossier, certified: Certified, told: tuple[Point, ...]) -> Iterator[FieldView]:
    gravest: dict[str, Severity] = {}
    everything = [follow for point in told for follow in (point, *point.follows)]
    for point in sorted(everything, key=lambda one: GRAVEST_FIRST.index(one.severity)):
        for field in point.fields:
            gravest.setdefault(field, point.severity)
    for row in dossier.new_entry.rows:
        yield FieldView(row, certified.beside(row), gravest.get(row.field))
