from __future__ import annotations

import pytest
from dossiers import CPA_VERSION, DISPLAY, GAS, HUB, TYPE, a_dossier, a_form, named, verdict

RULE = "format.security_characteristics"
A_VERSION = "Security Characteristics version 1.3"


@pytest.mark.parametrize(
    ("device_type", "value", "expected"),
    [
        (DISPLAY, "Not Relevant", "pass"),
        (DISPLAY, "", "not_applicable"),
        (DISPLAY, A_VERSION, "fail"),
        (GAS, A_VERSION, "pass"),
        (GAS, "Not Relevant", "fail"),
        (HUB, "Not Relevant", "fail"),
        (GAS, "1.3", "not_applicable"),
    ],
)
def test_not_relevant_fits_devices_without_a_cpa_certificate(device_type: str, value: str, expected: str) -> None:
    dossier = a_dossier(a_form(device_type, {CPA_VERSION: value}))
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == ([CPA_VERSION] if expected == "fail" else [])


def test_without_a_device_type_nothing_is_said_here() -> None:
    assert verdict(a_dossier(a_form(GAS, {TYPE: "Gas", CPA_VERSION: "Not Relevant"})), RULE) == "pass"
