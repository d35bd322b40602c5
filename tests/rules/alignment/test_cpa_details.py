from __future__ import annotations

import pytest
from dossiers import (
    CPA_DATE,
    CPA_ID,
    CPA_VERSION,
    FIRMWARE,
    GAS,
    HUB,
    MANUFACTURER,
    MODEL,
    TYPE,
    a_cpa_certificate,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    complaining,
    named,
    verdict,
)

RULE = "alignment.cpa_details"
FORM = a_form(GAS)


@pytest.mark.parametrize(
    ("label", "stated", "expected", "fields"),
    [
        ("Security Characteristics", "Security Characteristics version 1.3", "pass", []),
        ("Security Characteristics", "1.3", "pass", []),
        ("Security Characteristics", "Smart Metering SC v1.3", "pass", []),
        ("Security Characteristics", "Version 1.2", "fail", [CPA_VERSION]),
        ("Security Characteristics", "1.3.1", "undetermined", [CPA_VERSION]),
        ("Security Characteristics", "1.2 and 1.3", "undetermined", [CPA_VERSION]),
        ("Security Characteristics", "Smart Meters", "undetermined", [CPA_VERSION]),
        ("Security Characteristics", None, "undetermined", [CPA_VERSION]),
        ("Device Type", GAS.upper(), "pass", []),
        ("Device Type", HUB, "fail", [TYPE]),
        ("Device Type", "Smart meter for gas", "undetermined", [TYPE]),
        ("Device Type", None, "undetermined", [TYPE]),
        ("Manufacturer", "Example Meters Ltd", "pass", []),
        ("Manufacturer", None, "pass", []),
        ("Manufacturer", "10:6C", "pass", []),
        ("Manufacturer", "10:6D", "fail", [MANUFACTURER]),
        ("Model", "43:32", "fail", [MODEL]),
        ("Model", "EX100", "undetermined", [MODEL]),
        ("Model", None, "undetermined", [MODEL]),
        ("Model", "0x4332", "fail", [MODEL]),
        ("Model", "4331", "undetermined", [MODEL]),
        ("Manufacturer", "4204", "undetermined", [MANUFACTURER]),
        ("Hardware Version", None, "pass", []),
        ("Firmware Version", None, "undetermined", [FIRMWARE]),
        ("Firmware Version", "12.3 (Stack 1.2.3.4)", "pass", []),
        ("Firmware Version", "12.3.12.34", "undetermined", [FIRMWARE]),
        ("Firmware Version", "First release", "undetermined", [FIRMWARE]),
    ],
)
def test_what_differs_or_cannot_be_compared_is_put_before_a_person(
    label: str, stated: str | None, expected: str, fields: list[str]
) -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM), a_cpa_certificate(FORM, {label: stated})])
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == fields
    assert complaining(dossier) <= {RULE}


@pytest.mark.parametrize(("form", "prefix", "expected"), [("[E]", "[R]", "undetermined"), ("[E]", "[E]", "pass")])
def test_a_number_with_the_other_prefix_is_asked_about(form: str, prefix: str, expected: str) -> None:
    number = "NCSC-1433053936-4001"
    own = a_form(GAS, {CPA_ID: f"{form} {number}"})
    certificate = a_cpa_certificate(own, {"Certificate Identification Number": f"{prefix} {number}"})
    assert verdict(a_dossier(own, [a_zigbee_certificate(own), certificate]), RULE) == expected


def test_hardware_and_firmware_are_this_rule_s_where_it_is_another_model() -> None:
    changes = {"Model": "43:32", "Firmware Version": "12:03:12:35"}
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM), a_cpa_certificate(FORM, changes)])
    assert named(dossier, RULE) == [MODEL, FIRMWARE]
    assert complaining(dossier) == {RULE}


def test_a_certificate_that_names_no_model_at_all_is_put_before_a_person() -> None:
    nothing = {"Model": None, "Hardware Version": None, "Firmware Version": None}
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM), a_cpa_certificate(FORM, nothing)])
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [MODEL, FIRMWARE]


@pytest.mark.parametrize(
    ("number", "labels", "expected"),
    [
        ("[E] SMCH58603416", {"Expiry Date": None, "Renewal Date": "30/08/2028"}, [CPA_ID]),
        ("[R] SMCH58603416", {"Expiry Date": "30/08/2028", "Renewal Date": None}, [CPA_ID]),
        ("[E] SMCH58603416", {"Expiry Date": "30/08/2028", "Renewal Date": "30/08/2029"}, []),
        ("[R] SMCH58603416", {"Expiry Date": None, "Renewal Date": "30/08/2028"}, []),
        ("[E] SMCH58603416", {"Expiry Date": None, "Renewal Date": None}, []),
    ],
)
def test_the_prefix_must_fit_the_kind_of_date_on_the_certificate(
    number: str, labels: dict[str, str | None], expected: list[str]
) -> None:
    form = a_form(GAS, {CPA_ID: number, CPA_DATE: "30/08/2028"})
    dossier = a_dossier(form, [a_zigbee_certificate(form), a_cpa_certificate(form, labels)])
    assert named(dossier, RULE) == expected
