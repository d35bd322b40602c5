"""Finds the small print by which a certificate leaves out a variant of the very device that it names.

Certificates name a device in their table and take part of it back below: "This certificate does not apply to the
Dual Band variant." Whether the form's device is the one left out only a person can tell, so the words are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from intake.extract.text.parted import small

_WHAT = (
    r"(?:variants?|versions?|models?|firmware|hardware|revisions?|releases?|builds?|configurations?|types?|products?|"
    r"devices?|meters?|units?|modules?|stack|bands?|images?|batch(?:es)?|editions?|options?|serial|manufactur|"
    r"sub-?ghz|[0-9A-F]{2}(?:[:_.][0-9A-F]{2})+|[0-9]+\.[0-9]+)"
)
_LEAVES_OUT = re.compile(
    r"(?:"
    r"\b(?:do(?:es)?|shall|is|are|may|must|can|will)\s?(?:not|n't)\s(?:\w+\s){0,2}?"
    r"(?:apply|extend|cover(?:ed)?|include[ds]?|valid|applicable|certified|approved|used?|assessed|evaluated|tested)\b"
    r"|\b(?:not|in)(?:valid|applicable)\s(?:for|to|with)\b|\bnot\s(?:valid|applicable|certified|approved|covered)\b"
    r"|\bexclud(?:es?|ed|ing)\b|\bexclusions?\b|\bwith the exception of\b|\bexcept(?:ing)?\b|\bother than\b"
    r"|\b(?:is|are)\s(?:out of|outside(?: of)?)\s(?:the\s)?scope\b|\bonly\s(?:valid|applicable|applies)\b"
    r"|\b(?:valid|applicable|applies)\sonly\b|\b(?:valid|applicable|applies|issued|granted|holds)\b[^;]{0,60}\bonly$"
    r"|\b(?:valid|applicable|applies|issued|granted|holds)\b[^;]{0,40}\b(?:and|or)\s(?:later|newer|above|higher|earlier"
    r"|older|below|lower|onwards?)\b|(?:^\W*|\b(?:is|are)\s)(?:restricted|limited)\sto\b"
    r")"
)
"""In the small letters of a sentence."""
_WORDS = (
    "not ", "n't ", "notvalid", "notapplicable", "invalid", "inapplicable", "exclu", "except", "other than", "scope",
    "only", "later", "newer", "above", "higher", "earlier", "older", "below", "lower", "onward",
    "restricted", "limited",
)  # fmt: skip
"""Of which each of its alternatives has one in a sentence whose words single spaces part."""
_OF_THE_DEVICE = re.compile(_WHAT, re.IGNORECASE)
_ANYTHING_ELSE = re.compile(
    r"\b(?:unless|if|changes?|modif|alter|fees?|logo|trade ?marks?|warrant|liab|responsib|transfer|copy|copied"
    r"|reproduc|signature|seal|unchanged|advertis)\w*\b",
    re.IGNORECASE,
)
"""Words of the conditions that every certificate prints; they leave out nobody's variant."""
_OF_ITSELF = re.compile(
    r"\b(?:only|limited|restricted)\b[^.;]*\b(?:(?:named|stated|listed|described|identified|specified|shown|given"
    r"|mentioned|indicated|detailed|set out) (?:above|below|herein|hereon|overleaf"
    r"|(?:in|on) (?:this|the) (?:certificate|document|page|table))|above(?:-(?:named|mentioned|listed))? [a-z]+)\b"
    r"|\bto the above\b",
    re.IGNORECASE,
)
"""`Valid only for the version named above`: it leaves out what nobody claimed."""
_DENIES = re.compile(r"\b(?:not|no|except\w*|exclud\w*|other than|without)\b|n't\b", re.IGNORECASE)
_END = re.compile(r"[.;!?](?=\s|$)")
_SHOWN = 160


def exclusion(pages: Sequence[str]) -> str | None:
    """Give the sentence by which a certificate leaves a variant out, as printed; None where there is none.

    Args:
        pages: each page's text.
    """
    return next(
        (stated_text[:_SHOWN] for text in pages for stated_text in _sentences(text) if _excludes(stated_text)), None
    )


def _sentences(text: str) -> Iterator[str]:
    """A page's sentences; a line that begins with a small letter goes on with the one above, as small print does."""
    paragraphs: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if paragraphs and line[:1].islower():
            paragraphs[-1] += f" {line}"
        else:
            paragraphs.append(line)
    for paragraph in paragraphs:
        yield from (sentence.strip() for sentence in _END.split(" ".join(paragraph.split())) if sentence.strip())


def _excludes(sentence: str) -> bool:
    in_small = small(sentence)
    if not any(word in in_small for word in _WORDS):
        return False
    sentence = sentence if _DENIES.search(sentence) else _OF_ITSELF.sub(" ", sentence)
    match = _LEAVES_OUT.search(small(sentence))
    return match is not None and _OF_THE_DEVICE.search(sentence) is not None and not _ANYTHING_ELSE.search(sentence)
