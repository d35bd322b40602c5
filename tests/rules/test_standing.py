"""What a mail says its form is worth beside others, and what it still waits for."""

from __future__ import annotations

import pytest

from rules.misgivings import has_misgivings
from rules.objections import objects
from rules.standing import STANDING

AGAINST = [
    "The previous e-mail from Sam is the one to use.",
    "What counts is the workbook that Ana sent.",
    "Only the second form counts.",
    "This is a duplicate of what we sent on Friday.",
    "We sent this last week already and got no reply.",
    "This supersedes CPL-000001.",
    "The attached is for your records only.",
    "Our colleague noticed afterwards that the firmware on the form belongs to the E6.",
    "Use the value on the certificate, not the one on the form.",
    "I'm submitting on behalf of Harbour Energy, who will confirm separately.",
    "Our customer has yet to give us the go-ahead.",
    "Legal have asked us to sit on this for a week.",
    "My manager wants to see it before you go on.",
    "The lab has told us that the certificate will be reissued.",
    "NCSC are going to re-issue the certificate next month.",
    "Entry into the list must not happen ahead of 1 March 2027.",
    "We'd be grateful if the entry went live in February and no sooner.",
    "List it in March at the earliest.",
    "Keep it quiet until our launch.",
    "Excel showed a repair message when I opened the form.",
    "I had to unlock the sheet to enter the hash.",
    "I filled in the form on my phone, so some cells might be off.",
    "We are rolling this firmware back.",
    "Hash to be advised.",
    "Attached are the certificates; the form comes in a separate mail.",
    "There might be a newer certificate.",
    "Row 12 needs changing.",
]
ORDINARY = [
    "The form and the certificates are attached to this mail.",
    "We would like to have the entry listed at the earliest opportunity.",
    "We have submitted the device to the lab and the certificates are attached.",
    "Each certificate belongs to the meter on the form.",
    "The workbook is password protected against changes.",
    "The certificates were issued in October.",
    "Thank you for your last e-mail.",
    "The password for the files is the usual one.",
    "Never give out your user ID or password.",
    "We are submitting this on behalf of the manufacturer, Ashdown Metering Limited.",
]


@pytest.mark.parametrize("sentence", AGAINST)
def test_what_makes_a_form_worth_less_is_for_a_person(sentence: str) -> None:
    assert STANDING.in_(sentence)
    assert has_misgivings(sentence)


@pytest.mark.parametrize("sentence", ORDINARY)
def test_what_covering_letters_say_is_not(sentence: str) -> None:
    assert not has_misgivings(sentence)


NOT_IN_EARNEST = [
    "CPL submission - example",
    "CPL submission (sample)",
    "Example: CPL submission",
    "Specimen form",
    "Practice submission",
    "CPL submission: rehearsal only",
    "Dry run of our new process",
    "This is a trial run.",
    "CPL submission - pre-check only",
    "We send it for pre-check.",
    "Can you tell us whether this is right?",
    "Could you please confirm which form is current?",
    "Can you tell us what version we should state?",
    "Attached is the form for the first of the three devices; the other two use the same form.",
    "The other meter has the same entry.",
    "The others share the same workbook.",
]
IN_EARNEST = [
    "The sample rate was raised.",
    "The test house kept the sample.",
    "Samples were tested by the test house.",
    "It went through our own pre-checks.",
    "Can you let us know if this has been received?",
    "Could you please let me know if you need anything else?",
    "Could you please tell us what date it will be published?",
    "Would you let us know when this is published?",
    "The other devices have the same form factor.",
]


@pytest.mark.parametrize("sentence", NOT_IN_EARNEST)
def test_a_mail_that_only_tries_or_asks_whether_it_is_right_is_for_a_person(sentence: str) -> None:
    assert has_misgivings(sentence)


@pytest.mark.parametrize("sentence", IN_EARNEST)
def test_a_mail_that_speaks_of_tests_and_examples_submits(sentence: str) -> None:
    assert not has_misgivings(sentence)


def test_a_paper_s_table_of_samples_is_no_word_against_the_form() -> None:
    assert not any(map(objects, ["Table 2: sample", "Example", "This is a dry run.", "Specimen"]))
