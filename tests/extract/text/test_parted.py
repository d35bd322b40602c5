"""A parted pattern finds something just where the pattern does that it was made of."""

from __future__ import annotations

import random
import re

import pytest

from intake.extract.text.parted import parted, small

PATTERN = (
    r"void|valid[eo]\b|\bnot\b|vor?läufig|n(?:one|ull)|no longer|[有:]\s*x|作废|作廢|a|(?:under|in) review|out-dated"
)
TEXTS = (
    "VOID",
    "valide",
    "valider",
    "knot",
    "not",
    "vorläufig",
    "voläufig",
    "nullify",
    "No Longer",
    "有 x",
    "作廢",
    "b",
)


def test_the_words_of_a_letter_stand_together() -> None:
    assert parted("void|not|valid|none|\\bno\\b") == "v(?:oid|alid)|n(?:ot|one)|\\b(?:n(?:o\\b))"


def test_something_is_found_in_the_same_places() -> None:
    plain, quick = re.compile(PATTERN, re.IGNORECASE), re.compile(parted(PATTERN))
    chance = random.Random(11)  # a seeded sample
    for _ in range(2_000):
        text = " ".join(chance.choice(TEXTS)[chance.randrange(2) :] for _ in range(chance.randrange(1, 4)))
        text = chance.choice((text, text.upper(), f"\N{LATIN SMALL LETTER LONG S}{text}İ"))
        assert [match.start() for match in plain.finditer(text)][:1] == [
            match.start() for match in quick.finditer(small(text))
        ][:1], text


def test_no_letter_is_small_that_a_pattern_ignoring_case_would_not_find() -> None:
    letters = "".join(chr(code) for code in range(0x2_0000) if not 0xD800 <= code < 0xE000)
    assert len(small(letters)) == len(letters)
    for letter in "abcdefghijklmnopqrstuvwxyzßàäåçéíñöøüłżžćš":
        ignoring = [match.start() for match in re.finditer(letter, letters, re.IGNORECASE)]
        assert [match.start() for match in re.finditer(letter, small(letters))] == ignoring, letter


def test_a_nested_group_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError):
        parted("a|b(c(d|e)f)")
