from __future__ import annotations

import pytest
from dossiers import (
    CPA_DATE,
    CPA_ID,
    DISPLAY,
    GAS,
    a_cpa_certificate,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    named,
    verdict,
)

from rules.facts import ReadBy

RULE = "alignment.cpa_term"


def said(issued: str | None, expires: str | None, *, prefix: str = "[E] ", read_by: ReadBy = ReadBy.TEXT) -> str:
    form = a_form(GAS, {CPA_DATE: "30/08/2028", CPA_ID: f"{prefix}1433053936-9001"})
    certificate = a_cpa_certificate(form, {"Issue Date": issued, "Expiry Date": expires}, read_by=read_by)
    return verdict(a_dossier(form, [certificate]), RULE)


@pytest.mark.parametrize(
    ("issued", "expires", "expected"),
    [
        ("30/08/2022", "30/08/2028", "pass"),
        ("30/08/2022", "29/08/2028", "pass"),
        ("30 August 2022", "30/08/2028", "pass"),
        ("29/02/2024", "28/02/2030", "pass"),
        ("30/08/2022", "31/08/2028", "pass"),
        ("01/09/2022", "30/08/2029", "pass"),
        ("29/02/2024", "27/02/2031", "pass"),
        ("29/02/2024", "01/03/2031", "fail"),
        ("30/08/2022", "30/08/2029", "fail"),
        ("2019-01-01", "30/08/2028", "fail"),
        ("30/08/2012", "30/08/2028", "fail"),
        (None, "30/08/2028", "not_applicable"),
        ("soon", "30/08/2028", "not_applicable"),
        ("30/08/2012", None, "not_applicable"),
        ("30/08/2012", "for ever", "not_applicable"),
    ],
)
def test_a_standard_certificate_runs_for_six_years_at_most(
    issued: str | None, expires: str | None, expected: str
) -> None:
    assert said(issued, expires) == expected


def test_a_lifetime_certificate_may_run_longer() -> None:
    assert said("30/08/2012", "30/08/2028", prefix="[R] ") == "not_applicable"


def test_a_form_without_prefix_is_asked_about() -> None:
    assert said("30/08/2012", "30/08/2028", prefix="") == "fail"


def test_a_device_without_cpa_has_no_term() -> None:
    display, meter = a_form(DISPLAY), a_form(GAS)
    papers = [a_zigbee_certificate(display), a_cpa_certificate(meter, {"Issue Date": "30/08/2012"})]
    assert verdict(a_dossier(display, papers), RULE) == "not_applicable"


def test_what_a_machine_recognised_is_not_compared() -> None:
    assert said("30/08/2012", "30/08/2028", read_by=ReadBy.OCR) == "not_applicable"


def test_the_date_is_named() -> None:
    form = a_form(GAS)
    papers = [a_cpa_certificate(form, {"Issue Date": "01/01/2020"})]
    assert named(a_dossier(form, papers), RULE) == [CPA_DATE]
