from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dossiers import CPA_DATE, CPA_ID, DISPLAY, LABELS, a_dossier, a_form, named, verdict

RULE = "format.expiry_window"
STANDARD = "[E] NCSC-1433053936-9001"
LIFETIME = "[R] NCSC-1433053936-9001"
UNMARKED = "NCSC-1433053936-9001"


@pytest.mark.parametrize(
    ("number", "date", "expected"),
    [
        (STANDARD, "20/11/2026", "pass"),
        (STANDARD, "19/11/2026", "fail"),
        (STANDARD, "20/11/2032", "pass"),
        (STANDARD, "21/11/2032", "fail"),
        (LIFETIME, "19/11/2016", "not_applicable"),
        (LIFETIME, "01/01/2099", "not_applicable"),
        (UNMARKED, "30/08/2028", "pass"),
        (UNMARKED, "19/11/2026", "undetermined"),
        ("[E]\u00a0NCSC-1433053936-9001", "19/11/2026", "fail"),
        (STANDARD, "19-11-2026", "pass"),
        (STANDARD, "", "not_applicable"),
        ("", "19/11/2026", "undetermined"),
    ],
)
def test_a_standard_certificate_ends_between_today_and_six_years_on(number: str, date: str, expected: str) -> None:
    dossier = a_dossier(a_form(changes={CPA_ID: number, CPA_DATE: date}))
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == ([CPA_DATE] if expected in {"fail", "undetermined"} else [])


@pytest.mark.parametrize(("date", "expected"), [("28/02/2030", "pass"), ("01/03/2030", "fail")])
def test_six_years_after_a_leap_day_is_the_last_of_february(date: str, expected: str) -> None:
    form = a_form(changes={CPA_ID: STANDARD, CPA_DATE: date})
    assert verdict(a_dossier(form, judged_at=datetime(2024, 2, 29, 12, tzinfo=UTC)), RULE) == expected


def test_the_day_is_the_one_in_london() -> None:
    form = a_form(changes={CPA_ID: STANDARD, CPA_DATE: "30/06/2026"})
    assert verdict(a_dossier(form, judged_at=datetime(2026, 6, 30, 22, 59, tzinfo=UTC)), RULE) == "pass"
    assert verdict(a_dossier(form, judged_at=datetime(2026, 6, 30, 23, 1, tzinfo=UTC)), RULE) == "fail"


def test_an_edition_without_prefixes_knows_standard_certificates_only() -> None:
    form = a_form(changes={CPA_ID: UNMARKED, CPA_DATE: "09/01/2018"}, labels=LABELS[:20])
    dossier = a_dossier(form, judged_at=datetime(2018, 1, 10, 12, tzinfo=UTC))
    assert verdict(dossier, RULE) == "fail"


def test_a_device_without_a_cpa_certificate_has_no_window() -> None:
    assert verdict(a_dossier(a_form(DISPLAY)), RULE) == "not_applicable"
