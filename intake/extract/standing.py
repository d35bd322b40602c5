"""Tells whether a certificate says of itself that it counts no more, or not yet.

A certificate that was withdrawn, replaced, or is a draft looks like any other but for a word across the page.
Conditions of certification speak of withdrawal too; so a word counts only where it stands by itself, like a stamp,
or where a sentence says without an if that it was done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_STATES = (
    r"withdrawn|revoked|cancelled|canceled|superseded|suspended|void|invalid|draft|expired|obsolete|replaced|provisional"
    r"|not (?:yet )?valid|no longer valid"
)
_LONGEST_STAMP = 6
"""Words of a line that is a stamp and no sentence."""
_STAMP = re.compile(rf"\W*(?:(?:certificate )?status\b\W*)?(?P<state>{_STATES})\b", re.IGNORECASE)
_SAID = re.compile(
    rf"\b(?:certificat(?:e|ion)|it|approval)\b[^.;]{{0,60}}?\b(?:has been|was|is|is hereby|stands)"
    rf" (?:now |hereby |since )?(?P<state>{_STATES})\b",
    re.IGNORECASE,
)
_ONLY_IF = re.compile(
    r"\b(?:if|unless|until|when|whenever|where|should|may|shall|can|could|will|would|once|or|any|a|after|before|nor)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;!?]+")
_SPACED = re.compile(r"(?<!\S)(?:\w )+\w(?!\S)")


def standing(pages: Sequence[str]) -> str | None:
    """The word by which a certificate takes itself back, as printed; None where there is none.

    Args:
        pages: each page's text.
    """
    lines = (_closed(line) for text in pages for line in text.splitlines())
    stamps = (_STAMP.match(line) for line in lines if len(line.split()) <= _LONGEST_STAMP)
    # A line of running text may begin with such a word; a stamp begins with a capital.
    stamp = next((match for match in stamps if match is not None and match["state"][0].isupper()), None)
    return stamp["state"] if stamp else next((said for text in pages if (said := _said(text))), None)


def _closed(line: str) -> str:
    """`W I T H D R A W N` as one word."""
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), line.strip())


def _said(text: str) -> str | None:
    for sentence in _SENTENCE.findall(" ".join(text.split())):
        match = _SAID.search(sentence)
        if match is not None and not _ONLY_IF.search(sentence[: match.end()]):
            return match["state"]
    return None
