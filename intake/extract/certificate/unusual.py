"""Finds remarks with a word that certificates do not have as a rule, so that a person reads them.

Nobody can list all the ways of saying that a paper is less than a certificate (`caveats` knows the usual ones), but
what honest ones say outside their tables is made of a small store of words: whom, what and by what scheme they certify,
how the paper is used, signed and checked. A short remark with another word costs one look. Names and numbers are of any
kind, and running text uses all words that there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from intake.extract.certificate.kinds.tongues import may_be_bilingual
from intake.extract.certificate.rows import in_row, value_of
from intake.extract.certificate.usualwords import ENGLISH, OF_MANY_TONGUES, USUAL
from intake.extract.page.runs import Run

_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ier", "y"), ("s", ""), ("es", ""), ("ed", ""), ("ing", ""), ("ings", ""), ("ly", ""),
    ("er", ""), ("ers", ""), ("ion", ""), ("ions", ""), ("ation", ""), ("ations", ""), ("ment", ""), ("ments", ""),
    ("es", "e"), ("ed", "e"), ("ing", "e"), ("ings", "e"), ("er", "e"), ("ion", "e"), ("ions", "e"),
)  # fmt: skip
"""What words end in, and what their simple forms end in instead."""
_WORD = re.compile(r"(?<![\w'\u2019.:/@#&-])[^\W\d_]+(?:['\u2019-][^\W\d_]+)*(?![\w@:/]|\.\w)")
_SPOKEN = re.compile(
    r"\b(?:for|not|only|until|is|was|with|without|before|after|once|while|has|been|as|still|under)\b"
    r"(?!.*\b(?:ltd|limited|plc|llp|inc|gmbh|ag|bv)\b)",
    re.IGNORECASE,
)
"""In a line of capitals: words that names have none of."""
_MOST = 8
"""Words of a remark; what is longer is running text."""
_FEW = 2
"""Unusual words beside such as many languages have."""
_THINGS = re.compile(
    r"\b(?:it|this|certificates?|certification|certified|documents?|papers?|prints?|printed|printout|cop(?:y|ies)"
    r"|scan|pages?|numbers?|values?|data|details|figures|versions?|firmware|software|build|hardware|products?"
    r"|devices?|meters?|units?|models?|kit|tests?|testing|tested|re-?tests?|reports?|audits?|audited"
    r"|assessments?|assessed|assess|evaluations?|evaluated|approvals?|approved|approve|board|panel|scheme"
    r"|programme|register|roll|lists?|listing|listed|holder'?s?|manufacturer'?s?|issuer|applicant'?s?|company"
    r"|mark|licen[cs]e|lab|laborator(?:y|ies)|samples?|application|validity|valid|term|issue|issued|signatures?"
    r"|signed|countersign\w*|seals?|decision|appeal|payment|paid|fees?|use|translation|removal|wording|logo"
    r"|publication|surveillance|passed|withdrawal|effect|applies|covers|for)\b",
    re.IGNORECASE,
)
"""What is said of a certificate, or of what it certifies; slogans, addresses and descriptions speak of none."""
_LIMITS = re.compile(r"^\W*only\b|(?<!\buse )\bonly\W*$", re.IGNORECASE)
"""`Only with an external antenna`, `Radio module only`; `For office use only` is said of a part of the paper."""
_RUNNING = 8
"""Words of a line that goes on below."""
_STATES = re.compile(r"^[^:]{2,40}:(?:\s|$)")
"""A statement with a label of its own, known or not."""
_REMARKS = re.compile(
    r"^\W*(?:(?:special|general|additional|important|further) )?(?:remarks?|notes?|n\.?b\.?|comments?|observations?"
    r"|annotations?|conditions?|limitations?|restrictions?|exceptions?|caveats?|warnings?|caution|notice|attention"
    r"|important|please note|memo|scope|p\.?s\.?)(?:\W*$|\b[^:]{0,20}:\s*)",
    re.IGNORECASE,
)
"""Labels behind which remarks stand."""
_ENDS = ".:;!?"
_SHOWN = 160


def unusual_remark(runs: Sequence[Run], read: Iterable[Run]) -> str | None:
    """Find a short remark with a word that certificates do not have, as printed; None where there is none.

    Args:
        runs: a certificate's text in pieces with their places.
        read: those of them that were read as labels and values.
    """
    used = set(map(id, read))
    for run, text in _remarks(runs, used):
        unusual, plainly = _is_unusual(text)
        if unusual and (text != run.text or not any(in_row(run, runs))) and (plainly or not _is_bilingual(runs)):
            return text[:_SHOWN]
    return None


def unusual_words(text: str) -> list[str]:
    """Give the words of a text that certificates do not have as a rule, in small letters."""
    return [word for word in _words(text) if not _is_usual(word)]


def _is_bilingual(runs: Sequence[Run]) -> bool:
    return any(may_be_bilingual(run.text) for run in runs)


def _remarks(runs: Sequence[Run], used: set[int]) -> Iterator[tuple[Run, str]]:
    """List short pieces of text that are no running text, and what stands behind a label for remarks."""
    above: Run | None = None
    for run in runs:
        goes_on = above is not None and _goes_on(above, run)
        count = len(run.text.split())
        above = run if (goes_on or count >= _RUNNING) and run.text[-1:] not in _ENDS else None
        if id(run) in used or goes_on or count > _MOST:
            continue
        named = _REMARKS.match(run.text)
        if named is not None:
            yield run, run.text[named.end() :] or value_of(run, runs)
        elif not _STATES.match(run.text):
            yield run, run.text


def _goes_on(above: Run, run: Run) -> bool:
    """Whether a line stands close below another and has its left edge or its middle."""
    (left, foot, right, _), box = above.box, run.box
    near = run.page == above.page and -run.height / 2 < foot - box[3] < run.height
    return near and (abs(left - box[0]) < run.height or abs(left + right - box[0] - box[2]) < 2 * run.height)


def _is_unusual(text: str) -> tuple[bool, bool]:
    """Whether it limits the certificate or has an unusual word beside usual ones, and whether it is plainly English."""
    words = list(_words(text))
    usual = [word for word in words if _is_usual(word)]
    if not usual or not text.isascii() or not _THINGS.search(text):
        return False, False
    plainly = not OF_MANY_TONGUES.issuperset(usual) and not (may_be_bilingual(text) and ENGLISH.isdisjoint(usual))
    unusual = len(words) - len(usual)
    return _LIMITS.search(text) is not None or (unusual > 0 and (plainly or unusual <= _FEW)), plainly


def _words(text: str) -> Iterator[str]:
    """Give a remark's words in small letters; capitals within it begin names."""
    if (text.isupper() or text.istitle()) and _SPOKEN.search(text):
        text = text.lower()
    for match in _WORD.finditer(text):
        word = match[0]
        if word.islower() or (word[1:].islower() and not text[: match.start()].strip(" -(\"'*")):
            yield word.casefold().replace("\u2019", "'")


def _is_usual(word: str) -> bool:
    if len(word) == 1 or word in USUAL or word.removesuffix("'s") in USUAL:
        return True
    stems = (word.removesuffix(ending) + instead for ending, instead in _ENDINGS if word.endswith(ending))
    return any(stem in USUAL or (stem[-1:] == stem[-2:-1] and stem[:-1] in USUAL) for stem in stems)
