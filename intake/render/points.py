"""The findings on an entry as people are told of them: gravest first, those of one rule together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from intake.render import plain
from rules.facts import Dossier, NewEntry, Where
from rules.finding import EntryReport, Finding, Outcome, Report, Ruling, Severity, Verdict

GRAVEST_FIRST = (Severity.RETURN, Severity.QUERY, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Point:
    """One finding, every text of it safe to print."""

    message: str
    field: str
    place: str
    """Within the entry's own workbook its cell alone; empty where there is none."""
    said: str | None
    expected: str
    suggestion: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Group:
    """What one rule found on one entry."""

    severity: Severity
    """What it means for a person: what a rule could not tell is for a person, whatever the rule's severity."""
    ruling: Ruling
    remedy: str
    points: tuple[Point, ...]

    @property
    def expected(self) -> str:
        """What was expected, where that is the same for several points; empty otherwise."""
        said = {point.expected for point in self.points}
        return said.pop() if len(self.points) > 1 and len(said) == 1 else ""


def groups(entry: EntryReport, severities: Collection[Severity] = GRAVEST_FIRST) -> tuple[Group, ...]:
    """The entry's findings by rule, gravest first."""
    found = [
        _group(entry, ruling)
        for ruling in entry.rulings
        if ruling.findings and weight(ruling) in severities and ruling.verdict in {Verdict.FAIL, Verdict.UNDETERMINED}
    ]
    return tuple(sorted(found, key=lambda group: GRAVEST_FIRST.index(group.severity)))


def weight(ruling: Ruling) -> Severity:
    """How a ruling with findings weighs."""
    return Severity.QUERY if ruling.verdict is Verdict.UNDETERMINED else ruling.severity


def silent(entry: EntryReport) -> tuple[Ruling, ...]:
    """Rules that could not tell and have nothing to say: what they need could not be read."""
    return tuple(r for r in entry.rulings if r.verdict is Verdict.UNDETERMINED and not r.findings)


def counts(entry: EntryReport) -> str:
    """How many rules came to what: ``2 to put right, 1 for a person, 34 passed``."""
    told = dict.fromkeys(Severity, 0)
    for ruling in entry.rulings:
        if ruling.verdict in {Verdict.FAIL, Verdict.UNDETERMINED}:
            told[weight(ruling)] += 1
    verdicts = [ruling.verdict for ruling in entry.rulings]
    counted = (
        (told[Severity.RETURN], "to put right"),
        (told[Severity.QUERY], "for a person"),
        (told[Severity.NOTE], "noted"),
        (verdicts.count(Verdict.PASS), "passed"),
        (verdicts.count(Verdict.NOT_APPLICABLE), "not applicable"),
        (verdicts.count(Verdict.NOT_IN_FORCE), "not in force"),
    )
    return ", ".join(f"{number} {words}" for number, words in counted if number)


def judged(dossier: Dossier, report: Report, outcome: Outcome) -> tuple[tuple[NewEntry, EntryReport], ...]:
    """Each entry with its report; none where the message is no submission."""
    if outcome is Outcome.NOT_A_SUBMISSION:
        return ()
    stated = dossier.entries or (dossier.new_entry,)
    return tuple(zip(stated, report.entries, strict=True))


def _group(entry: EntryReport, ruling: Ruling) -> Group:
    points = tuple(_point(entry, finding) for finding in ruling.findings)
    return Group(weight(ruling), ruling, remedy(ruling.findings[0]), points)


def remedy(finding: Finding) -> str:
    """What to do, without the suggestion that the report adds to it."""
    tail = "" if finding.suggestion is None else f" Probably meant: {finding.suggestion}"
    return plain.bounded(plain.one_line(finding.remedy.removesuffix(tail)), plain.LONGEST_MESSAGE)


def _point(entry: EntryReport, finding: Finding) -> Point:
    return Point(
        message=plain.bounded(plain.one_line(finding.message), plain.LONGEST_MESSAGE),
        field=plain.bounded(plain.one_line(finding.field or "")),
        place=plain.bounded(plain.one_line(_place(entry.document, finding.where))),
        said=None if finding.said is None else plain.value(finding.said),
        expected=plain.bounded(plain.one_line(finding.expected or ""), plain.LONGEST_MESSAGE),
        suggestion="" if finding.suggestion is None else plain.value(finding.suggestion),
        finding=finding,
    )


def _place(own: str | None, where: Where | None) -> str:
    if where is None:
        return ""
    if where.document == own and where.cell is not None:
        return f"{where.sheet}!{where.cell}"
    return str(where)
