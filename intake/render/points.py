"""The findings on an entry as people are told of them: a point a field, gravest first, causes before consequences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from intake.domain.resolution import Resolution, point_key
from intake.render import plain
from intake.render.cards import cards
from intake.render.citations import cited
from intake.render.differs import Marked, marked, unmarked
from rules.completeness import corrections
from rules.corrected import Corrected
from rules.facts import CERTIFICATE_KINDS, Document, DocumentKind, Where
from rules.finding import EntryReport, Finding, Ruling, Severity, Verdict

GRAVEST_FIRST = (Severity.RETURN, Severity.QUERY, Severity.NOTE)
CORRECTIONS = corrections.RULE.id
FORM, CERTIFICATE, DOCUMENT = "Form says", "Certificate says", "Document says"


@dataclass(frozen=True, slots=True)
class Side:
    """Who says what, and where; every text of it safe to print."""

    who: str
    value: str
    place: str
    pieces: Marked
    """The value in pieces, each with whether it differs from what another side says or what was expected."""


@dataclass(frozen=True, slots=True)
class Point:
    """One fact, of one or several rules' findings; as a card, with all that is said of its field.

    Every text of it is safe to print.
    """

    severity: Severity
    """What it means for a person: what a rule could not tell is for a person, whatever the rule's severity."""
    message: str
    fields: tuple[str, ...]
    sides: tuple[Side, ...]
    place: str
    """Where no side says it: within the entry's own workbook the cell alone; empty where there is none."""
    expected: str
    expected_pieces: Marked
    """The same with marks; empty where nothing was expected."""
    suggestion: str
    remedy: str
    rulings: tuple[Ruling, ...]
    findings: tuple[Finding, ...]
    follows: tuple[Point, ...] = ()
    """What follows from it, and may be settled with it."""
    also: tuple[Point, ...] = ()
    """What else is said of the same field."""
    workbook: str | None = None
    """The name of the entry's own workbook."""
    resolution: Resolution | None = None
    """What a person said of the whole card; None where nobody did."""

    @property
    def key(self) -> str:
        """What binds a person's word to the card as it is: a digest over everything that stands on it."""
        told = (
            (",".join(sorted(ruling.rule for ruling in part.rulings)), finding)
            for part in self.whole
            for finding in part.findings
        )
        return point_key(self.workbook, told)

    @property
    def correction(self) -> bool:
        """Whether it only names a value that a person corrected."""
        return all(ruling.rule == CORRECTIONS for ruling in self.rulings)

    @property
    def settled(self) -> bool:
        """Whether a person has accepted or overruled it, or it is itself a person's correction."""
        return self.resolution is not None or self.correction

    @property
    def about(self) -> tuple[str, ...]:
        """The fields, as the report has them."""
        return tuple(dict.fromkeys(finding.field for finding in self.findings if finding.field))

    @property
    def alone(self) -> Point:
        """The point without what else is said with it, with the weight of its own rules."""
        own = min((severity_of(ruling) for ruling in self.rulings), key=GRAVEST_FIRST.index)
        return replace(self, follows=(), also=(), severity=own)

    @property
    def whole(self) -> tuple[Point, ...]:
        """All points of the card: the first one, what else is said of its field, and what follows."""
        return (self, *self.also, *self.follows)

    @property
    def citation(self) -> str:
        """The sources of all rules that say something of its field, each once."""
        rulings = (
            ruling for point in (self, *self.also) if point is self or not point.waits for ruling in point.rulings
        )
        return cited(ruling.citation for ruling in rulings)

    @property
    def named_fields(self) -> tuple[str, ...]:
        """The fields that its message does not name; a whole group of fields says too little to be named."""
        return tuple(field for field in self.fields if "." in field and field not in self.message)

    @property
    def named_place(self) -> str:
        """The place, where its message does not name it."""
        return "" if self.place in self.message else self.place

    @property
    def waits(self) -> bool:
        """Whether it only says that something cannot be judged before its cause is mended."""
        return all(finding.waits for finding in self.findings)

    @property
    def for_submitter(self) -> bool:
        """Whether the submitter can do anything about it."""
        return not all(finding.internal for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A finding, whose it is, and what it means for a person."""

    severity: Severity
    ruling: Ruling
    finding: Finding


def points(entry: EntryReport, documents: Iterable[Document] = ()) -> tuple[Point, ...]:
    """Give the entry's findings, those of one field as one point, each under the point that it follows from.

    Args:
        entry: the report.
        documents: of the submission, by which the sides are named.
    """
    kinds = {document.name: document.kind for document in documents}
    topics: dict[object, list[Ruled]] = {}
    for ruled in by_severity(entry.rulings):
        key = ruled.finding.topic or (ruled.finding.message, ruled.finding.where, ruled.ruling.rule)
        topics.setdefault(key, []).append(ruled)
    return tuple(sorted(cards(_nested([_point(entry, kinds, topic) for topic in topics.values()])), key=_order))


def by_severity(rulings: Iterable[Ruling]) -> Iterator[Ruled]:
    """Give every finding with its ruling and what it means for a person, gravest first."""
    told = [
        Ruled(severity_of(ruling), ruling, finding)
        for ruling in rulings
        if ruling.verdict in {Verdict.FAIL, Verdict.UNDETERMINED}
        for finding in ruling.findings
    ]
    return iter(sorted(told, key=lambda ruled: GRAVEST_FIRST.index(ruled.severity)))


def severity_of(ruling: Ruling) -> Severity:
    """Give the severity of a ruling with findings."""
    return Severity.QUERY if ruling.verdict is Verdict.UNDETERMINED else ruling.severity


def without_findings(entry: EntryReport) -> tuple[Ruling, ...]:
    """List undetermined rulings without findings: what the rules need could not be read."""
    return tuple(r for r in entry.rulings if r.verdict is Verdict.UNDETERMINED and not r.findings)


def counts(entry: EntryReport) -> str:
    """Count the rules by result: ``2 to put right, 1 for a person, 34 passed``."""
    told = dict.fromkeys(Severity, 0)
    for ruling in entry.rulings:
        if ruling.verdict in {Verdict.FAIL, Verdict.UNDETERMINED}:
            told[severity_of(ruling)] += 1
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


def remedy(finding: Finding) -> str:
    """Give the remedy without the suggestion that the report adds."""
    tail = "" if finding.suggestion is None else f" Probably meant: {finding.suggestion}"
    return plain.bounded(plain.one_line(finding.remedy.removesuffix(tail)), plain.LONGEST_MESSAGE)


def in_a_row(items: Iterable[str]) -> str:
    """Give the items as a sentence lists them: ``a, b and c``."""
    *first, last = dict.fromkeys(items)
    return f"{', '.join(first)} and {last}" if first else last


def _point(entry: EntryReport, kinds: Mapping[str, DocumentKind], ruled: list[Ruled]) -> Point:
    """One point of the findings of a topic, the gravest of which come first."""
    first, findings = ruled[0].finding, tuple(judged.finding for judged in ruled)
    fields = dict.fromkeys(finding.field for finding in findings if finding.field)
    expected = (
        first.expected if first.against is None and len({finding.expected for finding in findings}) == 1 else None
    )
    stated = _sides(entry, kinds, findings)
    sides, wanted = _with_marks(stated, expected)
    return Point(
        severity=ruled[0].severity,
        message=_safe(_message(findings), plain.LONGEST_MESSAGE),
        fields=tuple(map(_safe, fields)),
        sides=sides,
        place="" if sides else _safe(_place(entry.document, first.where)),
        expected=_safe(expected or "", plain.LONGEST_MESSAGE) if sides else "",
        expected_pieces=wanted,
        suggestion="" if first.suggestion is None else plain.value(first.suggestion),
        remedy=remedy(first),
        rulings=tuple(dict.fromkeys(judged.ruling for judged in ruled)),
        findings=findings,
        workbook=entry.document,
    )


def _safe(text: str, most: int = plain.LONGEST) -> str:
    return plain.bounded(plain.one_line(text), most)


def _message(findings: tuple[Finding, ...]) -> str:
    topic, items = findings[0].topic, [finding.item for finding in findings if finding.item]
    if topic is None or len(set(items)) == 1 or len({finding.message for finding in findings}) == 1:
        return findings[0].short or findings[0].message
    return f"{topic.before}{in_a_row(items) if items else ''}{topic.after}"


def _sides(
    entry: EntryReport, kinds: Mapping[str, DocumentKind], findings: tuple[Finding, ...]
) -> tuple[tuple[str, str, str], ...]:
    """Who says what and where: first the form, then the certificates, each once."""
    stated, compared = [], []
    for finding in findings:
        if finding.said is not None and finding.where is not None:
            place = _place(entry.document, finding.where) + _corrected(_cells(entry).get(finding.where))
            stated.append((_who(entry, kinds, finding.where), finding.said, place))
        if finding.against is not None:
            other = finding.against.stated
            compared.append((CERTIFICATE, other.value, f"{other.where}{_corrected(other.corrected)}"))
    return tuple(dict.fromkeys((*stated, *compared)))


def _cells(entry: EntryReport) -> Mapping[Where, Corrected]:
    """The form's cells that a person corrected, as the rule that names them has them."""
    named = (finding for ruling in entry.rulings if ruling.rule == CORRECTIONS for finding in ruling.findings)
    return {
        finding.where: finding.corrected for finding in named if finding.where and finding.field and finding.corrected
    }


def _corrected(corrected: Corrected | None) -> str:
    """Say beside a value that a person stated it."""
    if corrected is None:
        return ""
    read = "could not be read" if corrected.original is None else f"read as {plain.value(corrected.original)}"
    return f"; {read}, corrected by {corrected.by}"


def _who(entry: EntryReport, kinds: Mapping[str, DocumentKind], where: Where) -> str:
    if where.document == entry.document:
        return FORM
    return CERTIFICATE if kinds.get(where.document) in CERTIFICATE_KINDS else DOCUMENT


def _with_marks(said: tuple[tuple[str, str, str], ...], expected: str | None) -> tuple[tuple[Side, ...], Marked]:
    """The sides with marks where they differ from each other, or the only one from what was expected."""
    values = [plain.value(value) for _, value, _ in said]
    pieces, wanted = [unmarked(value) for value in values], unmarked(_safe(expected)) if expected else ()
    if len(values) == 1 and expected:
        pieces[0], other = marked(values[0], _safe(expected))
        wanted = other or wanted
    for number, value in enumerate(values):
        another = next((other for other in values if other != value), None)
        if another is not None:
            pieces[number] = marked(value, another)[0]
    sides = zip(said, values, pieces, strict=True)
    return tuple(Side(who, value, _safe(place), piece) for (who, _, place), value, piece in sides), wanted


def _place(own: str | None, where: Where | None) -> str:
    if where is None:
        return ""
    if where.document == own and where.cell is not None:
        return f"{where.sheet}!{where.cell}"
    return str(where)


def _nested(flat: list[Point]) -> Iterator[Point]:
    """Each point with those that follow from it; a cause takes the weight of the gravest of them."""
    cause_of: dict[int, int] = {}
    for number, point in enumerate(flat):
        cause = _cause(point, flat)
        if cause is not None and _root(cause, cause_of) != number:
            cause_of[number] = cause
    for number, point in enumerate(flat):
        if number not in cause_of:
            follows = tuple(flat[other] for other in cause_of if _root(other, cause_of) == number)
            yield replace(point, follows=follows, severity=_gravest(point, *follows))


def _root(number: int, cause_of: Mapping[int, int]) -> int:
    """The number of the point from which it all follows."""
    while number in cause_of:
        number = cause_of[number]
    return number


def _gravest(*found: Point) -> Severity:
    return min((point.severity for point in found), key=GRAVEST_FIRST.index)


def _cause(point: Point, flat: list[Point]) -> int | None:
    """The number of the point from which this one follows; None where one of its findings follows from none."""
    others = [number for number, other in enumerate(flat) if other is not point]
    explained = [[number for number in others if _explains(flat[number], finding)] for finding in point.findings]
    if not all(explained):
        return None
    return min(chain.from_iterable(explained), key=lambda n: (_compares(flat[n]) is not _compares(point), n))


def _compares(point: Point) -> bool:
    """Whether it sets the form beside a certificate; of two causes, one of the same sort is the nearer."""
    return not point.waits and any(finding.against is not None for finding in point.findings)


def _explains(cause: Point, finding: Finding) -> bool:
    """Whether the finding rests on a field or document that the other point is about, and which is at fault."""
    leans = {name for part in cause.findings for name in part.rests_on}
    return cause.severity is not Severity.NOTE and bool(set(finding.rests_on) & _about(cause) - leans)


def _about(point: Point) -> set[str]:
    """The fields that a point is about, and the documents where it is about no field."""
    documents = {
        finding.where.document for finding in point.findings if finding.field is None and finding.where is not None
    }
    return {field for finding in point.findings for field in (finding.field, *finding.covers) if field} | documents


def _order(point: Point) -> tuple[int, bool]:
    """Gravest first; within a severity, what others follow from."""
    return GRAVEST_FIRST.index(point.severity), not point.follows
