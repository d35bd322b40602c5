"""What people write beside their form: sentences that a person must read, and those that hold nothing up."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from dossiers import GAS, a_dossier, a_form, a_message, certificates_for

from rules.completeness.mail_says import check

SENTENCES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
FORM = a_form(GAS)
DOSSIER = a_dossier(FORM, certificates_for(FORM))


def told(sentence: str) -> list[str]:
    """What is found in a mail of which it is the only one of its kind."""
    text = f"Dear SECAS,\n\n{sentence}\n\nKind regards\nRobin Hale"
    return [finding.message for finding in check(replace(DOSSIER, message=replace(a_message(), text=text)))]


@pytest.mark.parametrize("sentence", SENTENCES["objects"])
def test_a_person_reads_what_speaks_against_the_form(sentence: str) -> None:
    assert told(sentence)


@pytest.mark.parametrize("sentence", SENTENCES["ordinary"])
def test_what_every_mail_says_holds_nothing_up(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize("before", [0, 900, 5_000, 19_000])
def test_a_sentence_is_looked_through_to_its_end(before: int) -> None:
    assert told("and so on " * (before // 10) + "we retract the form")


def test_a_paper_s_turns_of_phrase_are_no_misgivings() -> None:
    paper = replace(DOSSIER.documents[1], media="text", words="It remains valid subject to yearly audits.")
    dossier = replace(DOSSIER, documents=(*DOSSIER.documents, replace(paper, name="ISO 9001.txt")))
    assert list(check(replace(dossier, message=replace(a_message(), text="See attached.")))) == []
