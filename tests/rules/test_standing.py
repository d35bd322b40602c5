"""What a mail says its form is worth beside others, and what it still waits for."""

from __future__ import annotations

import pytest

from rules.misgivings import has_misgivings
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
