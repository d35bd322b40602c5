"""Reads what release notes and letters say about reusing a certificate: module, certificate, no change, versions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from intake.extract.page.runs import Run, rounded, union
from rules.facts import EvidenceFacts, Stated, Where

MAX_STATED = 40
"""Values of one sort; a list of more is no evidence for one submission."""
_MAX_SENTENCE = 400
_MAX_TEXT = 100_000

_ZIGBEE_ID = r"\bZIG\d{5}[A-Z]{3}\d{4,6}(?:-\d{1,2})?(?![\w-])"
_CPA_ID = r"\b(?:SMCH|ESME|GSME)-?\d{8,10}(?:-\d{4})?(?![\w-])|(?<![\w-])(?:NCSC-?)?\d{10}-\d{4}(?![\w-])"
_IDS = re.compile(f"{_ZIGBEE_ID}|{_CPA_ID}")
_DLMS_ID = re.compile(
    r"\bDLMS(?:/COSEM)?(?: UA)? (?:conformance )?certificate(?: identification)?(?: number| no\.?| id)?\s*:?\s*"
    r"(\d{4})(?![\w.:/-])",
    re.IGNORECASE,
)
_HEX = re.compile(r"(?<![0-9A-Za-z:])[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){3}(?![0-9A-Za-z:])")
_PLAIN = re.compile(
    r"\bfirmware(?: (?:version|release|image|revision)s?)?\s*[:=]?\s*\bv?(\d{1,5}(?:\.\d{1,5}){1,3})(?!\.?\w)",
    re.IGNORECASE,
)
_NAME = (
    r"(?:[\"\u201c\u2018'](?P<quoted{0}>[^\"\u201d\u2019'\n]{{2,40}})[\"\u201d\u2019']"
    r"|(?P<plain{0}>(?<![\w.-])(?=[\w.-]{{0,40}}\d)[A-Za-z0-9][\w.-]{{0,40}}\w"
    r"(?![\w-])(?: (?:version |v)\d[\w.]{{0,20}}\w)?))"
)
_MODULE = re.compile(
    r"\bmodules?\b(?: (?:name|identifier|used|is|called|named|type|firmware|version|part number)){0,4}\s*[:=]?\s*"
    + _NAME.format(1)
    + r"|"
    + _NAME.format(2)
    + r" (?:zig ?bee|radio) (?:firmware )?module\b",
    re.IGNORECASE,
)
_ZIGBEE = re.compile(r"\bzig ?bee\b", re.IGNORECASE)
_NEAR = 160
"""Characters around a module's name within which ZigBee must be spoken of."""
_SENTENCE = re.compile(r"[^.!?;]+(?:[.!?](?=\w)[^.!?;]*)*[.!?;]?")
_UNCHANGED = re.compile(
    r"\b(?:no|without(?: any)?|not (?:any)?) ?(?:\w+ ){0,3}?changes?\b|\bunchanged\b|\bunaffected\b"
    r"|\bnot (?:been )?(?:changed|affected)\b|\b(?:does|do|did) not (?:affect|change|alter)\b"
    r"|\bno (?:effect|impact|bearing) on\b|\b(?:remains?|is still|are still) (?:fully )?valid\b",
    re.IGNORECASE,
)
_OF_CERTIFICATES = re.compile(r"\bcertificat(?:e|es|ion)\b|\bre-?test", re.IGNORECASE)
_BUT = re.compile(
    r"\b(?:but|however|except|unless|apart from|other than|if|whether|cannot confirm|may not|might not|will be)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a document and where it stands."""

    text: str
    where: Where


def pieces_of_text(name: str, text: str) -> Iterator[Piece]:
    """Split running text into lines."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield Piece(line, Where(name, line=number))


def pieces_of_runs(name: str, runs: Iterable[Run]) -> Iterator[Piece]:
    """Give the text pieces of a PDF's pages."""
    for run in runs:
        yield Piece(run.text, Where(name, page=run.page, box=rounded(run.shown)))


def read_evidence(pieces: Sequence[Piece]) -> EvidenceFacts:
    """Read the evidence that the lines clearly state.

    The module is only given where all mentions name the same one, and a sentence of no change only where it speaks
    of certificates and takes nothing back.
    """
    text = _Text(pieces)
    return EvidenceFacts(
        zigbee_module=_only(_modules(text)),
        certificate_ids=_distinct(_found(text, (_IDS, _DLMS_ID))),
        no_change=next(_no_change(text), None),
        firmware_versions=_distinct(_found(text, (_HEX, _PLAIN))),
    )


def names_certificate(text: str) -> bool:
    """Tell whether a text has anything of the shape of a certificate's number."""
    return _IDS.search(text) is not None or _DLMS_ID.search(text) is not None


class _Text:
    """All lines as one text, with the place of each character."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._starts = [0, *accumulate(len(piece.text) + 1 for piece in pieces)]
        self.whole = "\n".join(piece.text for piece in pieces)[:_MAX_TEXT]

    def stated(self, value: str, start: int, end: int) -> Stated:
        first = bisect_right(self._starts, start) - 1
        last = min(bisect_right(self._starts, max(start, end - 1)), len(self._pieces)) or 1
        where = self._pieces[first].where
        box = where.box
        for piece in self._pieces[first + 1 : last]:
            if box is not None and piece.where.box is not None and piece.where.page == where.page:
                box = union(box, piece.where.box)
        return Stated(" ".join(value.split()), Where(where.document, page=where.page, box=box, line=where.line))


def _found(text: _Text, patterns: Iterable[re.Pattern[str]]) -> Iterator[Stated]:
    for pattern in patterns:
        for match in pattern.finditer(text.whole):
            group = pattern.groups
            yield text.stated(match[group], match.start(group), match.end(group))


def _modules(text: _Text) -> Iterator[Stated]:
    for match in _MODULE.finditer(text.whole):
        around = text.whole[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        group = next(name for name, value in match.groupdict().items() if value is not None)
        if _ZIGBEE.search(around) and not _IDS.fullmatch(match[group]) and not _HEX.fullmatch(match[group]):
            yield text.stated(match[group], match.start(group), match.end(group))


def _no_change(text: _Text) -> Iterator[Stated]:
    for match in _SENTENCE.finditer(text.whole):
        sentence = match[0]
        if len(sentence) > _MAX_SENTENCE or not _UNCHANGED.search(" ".join(sentence.split())):
            continue
        if _OF_CERTIFICATES.search(sentence) and not _BUT.search(sentence):
            inset = len(sentence) - len(sentence.lstrip())
            yield text.stated(sentence.strip(), match.start() + inset, match.end())


def _only(values: Iterable[Stated]) -> Stated | None:
    different = _distinct(values)
    return different[0] if len(different) == 1 else None


def _distinct(statements: Iterable[Stated]) -> tuple[Stated, ...]:
    values: dict[str, Stated] = {}
    for stated in statements:
        values.setdefault(stated.value, stated)
        if len(values) >= MAX_STATED:
            break
    return tuple(values.values())
