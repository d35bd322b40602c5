"""Knows the words of which ordinary covering letters are made: a short sentence about the form with any other is read.

Nobody can list all the ways of speaking against a form. What honest letters say of it is made of a smaller store of
words; one that is not among them costs one look. Where a sentence is long, or of something else, letters use all words
that there are, and turns of phrase against a form are short.
Names, things and references are of any kind: whatever begins with a capital letter or holds a digit is passed over.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from rules.objections_abroad import is_in_no_language, is_plainly_english
from rules.own_words import stretches

_WORD = re.compile(r"(?<![\w'.:/@#-])[^\W\d_](?:[^\W\d_A-Z]|['-](?=[^\W\d_A-Z]))+(?![\w@:/]|\.[a-z])")
"""A word in small letters, of which the first may be a capital; pieces of codes, links and names of files are none."""
_SPACED_OUT = re.compile(r"(?<!\w)(?:[a-z] ){5,}[a-z](?!\w)")
"""A word whose letters stand apart, which programs read as none."""
_BEGINS = re.compile(r"(?:^|[.!?;:] )\W*$")
_NAMED = re.compile(r"(?:'s)?,? (?:[A-Z]|(?:is|was|has|will|can|may|and|or|from|at|in)\b)")
"""Behind a name that begins a sentence."""
_JOINTS = re.compile("['-]")
_ABOUT_IT = re.compile(
    r"\b(?:it|this|that|these|those|them|one|forms?|workbook|paperwork|submission|entry|application|listing|mail|e-mail"
    r"|certificates?|certs?|hash|pdf|numbers|values?|figures|batch|project|launch|firmware|hardware|versions?|rows?"
    r"|columns?|cells?|fields?|dates?|models?)\b",
    re.IGNORECASE,
)
"""What a mail may call what it brings."""
_SHORT = 9
"""Words of a sentence that has no room for a story."""
_LONGEST = 24
"""Letters of a word; what is longer is a sum or a key."""
_FEW = 3
"""Unknown words of a text without the small words of any language, which may yet be names of things."""
_ENDINGS = tuple(
    (ending, instead)
    for endings, instead in (
        ("ies ied ier iers", "y"),
        ("s es ed ing ings ly ally er ers est ion ions ation ations ment ments", ""),
        ("es ed ing ings er ers ion ions", "e"),
    )
    for ending in endings.split()
)
"""What words end in, and what their simple forms end in instead."""


def has_unusual_words(sentence: str) -> bool:
    """Tell whether a short English sentence about the form has a word that covering letters do not have as a rule.

    Args:
        sentence: as `rules.own_words` gives it.
    """
    return any(_has_unusual_words(text) or _SPACED_OUT.search(text) for text in stretches(sentence))


def unusual_words(text: str) -> list[str]:
    """Give the words of a text that letters do not have as a rule, in small letters."""
    words = (match[0].lower() for match in _WORD.finditer(text) if not _is_name(text, match))
    return [word for word in words if len(word) <= _LONGEST and not all(map(_is_usual, _parts(word)))]


def _has_unusual_words(text: str) -> bool:
    if is_plainly_english(text):
        short = len(text.split()) <= _SHORT and _ABOUT_IT.search(text) is not None
        return short and bool(unusual_words(text))
    return is_in_no_language(text) and len(unusual_words(text)) >= _FEW


def _is_name(text: str, match: re.Match[str]) -> bool:
    if not match[0][0].isupper():
        return False
    return _NAMED.match(text, match.end()) is not None or _BEGINS.search(text[: match.start()]) is None


def _parts(word: str) -> list[str]:
    return [word] if word in _usual() else [part for part in _JOINTS.split(word) if part]


def _is_usual(word: str) -> bool:
    usual = _usual()
    if len(word) == 1 or word in usual:
        return True
    stems = (word.removesuffix(ending) + instead for ending, instead in _ENDINGS if word.endswith(ending))
    return any(stem in usual or (stem[-1:] == stem[-2:-1] and stem[:-1] in usual) for stem in stems)


@cache
def _usual() -> frozenset[str]:
    """The words of ``usual_words.toml``, of all its kinds."""
    kinds = tomllib.loads(files("rules").joinpath("usual_words.toml").read_text("utf-8"))
    return frozenset(" ".join(kinds.values()).split())
