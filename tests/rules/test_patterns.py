"""What may be found is looked for, and nothing is passed over because of how it begins."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import beginnings, misgivings, objections, objections_abroad, politeness, standing
from rules.beginnings import beginnings_of
from rules.patterns import Phrases

PHRASES = {
    f"{module.__name__}.{name}": phrases
    for module in (objections, misgivings, objections_abroad, politeness, standing)
    for name, phrases in sorted(vars(module).items())
    if isinstance(phrases, Phrases)
}
PATTERNS = sorted({pattern for phrases in PHRASES.values() for pattern in phrases.patterns})


@cache
def whole(*patterns: str) -> re.Pattern[str]:
    """One expression that says what `Phrases` finds, and how it is slow to find."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_it_is_known_how_the_words_begin_that_a_phrase_begins_with(pattern: str) -> None:
    assert beginnings_of(pattern)


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_phrase_is_found_wherever_its_pattern_is(pattern: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern)).lower()
    assert Phrases(pattern).in_(text) is (whole(pattern).search(text) is not None)


@pytest.mark.parametrize("phrases", PHRASES.values(), ids=PHRASES)
def test_sentences_keep_what_they_would_keep_were_all_phrases_one_expression(phrases: Phrases) -> None:
    told = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
    sentences = [sentence for listed in told.values() for sentence in listed]
    one = whole(*phrases.patterns)
    for sentence in sentences:
        assert phrases.taken_from(sentence) == one.sub(" ", sentence.lower())
        assert phrases.in_(sentence) is (one.search(sentence.lower()) is not None)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:hold|keep) it\b", {"hol", "kee"}),
        (r"^(?:please )?stop\b", {"ple", "sto"}),
        (r"\bno[tr]?\b", {"no", "not", "nor"}),
        (r"\bi (?:\w+ )?guess", {"i"}),
        (r"\bre-?send", {"re", "res"}),
        (r"(?<!all )\bold\b", {"old"}),
        (r"\b(?:un)?happy", {"unh", "hap"}),
        (r"\bno\w*", None),
        (r"\w+ not\b", None),
        (r"[^.]{0,9}end", None),
    ],
)
def test_beginnings_are_read_from_a_pattern(pattern: str, words: set[str] | None) -> None:
    assert beginnings_of(pattern) == words


def test_a_phrase_that_any_word_may_begin_is_tried_at_each() -> None:
    phrases = Phrases(r"\w+ not yet\b", r"\bhold\b")
    assert phrases.in_("We have certainly not yet decided")
    assert phrases.in_("on hold")
    assert phrases.taken_from("It may NOT YET hold") == "it    "


def test_a_python_whose_reader_is_another_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_reader() -> None:
        raise ImportError

    monkeypatch.setattr(beginnings, "_reader", no_reader)
    assert beginnings_of(r"\bhold\b") is None
    assert Phrases(r"\bhold\b", r"\bstop\b").taken_from("Hold it, or stop") == "  it, or  "
