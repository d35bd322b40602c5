"""An entry as the page shows it: its findings beside the values, its form, and every ruling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.render.beside import Beside, beside
from intake.render.differs import Marked, marked, plain
from intake.web.glance import Weighed, silent, weighed
from rules.facts import NEW_ENTRY_ABSENT, CellKind, DocumentKind, Dossier, FormRow, NewEntry
from rules.fields import FormField
from rules.finding import EntryReport, Report, Ruling, Severity, Verdict


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding beside the values."""

    weighed: Weighed
    said: Marked | None
    """None where there is no value to show."""
    expected: Marked | None
    beside: tuple[Beside, ...]

    @property
    def alike(self) -> bool:
        """Whether the expected is a value of the same shape, rather than a description."""
        finding = self.weighed.finding
        return len(finding.said or "") == len(finding.expected or "")


@dataclass(frozen=True, slots=True)
class FieldView:
    """A row of the form beside what the certificates state."""

    row: FormRow
    beside: tuple[Beside, ...]
    severity: Severity | None
    """The gravest finding on this field."""

    @property
    def certified(self) -> Mapping[str, tuple[DocumentKind, ...]]:
        """Each value that certificates state, with the kinds that state it."""
        values = dict.fromkeys(each.stated.value for each in self.beside)
        return {value: tuple(each.kind for each in self.beside if each.stated.value == value) for value in values}

    @property
    def oddity(self) -> str:
        """What the workbook holds, where it is not text; empty otherwise."""
        ordinary = self.row.kind in {CellKind.TEXT, CellKind.EMPTY}
        return "" if ordinary else f"stored as a {self.row.kind.value}"


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry."""

    title: str
    entry: NewEntry
    report: EntryReport | None
    findings: tuple[FindingView, ...]
    silent: tuple[Ruling, ...]
    fields: tuple[FieldView, ...]
    """The form, in its own order."""

    def of(self, severity: str) -> tuple[FindingView, ...]:
        """The findings of one severity."""
        return tuple(each for each in self.findings if each.weighed.severity == severity)

    def ruled(self, *verdicts: str) -> tuple[Ruling, ...]:
        """The rulings with one of these verdicts."""
        return tuple(each for each in self.report.rulings if each.verdict in verdicts) if self.report else ()

    def says(self, sentence: str) -> bool:
        """Whether a finding says just this."""
        return any(each.weighed.finding.message == sentence for each in self.findings)

    @property
    def passed(self) -> int:
        """How many rules passed."""
        return len(self.ruled(Verdict.PASS))


def entries(dossier: Dossier | None, report: Report | None) -> tuple[EntryView, ...]:
    """Every entry of a submission; the absent one where there is no workbook and its absence was judged."""
    if dossier is None:
        return ()
    stated = dossier.entries or ((NEW_ENTRY_ABSENT,) if report else ())
    judged: tuple[EntryReport | None, ...] = report.entries if report else (None,) * len(stated)
    return tuple(_entry(dossier, *pair) for pair in zip(stated, judged, strict=False))


def _entry(dossier: Dossier, entry: NewEntry, report: EntryReport | None) -> EntryView:
    found = weighed(report.rulings) if report else ()
    dossier = dossier.judging(entry)
    return EntryView(
        title=entry.value(FormField.DEVICE_TYPE) or "New Entry",
        entry=entry,
        report=report,
        findings=tuple(_finding(dossier, each) for each in found),
        silent=silent(report.rulings) if report else (),
        fields=tuple(_fields(dossier, entry, found)),
    )


def _finding(dossier: Dossier, each: Weighed) -> FindingView:
    finding = each.finding
    said, expected = (None, None)
    if finding.said is not None:
        said, expected = marked(finding.said, finding.expected)
    elif finding.expected is not None:
        expected = plain(finding.expected)
    shown = beside(dossier, finding.field) if finding.field else ()
    elsewhere = tuple(item for item in shown if item.stated.where != finding.where)
    return FindingView(each, said, expected, elsewhere)


def _fields(dossier: Dossier, entry: NewEntry, found: tuple[Weighed, ...]) -> Iterator[FieldView]:
    gravest: dict[str, Severity] = {}
    for each in found:
        if each.finding.field:
            gravest.setdefault(each.finding.field, each.severity)
    for row in entry.rows:
        yield FieldView(row, beside(dossier, row.field), gravest.get(row.field))
