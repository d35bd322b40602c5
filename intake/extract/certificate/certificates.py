"""Tells certificates by their content and reads what stands under their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake.extract.certificate.addenda import with_addenda
from intake.extract.certificate.beside import corrections
from intake.extract.certificate.besides import besides
from intake.extract.certificate.echoes import with_echoes
from intake.extract.certificate.ending import endings
from intake.extract.certificate.exclusions import exclusion
from intake.extract.certificate.footnotes import footnotes, without_marks
from intake.extract.certificate.geometry import CELL_GAP, NEARBY, ROW
from intake.extract.certificate.kinds.cpa import CPA
from intake.extract.certificate.kinds.dlms import DLMS
from intake.extract.certificate.kinds.table import LabelTable, key
from intake.extract.certificate.kinds.zigbee import ZIGBEE
from intake.extract.certificate.labels import Label, find_labels
from intake.extract.certificate.pairing import Pair, pair
from intake.extract.certificate.pretenders import called_otherwise, of_another_kind
from intake.extract.certificate.results import poor_result
from intake.extract.certificate.unusual import unusual_remark
from intake.extract.certificate.withdrawal import standing
from intake.extract.certificate.wrapping import joined
from intake.extract.page.runs import Run, rounded, shared_height, union
from intake.extract.page.spaced import is_letter_spaced
from intake.extract.text.notes import calls_itself_release_note, is_a_letter
from intake.extract.unreadable import PDF_SEVERAL, UnreadableError
from rules import fields
from rules.days import stated_date
from rules.facts import AssuranceCertificate, Stated, Where

KINDS: tuple[LabelTable, ...] = (ZIGBEE, CPA, DLMS)
TITLE_LINES = 16
"""A certificate says what it is within its first lines."""
_TITLE_LENGTH = 70
_FEWEST_LABELS = 3
_SHOWN = 60
_MOST_SHOWN = 4
_LISTS = "{label} heads a list of several values, or has several beside it; please say which of them is meant."
_REMARK = "It also says '{said}'; please say what this means for the certificate."
_STANDING = "It says '{state}' of itself; please send the certificate that counts now, or say why this one does."
_LEAVES_OUT = "It leaves something out ('{said}'); please say whether that is this device."
_NONE_ITSELF = "It calls itself '{kind}', which is no certificate; please send the certificate itself."
_ANOTHER_KIND = (
    "It calls itself '{kind}', which is another kind of certificate; please send the one that the form names."
)
_LABEL_WORDS = 4
_CERTIFICATE = re.compile(
    r"\bcertifi(?:cat|cad)|\bcertified\b|\bcertyfikat|\bcertificad|\bzertifi|zertifikat|bescheinigung|\battest"
    r"|\b(?:con|kon)formit|\bcompliance\b|\bconformance\b|\bproduct (?:assurance|approval)\b",
    re.IGNORECASE,
)
"""What certificates call themselves, in the languages that test houses write."""
_STOP = re.compile(r"(?:(?<=[0-9A-F)])|(?<=\w{4}))\.\Z")
"""What ends a sentence, as in `Model: 40:01.`, and no abbreviation such as `Ltd.`"""
_REFERENCE = re.compile(
    r"\(?(?:please )?(?:see|refer to|as (?:in|per|listed in)|in|according to)\b.{0,20}?"
    r"\b(?:annex|appendix|schedule|table|overleaf|next page|page|below)\b.{0,20}$",
    re.IGNORECASE,
)
"""A value that only says where the value stands."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A kind that the document may be, with the labels found for it."""

    table: LabelTable
    titled: frozenset[int]
    """Pages that call themselves a certificate of this kind."""
    labels: tuple[Label, ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(label.name for label in self.labels)

    @property
    def sheets(self) -> frozenset[int]:
        """List pages that are a certificate of this kind by themselves: with its title and labels."""
        return frozenset(
            page
            for page in self.titled
            if len({label.name for label in self.labels if label.page == page}) >= _FEWEST_LABELS
        )

    @property
    def likely(self) -> bool:
        return len(self.names) >= _FEWEST_LABELS and bool(self.names & self.table.own)


def speaks_as_certificate(pages: Sequence[str]) -> bool:
    """Tell whether the text names a scheme and calls itself a certificate near a page's top, in any language."""
    if not may_be_certificate("\n".join(pages)):
        return False
    return any(_CERTIFICATE.search(line) for text in pages for line in _top_lines(text))


def may_be_certificate(text: str) -> bool:
    """Tell whether the document names a scheme, so that its layout is worth reading."""
    return any(table.named_in(text) for table in KINDS)


@dataclass(frozen=True, slots=True)
class CertificateReading:
    """A certificate, and what a person should know of how it was read."""

    certificate: AssuranceCertificate
    notes: tuple[str, ...] = ()
    labels: tuple[Run, ...] = field(default=(), compare=False)
    """The pieces of text that were read as labels of these values."""
    values: tuple[Run, ...] = field(default=(), compare=False)
    """The pieces of text that the values stand in."""


def read_certificate(name: str, pages: Sequence[str], runs: Sequence[Run]) -> CertificateReading | None:
    """Read the certificate that the text is, or None where it is none.

    Args:
        name: the document's name, for the places of its values.
        pages: each page's text, for the words by which it is recognised.
        runs: the same text in pieces with their places.

    Raises:
        UnreadableError: it is a certificate of two kinds at once, so that labels cannot be told apart.
    """
    text = "\n".join(pages)
    runs, marks = without_marks(runs)
    candidates = [_candidate(table, pages, runs) for table in KINDS if table.named_in(text)]
    likely = [candidate for candidate in candidates if candidate.likely and candidate.titled]
    if not likely and not (calls_itself_release_note(text) or is_a_letter(text)):
        likely = [candidate for candidate in candidates if candidate.likely]
    if not likely:
        return None
    best = _best(likely)
    values_by_label, columns, used = _found(name, best, runs)
    values_by_label = _with_ends(with_addenda(values_by_label, name, pages), best, name, runs)
    if any(_is_another(other, best, values_by_label) for other in candidates):
        raise UnreadableError(PDF_SEVERAL)
    facts = {label: values[0] for label, values in values_by_label.items() if len(values) == 1}
    notes = tuple(_note(label, values) for label, values in values_by_label.items() if len(values) > 1)
    lists = tuple(_LISTS.format(label=label) for label in columns if label not in values_by_label)
    own_number = facts.get(best.table.number)
    state = standing(pages, own_number.value if own_number else "", (run.text for run in runs))
    standings = (_STANDING.format(state=state),) if state else ()
    left_out = exclusion(pages)
    exclusions = (_LEAVES_OUT.format(said=left_out),) if left_out else ()
    other = called_otherwise(pages, best.titled)
    pretence = (_NONE_ITSELF.format(kind=other),) if other else ()
    kind = of_another_kind(pages, best.titled)
    of_kind = (_ANOTHER_KIND.format(kind=kind),) if kind else ()
    labels = tuple(run for pairing in used if pairing.inline is None for run in pairing.label.runs)
    values = tuple(run for pairing in used for run in pairing.lines)
    certificate = AssuranceCertificate(name, best.table.kind, facts)
    others = besides(pages, (run.text for run in runs), values_by_label)
    asides = tuple(dict.fromkeys((*footnotes(used, marks, text), *corrections(used, runs), *others)))
    told = notes + lists + standings + exclusions + pretence + of_kind + asides
    return CertificateReading(certificate, told or _remarked(runs, best, values), labels, values)


def _remarked(runs: Sequence[Run], best: _Candidate, values: Sequence[Run]) -> tuple[str, ...]:
    """What nothing else has a word for."""
    read = (*values, *(run for label in best.labels for run in label.runs))
    result = poor_result(runs, read)
    if result:
        return (_STANDING.format(state=result),)
    remark = unusual_remark(runs, read)
    return (_REMARK.format(said=remark),) if remark else ()


def without_places(reading: CertificateReading, contested: Sequence[Run]) -> CertificateReading:
    """Leave out the values that stand where one of these pieces of text is printed too."""
    certificate = reading.certificate
    facts = {
        label: stated
        for label, stated in certificate.facts.items()
        if not any(_stands_in(stated.where, run) for run in contested)
    }
    return replace(reading, certificate=replace(certificate, facts=facts))


def _stands_in(where: Where, run: Run) -> bool:
    box = where.box
    if where.page != run.page or box is None:
        return False
    return box[0] < run.shown[2] and run.shown[0] < box[2] and box[1] < run.shown[3] and run.shown[1] < box[3]


def _candidate(table: LabelTable, pages: Sequence[str], runs: Sequence[Run]) -> _Candidate:
    return _Candidate(table, _titled(table, pages), tuple(with_echoes(find_labels(runs, table), runs, table)))


def _titled(table: LabelTable, pages: Sequence[str]) -> frozenset[int]:
    return frozenset(number for number, text in enumerate(pages, 1) if any(map(table.title.search, _top_lines(text))))


def _top_lines(text: str) -> list[str]:
    """List the short lines near the top of a page, which include its title."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [line for line in lines[:TITLE_LINES] if len(line) <= _TITLE_LENGTH]


def _best(likely: Sequence[_Candidate]) -> _Candidate:
    """Choose the kind whose labels fit best; refuse a document with two kinds on separate pages."""
    ranked = sorted(likely, key=lambda c: (len(c.names & c.table.own), len(c.names)), reverse=True)
    best = ranked[0]
    if any(other.sheets - best.sheets and best.sheets - other.sheets for other in ranked[1:]):
        raise UnreadableError(PDF_SEVERAL)
    return best


def _is_another(other: _Candidate, best: _Candidate, values_by_label: Mapping[str, Sequence[Stated]]) -> bool:
    """Tell whether the document also holds a certificate of another kind.

    Papers of one scheme speak of others, and labels are worded alike; but a certificate has one number.
    """
    if other.table is best.table or not other.likely:
        return False
    if len(values_by_label.get(best.table.number, ())) > 1:
        return True
    own = {id(run) for label in best.labels for run in label.runs}
    return any(
        label.name == other.table.number and not any(id(run) in own for run in label.runs) for label in other.labels
    )


def _found(
    name: str, candidate: _Candidate, runs: Sequence[Run]
) -> tuple[Mapping[str, list[Stated]], tuple[str, ...], tuple[Pair, ...]]:
    """The different values of each label, the labels that head a list of values, and where the values stand."""
    values_by_label: dict[str, dict[str, Stated]] = {}
    used: list[Pair] = []
    paired = list(pair(candidate.labels, runs))
    columns = tuple(pairing.label.name for pairing in paired if pairing.several)
    doubtful = _said_twice(candidate.labels, paired)
    spaced = [run for run in runs if is_letter_spaced(run.text)]
    for pairing in paired:
        label = pairing.label.name
        stated = _stated(name, pairing, prose=label in candidate.table.prose)
        if stated is None or pairing.several or label in doubtful or _holds_label(pairing, candidate.table):
            continue
        if _is_cut(pairing, spaced):
            continue
        if not _runs_into_label(stated.value, label, candidate.table):
            values_by_label.setdefault(label, {}).setdefault(" ".join(stated.value.split()), stated)
            used.append(pairing)
    for label, printed in values_by_label.items():
        values_by_label[label] = _without_references(printed)
    values: dict[str, list[Stated]] = {
        label: list(values_by_label[label].values()) for label in candidate.table.labels if label in values_by_label
    }
    return values, columns, tuple(used)


def _with_ends(
    values_by_label: Mapping[str, list[Stated]], candidate: _Candidate, name: str, runs: Sequence[Run]
) -> Mapping[str, list[Stated]]:
    """Add what is said of the certificate's end elsewhere than under the standard label, each day once.

    A scheme whose certificates have a standard label for it gives it a day there; its small print may speak of terms.
    """
    own = fields.Label.EXPIRY_DATE
    standard = own in values_by_label
    others = {id(run) for label in candidate.labels if label.name != own or standard for run in label.runs}
    ends = list(values_by_label.get(own, ()))
    renewals = values_by_label.get(fields.Label.RENEWAL_DATE, ())
    for end in endings(name, runs, apart_from=others):
        if own in candidate.table.own and stated_date(end.value) is None:
            continue
        if any(_is_same_day(end, renewal) for renewal in renewals):
            continue
        if any(end.value in stated.value for stated in ends):
            ends = [replace(stated, value=end.value) if end.value in stated.value else stated for stated in ends]
        elif not any(_is_same_day(end, stated) for stated in ends):
            ends.append(end)
    return {**values_by_label, own: ends} if ends else values_by_label


def _is_same_day(end: Stated, other: Stated) -> bool:
    day = stated_date(end.value)
    return day is not None and day == stated_date(other.value)


def _without_references(printed: dict[str, Stated]) -> dict[str, Stated]:
    """Leave out `see Annex A` where the label stands once more with its one value, as in an annex of one row."""
    own = {value: stated for value, stated in printed.items() if not _REFERENCE.match(value)}
    return own if len(own) == 1 else printed


def _note(label: str, values: Sequence[Stated]) -> str:
    printed = ", ".join(f"'{stated.value[:_SHOWN]}'" for stated in values[:_MOST_SHOWN])
    return f"{label} is printed more than once with different values ({printed}); please say which of them is right."


def _said_twice(labels: Sequence[Label], paired: Sequence[Pair]) -> frozenset[str]:
    """Find labels repeated close together of which one lacks a value; it may be the other's value."""
    valued = {id(pairing.label) for pairing in paired}
    return frozenset(
        bare.name
        for bare in labels
        if id(bare) not in valued
        for other in labels
        if other is not bare and other.name == bare.name and other.page == bare.page
        if abs(other.box[3] - bare.box[3]) < NEARBY * bare.height
    )


def _holds_label(pairing: Pair, table: LabelTable) -> bool:
    """Tell whether a later line of the value begins like another label, so that the value may end there."""
    if len(pairing.lines) == 1 or pairing.inline is not None:
        return False
    own = [wording for wording, label in table.by_wording.items() if label == pairing.label.name]
    for line in pairing.lines[1:]:
        words = key(line.text).split()
        for count in range(1, min(len(words), _LABEL_WORDS) + 1):
            start = " ".join(words[:count])
            label = table.by_wording.get(start, pairing.label.name)
            if label != pairing.label.name and not any(wording.endswith(start) for wording in own):
                return True
    return False


def _is_cut(pairing: Pair, spaced: Sequence[Run]) -> bool:
    """Tell whether a value is set letter by letter, or is but the first letters of such a line."""
    if pairing.inline is not None:
        return is_letter_spaced(pairing.inline)
    return any(
        run is line
        or (
            run.page == line.page
            and 0 <= run.box[0] - line.box[2] < CELL_GAP * line.height
            and shared_height(run.box, line.box) > ROW
        )
        for run in spaced
        for line in pairing.lines
    )


def _runs_into_label(value: str, own: str, table: LabelTable) -> bool:
    """Tell whether the value ends in another label printed too close behind it."""
    words = key(value).split()
    tails = (" ".join(words[-count:]) for count in range(1, len(words)))
    return any(table.by_wording.get(tail, own) != own for tail in tails)


def _stated(name: str, pairing: Pair, *, prose: bool) -> Stated | None:
    value = pairing.inline if pairing.inline is not None else joined(pairing.lines, prose=prose)
    if not value:
        return None
    value = _STOP.sub("", value)
    box = pairing.lines[0].shown
    for line in pairing.lines[1:]:
        box = union(box, line.shown)
    return Stated(value, Where(name, page=pairing.lines[0].page, box=rounded(box)))
