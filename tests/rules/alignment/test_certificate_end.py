from __future__ import annotations

import pytest
from dossiers import (
    SINGLE,
    a_cpa_certificate,
    a_dlms_certificate,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    judged,
    ruling,
    verdict,
)

from rules.facts import Dossier, ReadBy
from rules.finding import Outcome

RULE = "alignment.certificate_end"
FORM = a_form(SINGLE)


def with_end(words: str | None, *, issued: str | None = "1 March 2023", dlms: bool = False) -> Dossier:
    """A submission of which one certificate says until when it is valid."""
    stated = {"Expiry Date": words}
    if dlms:
        papers = [a_zigbee_certificate(FORM), a_dlms_certificate(FORM, {**stated, "Date of Issue": issued})]
    else:
        papers = [a_zigbee_certificate(FORM, {**stated, "Certification Date": issued}), a_dlms_certificate(FORM)]
    return a_dossier(FORM, [*papers, a_cpa_certificate(FORM)])


@pytest.mark.parametrize("dlms", [False, True])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (None, "not_applicable"),
        ("unlimited", "not_applicable"),
        ("N/A", "not_applicable"),
        ("14/03/2031", "pass"),
        ("20 November 2026", "pass"),
        ("19/11/2026", "fail"),
        ("14. März 2025", "fail"),
        ("14 de marzo de 2025", "fail"),
        ("2025年3月14日", "fail"),
        ("October 2026", "fail"),
        ("11/2026", "pass"),
        ("2025", "fail"),
        ("2026", "pass"),
        ("12/11/2026", "undetermined"),
        ("03/14/2025", "fail"),
        ("14/03/25", "undetermined"),
        ("3 years", "fail"),
        ("four years", "pass"),
        ("36 months", "fail"),
        ("52 weeks", "fail"),
        ("THREE YEARS", "fail"),
        ("eleven years", "undetermined"),
        ("44 months", "fail"),
        ("45 months", "pass"),
        ("194 weeks", "fail"),
        ("195 weeks", "pass"),
        ("1359 days", "fail"),
        ("1360 days", "pass"),
        ("9999 years", "pass"),
        ("9999999999 weeks", "pass"),
    ],
)
def test_an_end_that_has_passed_is_asked_about(words: str | None, expected: str, *, dlms: bool) -> None:
    dossier = with_end(words, dlms=dlms)
    assert verdict(dossier, RULE) == expected
    assert (judged(dossier).outcome is Outcome.READY) == (expected in {"pass", "not_applicable"})


def test_both_days_are_named() -> None:
    (finding,) = ruling(with_end("14 March 2025"), RULE).findings
    assert finding.message == "zigbee.pdf says that it is valid until 14/03/2025; your submission is dated 20/11/2026."
    assert (finding.field, finding.said) == ("ZSE_Certificate", "14 March 2025")


def test_a_day_that_may_be_either_of_two_is_told_as_both() -> None:
    (finding,) = ruling(with_end("12/11/2026", dlms=True), RULE).findings
    assert "11/12/2026" in finding.message
    assert "12/11/2026" in finding.message
    assert finding.field == "DLMS_Certificate"


@pytest.mark.parametrize("issued", ["soon", None])
def test_a_term_without_a_day_of_issue_is_asked_about(issued: str | None) -> None:
    assert verdict(with_end("3 years", issued=issued), RULE) == "undetermined"


def test_what_was_recognised_in_a_picture_is_not_judged() -> None:
    zigbee = a_zigbee_certificate(FORM, {"Expiry Date": "14/03/2025"}, read_by=ReadBy.OCR)
    dossier = a_dossier(FORM, [zigbee, a_cpa_certificate(FORM), a_dlms_certificate(FORM)])
    assert verdict(dossier, RULE) == "not_applicable"
