"""One entry as people see it on a screen, in a report, a letter or the page: its points, its form and its rulings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.domain.resolution import Resolution
from intake.render import plain
from intake.render.beside import Beside, Certified, Mark, Unused
from intake.render.differs import Marked, unmarked
from intake.render.points import GRAVEST_FIRST, Point, points, without_findings
from rules.facts import CellKind, Document, DocumentKind, Dossier, FormRow, NewEntry
from rules.fields import FormField
from rules.finding import Counterpart, EntryReport, Finding, Outcome, Report, Ruling, Severity, Verdict, by_entry

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
    number: int = 0
    """Its place among the entries of the message, counted from 0."""
    corrected: tuple[Resolution, ...] = ()
    """Corrections that are in what was judged: of its own form, and of the certificates, which all entries share."""
    outdated: tuple[Resolution, ...] = ()
    """What a person settled or corrected and no longer applies, as something else is found or read there now."""
    unused: tuple[Unused, ...] = ()
    """The message's certificates that do not count for it; no more than a reader wants to see."""
    unused_count: int = 0
    """How many there are."""
    documents: frozenset[int] = frozenset()
    """The places, among the documents of the message, of its own workbook and of the certificates that count for it."""

    @property
    def ordinal(self) -> int:
        """Its place counted from 1; addresses have it."""
        return self.number + 1

    @property
    def open(self) -> tuple[Point, ...]:
        """What must be put right or looked at, and nobody has settled."""
        return tuple(point for point in self.of(Severity.RETURN, Severity.QUERY) if not point.settled)

    @property
    def settled(self) -> tuple[Point, ...]:
        """What a person has settled."""
        return tuple(point for point in self.points if point.settled)

    @property
    def all_settled(self) -> bool:
        """Whether there was something to put right or to look at, and people have settled all of it."""
        told = bool(self.of(Severity.RETURN, Severity.QUERY)) and self.report is not None
        return told and not self.open and not self.without_findings

    @property
    def needs_reason(self) -> bool:
        """Whether an approval needs a reason of its own: the checks found something, and it is not all settled."""
        return not (self.all_settled or (self.report is not None and self.report.outcome is Outcome.READY))

    @property
    def label(self) -> str:
        """Its device, or its workbook where the form states none."""
        return self.device or self.name

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
        """Give the points of these severities."""
        return tuple(point for point in self.points if point.severity in severities)

    def beside(self, point: Point) -> tuple[Counterpart, ...]:
        """Give what certificates state of the point's fields and none of its sides says already."""
        against = [finding.against for finding in point.findings]
        own = {finding.where for finding in point.findings}
        certified = (other for field in self.fields if field.row.field in point.fields for other in field.beside)
        return tuple(dict.fromkeys(o for o in certified if o not in against and o.stated.where not in own))

    def ruled(self, *verdicts: str) -> tuple[Ruling, ...]:
        """List the rulings with one of these verdicts."""
        return tuple(ruling for ruling in self.report.rulings if ruling.verdict in verdicts) if self.report else ()

    def says(self, sentence: str) -> bool:
        """Tell whether a point says just this."""
        return any(point.message == sentence for point in self.points)

    @property
    def passed(self) -> int:
        """Count the rules that passed."""
        return len(self.ruled(Verdict.PASS))


def entry_views(
    dossier: Dossier | None, report: Report | None, resolutions: Sequence[Resolution] = ()
) -> tuple[EntryView, ...]:
    """List every entry of a submission; a placeholder where a missing workbook was judged.

    Args:
        dossier: what was judged.
        report: on it; None until it is judged.
        resolutions: what people settled or corrected of the submission; what was taken back is passed over.

    Raises:
        ValueError: the report is not this dossier's.
    """
    if dossier is None:
        return ()
    active = [resolution for resolution in resolutions if resolution.active]
    return tuple(_entry(dossier, number, *pair, active) for number, pair in enumerate(by_entry(dossier, report)))


def entry_points(
    dossier: Dossier, report: Report, resolutions: Sequence[Resolution] = ()
) -> Iterator[tuple[tuple[Point, ...], tuple[Ruling, ...]]]:
    """Give of every entry its points and its rulings without findings, as `entry_views` has them, and nothing else.

    Args:
        dossier: as there.
        report: as there.
        resolutions: as there.

    Raises:
        ValueError: the report is not this dossier's.
    """
    active = [resolution for resolution in resolutions if resolution.active]
    for number, (entry, judged) in enumerate(by_entry(dossier, report)):
        own = _of_points(number, active)
        corrections = _corrections(dossier.judging(entry), number, active)
        yield _told(dossier, judged, own, corrections), without_findings(judged) if judged else ()


def _entry(
    dossier: Dossier, number: int, entry: NewEntry, report: EntryReport | None, active: Sequence[Resolution]
) -> EntryView:
    dossier = dossier.judging(entry)
    certified = Certified(dossier)
    unused, unused_count = certified.unused()
    own, corrections = _of_points(number, active), _corrections(dossier, number, active)
    told = _told(dossier, report, own, corrections)
    shown = {point.key for point in told} if own else set()
    return EntryView(
        number=number,
        corrected=tuple(resolution for resolution, applied in corrections if applied),
        outdated=(
            *(resolution for resolution in own.values() if resolution.point not in shown),
            *(resolution for resolution, applied in corrections if applied is False and resolution.entry == number),
        ),
        entry=entry,
        report=report,
        points=told,
        without_findings=without_findings(report) if report else (),
        fields=tuple(_fields(dossier, certified, told)),
        workbook=dossier.workbook,
        unused=unused,
        unused_count=unused_count,
        documents=certified.documents(),
    )


def _of_points(number: int, active: Sequence[Resolution]) -> dict[str, Resolution]:
    """What people said of an entry's points, by the point's key."""
    return {
        resolution.point: resolution
        for resolution in active
        if resolution.entry == number and resolution.point is not None
    }


def _corrections(dossier: Dossier, number: int, active: Sequence[Resolution]) -> list[tuple[Resolution, bool | None]]:
    """Each correction, and whether it is in the dossier that judges this entry; None where it is another's."""
    return [
        (resolution, _is_in(dossier, number, resolution)) for resolution in active if resolution.correction is not None
    ]


def _told(
    dossier: Dossier,
    report: EntryReport | None,
    own: Mapping[str, Resolution],
    corrections: Sequence[tuple[Resolution, bool | None]],
) -> tuple[Point, ...]:
    """The points of an entry, each with what a person said of it."""
    applied = [resolution for resolution, is_in in corrections if is_in]
    unsettled = points(report, dossier.documents) if report else ()
    return tuple(_with_word(point, own, applied) for point in unsettled)


def _with_word(point: Point, own: Mapping[str, Resolution], corrected: Sequence[Resolution]) -> Point:
    """The point with what a person said of it."""
    if point.correction:
        named = (made for made in corrected if any(_names(made, finding) for finding in point.findings))
        return replace(point, resolution=next(named, None))
    return replace(point, resolution=own.get(point.key)) if own else point


def _names(made: Resolution, finding: Finding) -> bool:
    """Whether the finding names this correction."""
    if made.document_kind is DocumentKind.NEW_ENTRY:
        return finding.field == made.subject
    return finding.message.startswith(f"'{made.subject}' on {made.document} ")


def _is_in(dossier: Dossier, number: int, made: Resolution) -> bool | None:
    """Whether the correction is in the dossier; None where it is of another entry's form."""
    if made.document_kind is DocumentKind.NEW_ENTRY:
        rows = dossier.new_entry.rows if made.entry == number else ()
        cells = (row.corrected for row in rows if row.field == made.subject and row.value == made.value)
        return any(cells) if made.entry == number else None
    papers = (d.certificate for d in dossier.documents if (d.name, d.sha256) == (made.document, made.document_sha256))
    facts = (paper.facts.get(made.subject) for paper in papers if paper is not None)
    return any(stated.corrected is not None and stated.value == made.value for stated in facts if stated is not None)


def _fields(dossier: Dossier, certified: Certified, told: tuple[Point, ...]) -> Iterator[FieldView]:
    gravest: dict[str, Severity] = {}
    everything = [part for point in told for part in point.whole]
    for point in sorted(everything, key=lambda one: GRAVEST_FIRST.index(one.severity)):
        for field in point.fields:
            gravest.setdefault(field, point.severity)
    for row in dossier.new_entry.rows:
        yield FieldView(row, certified.beside(row), gravest.get(row.field))
