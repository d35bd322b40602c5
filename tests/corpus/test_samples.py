"""Every sample message, with every rule's verdict on it."""

import tomllib

import pytest
from corpus.rulings import FILE, judged, told
from helpers import FRIDAY

from intake.demo.samples import Sample, samples
from intake.sandbox import Sandbox
from rules.catalogue import all_rules

EXPECTED = tomllib.loads(FILE.read_text("utf-8"))


@pytest.fixture(scope="module")
def every() -> dict[str, Sample]:
    return {sample.name: sample for sample in samples(FRIDAY)}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_is_judged_as_the_corpus_says(message_reader: Sandbox, every: dict[str, Sample], name: str) -> None:
    assert told(judged(message_reader, every[name])) == {"entry": [], **EXPECTED[name]}


def test_the_corpus_speaks_of_every_sample_and_of_nothing_else(every: dict[str, Sample]) -> None:
    assert set(EXPECTED) == set(every)


def test_every_rule_has_one_verdict_on_every_entry() -> None:
    rules = sorted(rule.id for rule in all_rules())
    entries = [entry for message in EXPECTED.values() for entry in message.get("entry", [])]
    assert entries
    for entry in entries:
        verdicts = [rule for value in entry.values() if isinstance(value, list) for rule in value]
        assert sorted(verdicts) == rules


def test_samples_are_the_same_bytes_each_time(every: dict[str, Sample]) -> None:
    again = {sample.name: sample.message(FRIDAY) for sample in samples(FRIDAY)}
    assert {name: sample.message(FRIDAY) for name, sample in every.items()} == again
