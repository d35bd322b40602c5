from __future__ import annotations

import pytest
from dossiers import (
    COMPANY,
    CONTACT_EMAIL,
    CONTACT_NAME,
    CONTACT_TELEPHONE,
    CPA_ID,
    DESCRIPTOR,
    DLMS_ID,
    FIR_EMAIL,
    POST_CODE,
    RELEASE,
    SINGLE,
    ZSE_ID,
    a_dossier,
    a_form,
    named,
    ruling,
    verdict,
)

RULE = "format.length"
LIMITS = [
    (CPA_ID, 24),
    (DLMS_ID, 10),
    (ZSE_ID, 40),
    (DESCRIPTOR, 100),
    (CONTACT_NAME, 400),
    (CONTACT_TELEPHONE, 100),
    (CONTACT_EMAIL, 400),
    (COMPANY, 45),
    ("Manufacturer Contact FIR.Country", 45),
    (POST_CODE, 8),
    ("Manufacturer Contact FIR.Website", 100),
    (FIR_EMAIL, 100),
    (RELEASE, 500),
]


@pytest.mark.parametrize(("field", "most"), LIMITS)
def test_the_limit_passes_and_one_more_fails(field: str, most: int) -> None:
    assert verdict(a_dossier(a_form(SINGLE, {field: "x" * most})), RULE) == "pass"
    dossier = a_dossier(a_form(SINGLE, {field: "x" * (most + 1)}))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [field]


def test_bytes_of_utf_8_are_counted_not_characters() -> None:
    (finding,) = ruling(a_dossier(a_form(SINGLE, {COMPANY: "é" * 23})), RULE).findings
    assert "46 bytes" in finding.message


def test_half_a_surrogate_pair_is_counted_and_stops_nothing() -> None:
    assert verdict(a_dossier(a_form(SINGLE, {POST_CODE: "\ud800" * 3})), RULE) == "fail"


def test_a_forbidden_character_is_not_too_long_as_well() -> None:
    dossier = a_dossier(a_form(SINGLE, {CPA_ID: "[E]\u00a0NCSC-1433053936-9001"}))
    assert verdict(dossier, RULE) == "pass"


def test_blanks_around_a_value_do_not_count() -> None:
    assert verdict(a_dossier(a_form(SINGLE, {POST_CODE: " EX1 2MPX "})), RULE) == "pass"
