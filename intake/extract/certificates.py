"""Tells certificates by their content and reads what stands under their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.extract.kinds.cpa import CPA
from intake.extract.kinds.dlms import DLMS
from intake.extract.kinds.table import LabelTable, key
from intake.extract.kinds.zigbee import ZIGBEE
from intake.extract.labels import Label, find_labels
from intake.extract.notes import calls_itself_release_note, is_a_letter
from intake.extract.pairing import Pair, joined, pair
from intake.extract.runs import Box, Run, union
from intake.extract.unreadable import PDF_SEVERAL, UnreadableError
from rules.facts import AssuranceCertificate, Stated, Where

KINDS: tuple[LabelTable, ...] = (ZIGBEE, CPA, DLMS)
TITLE_LINES = 16
"""A certificate says what it is within its first lines."""
_TITLE_LENGTH = 70
_FEWEST_LABELS = 3


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
        """Pages that are a certificate of this kind by themselves: titled, and with labels."""
        return frozenset(
            page
            for page in self.titled
            if len({label.name for label in self.labels if label.page == page}) >= _FEWEST_LABELS
        )

    @property
    def likely(self) -> bool:
        return len(self.names) >= _FEWEST_LABELS and bool(self.names & self.table.own)


def speaks_as_certificate(text: str) -> bool:
    """Whether the text names a scheme and calls itself that scheme's certificate near its top."""
    return any(table.names.search(text) and _titled(table, [text]) for table in KINDS)


def may_be_certificate(text: str) -> bool:
    """Whether it is worth reading where the document's text stands: it names a scheme."""
    return any(table.names.search(text) for table in KINDS)


def read_certificate(name: str, pages: Sequence[str], runs: Sequence[Run]) -> AssuranceCertificate | None:
    """Read the certificate that the text is, or None where it is none.

    Args:
        name: the document's name, for the places of its values.
        pages: each page's text, for the words by which it is recognised.
        runs: the same text in pieces with their places.

    Raises:
        UnreadableError: it is a certificate of two kinds at once, so that labels cannot be told apart.
    """
    text = "\n".join(pages)
    candidates = [_candidate(table, pages, runs) for table in KINDS if table.names.search(text)]
    likely = [candidate for candidate in candidates if candidate.likely and candidate.titled]
    if not likely and not (calls_itself_release_note(text) or is_a_letter(text)):
        likely = [candidate for candidate in candidates if candidate.likely]
    if not likely:
        return None
    best = _best(likely)
    return AssuranceCertificate(name, best.table.kind, _facts(name, best, runs))


def _candidate(table: LabelTable, pages: Sequence[str], runs: Sequence[Run]) -> _Candidate:
    return _Candidate(table, _titled(table, pages), tuple(find_labels(runs, table)))


def _titled(table: LabelTable, pages: Sequence[str]) -> frozenset[int]:
    return frozenset(number for number, text in enumerate(pages, 1) if any(map(table.title.search, _top_lines(text))))


def _top_lines(text: str) -> list[str]:
    """The short lines near the top of a page, among which its title must be."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [line for line in lines[:TITLE_LINES] if len(line) <= _TITLE_LENGTH]


def _best(likely: Sequence[_Candidate]) -> _Candidate:
    """The kind whose labels fit best; two kinds on pages of their own are refused."""
    ranked = sorted(likely, key=lambda c: (len(c.names & c.table.own), len(c.names)), reverse=True)
    best = ranked[0]
    if any(other.sheets - best.sheets and best.sheets - other.sheets for other in ranked[1:]):
        raise UnreadableError(PDF_SEVERAL)
    return best


def _facts(name: str, candidate: _Candidate, runs: Sequence[Run]) -> Mapping[str, Stated]:
    """What stands under each label; a label that is printed twice with different values is left out."""
    found: dict[str, list[Stated]] = {}
    for pairing in pair(candidate.labels, runs):
        stated = _stated(name, pairing, prose=pairing.label.name in candidate.table.prose)
        if stated is not None and not _runs_into_label(stated.value, pairing.label.name, candidate.table):
            found.setdefault(pairing.label.name, []).append(stated)
    return {
        label: found[label][0]
        for label in candidate.table.labels
        if label in found and len({" ".join(stated.value.split()) for stated in found[label]}) == 1
    }


def _runs_into_label(value: str, own: str, table: LabelTable) -> bool:
    """Whether the value ends in another label, printed too close behind it to be told apart."""
    words = key(value).split()
    tails = (" ".join(words[-count:]) for count in range(1, len(words)))
    return any(table.by_wording.get(tail, own) != own for tail in tails)


def _stated(name: str, pairing: Pair, *, prose: bool) -> Stated | None:
    value = pairing.inline if pairing.inline is not None else joined([r.text for r in pairing.lines], prose=prose)
    if not value:
        return None
    box = pairing.lines[0].shown
    for line in pairing.lines[1:]:
        box = union(box, line.shown)
    return Stated(value, Where(name, page=pairing.lines[0].page, box=_rounded(box)))


def _rounded(box: Box) -> Box:
    left, bottom, right, top = (round(edge, 1) for edge in box)
    return left, bottom, right, top
