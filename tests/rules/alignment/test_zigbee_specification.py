from __future__ import annotations

import pytest
from dossiers import GAS, ZSE_VERSION, a_dossier, a_form, a_zigbee_certificate, certificates_for, named, verdict

RULE = "alignment.zigbee_specification"
FORM = a_form(GAS)  # ZigBee Smart Energy Standard 1.4


def said(stated: str | None, chosen: str = "1.4") -> str:
    form = a_form(GAS, {ZSE_VERSION: f"ZigBee Smart Energy Standard {chosen}"})
    certificate = a_zigbee_certificate(form, {"Specification Version": stated})
    return verdict(a_dossier(form, [certificate, *certificates_for(form)[1:]]), RULE)


@pytest.mark.parametrize(
    ("stated", "chosen", "expected"),
    [
        (None, "1.4", "not_applicable"),
        ("1.4", "1.4", "pass"),
        ("ZigBee Smart Energy 1.4", "1.4", "pass"),
        ("SMART ENERGY V1.2B", "1.2b", "pass"),
        ("ZigBee Smart Energy Standard 1.2a (07-5356-19)", "1.2a", "pass"),
        ("1.2b", "1.4", "fail"),
        ("1.2b", "1.2a", "fail"),
        ("Smart Energy 1.2", "1.2a", "fail"),
        ("Smart Energy 1.4a", "1.4", "fail"),
        ("Smart Energy Profile 1.1b", "1.2b", "fail"),
        ("1.2a and 1.4", "1.4", "undetermined"),
        ("ZigBee PRO R21", "1.4", "not_applicable"),
    ],
)
def test_the_standard_is_compared_where_the_certificate_states_one(stated: str, chosen: str, expected: str) -> None:
    assert said(stated, chosen) == expected


def test_the_field_is_named() -> None:
    certificate = a_zigbee_certificate(FORM, {"Specification Version": "1.2a"})
    assert named(a_dossier(FORM, [certificate]), RULE) == [ZSE_VERSION]


def test_without_a_certificate_there_is_nothing_to_compare() -> None:
    assert verdict(a_dossier(FORM, []), RULE) == "not_applicable"
