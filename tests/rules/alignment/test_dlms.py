from __future__ import annotations

import pytest
from dossiers import (
    DLMS_ID,
    DLMS_VERSION,
    FIRMWARE,
    GAS,
    MANUFACTURER,
    MODEL,
    REVISION,
    SINGLE,
    TWIN,
    TYPE,
    VERSION,
    a_dlms_certificate,
    a_dossier,
    a_form,
    certificates_for,
    named,
    ruling,
    verdict,
)

from rules.facts import Document, Dossier

CERTIFICATE = "alignment.dlms_certificate"
DETAILS = "alignment.dlms_details"
FORM = a_form(SINGLE)


def sent(*dlms: Document) -> Dossier:
    return a_dossier(FORM, [*certificates_for(FORM)[:2], *dlms])


@pytest.mark.parametrize(
    ("label", "stated", "expected", "fields"),
    [
        ("Certificate Identification Number", "2721", "pass", []),
        ("Certificate Identification Number", " 2721 ", "pass", []),
        ("Certificate Identification Number", "2712", "fail", [DLMS_ID]),
        ("Certificate Identification Number", "2721\u0410", "undetermined", [DLMS_ID]),
        ("Certificate Identification Number", "27\uff12\uff11", "undetermined", [DLMS_ID]),
        ("Certificate Identification Number", "No 2721", "undetermined", [DLMS_ID]),
        ("Certificate Identification Number", None, "undetermined", [DLMS_ID]),
        ("CTT Version", "CTT 4.2", "pass", []),
        ("CTT Version", "4.2", "pass", []),
        ("CTT Version", "V4.2", "pass", []),
        ("CTT Version", "4.1", "fail", [DLMS_VERSION]),
        ("CTT Version", "CTT 3.0", "fail", [DLMS_VERSION]),
        ("CTT Version", "4.2.1", "undetermined", [DLMS_VERSION]),
        ("CTT Version", "CTT 4.2a", "undetermined", [DLMS_VERSION]),
        ("CTT Version", "4.2-beta", "undetermined", [DLMS_VERSION]),
        ("CTT Version", "4.2+", "undetermined", [DLMS_VERSION]),
        ("CTT Version", "V4.20", "undetermined", [DLMS_VERSION]),
        ("CTT Version", "CTT 4.2 or later", "undetermined", [DLMS_VERSION]),
        ("CTT Version", "Yellow Book", "undetermined", [DLMS_VERSION]),
        ("CTT Version", None, "undetermined", [DLMS_VERSION]),
    ],
)
def test_number_and_test_tool_are_compared(label: str, stated: str | None, expected: str, fields: list[str]) -> None:
    dossier = sent(a_dlms_certificate(FORM, {label: stated}))
    assert verdict(dossier, CERTIFICATE) == expected
    assert named(dossier, CERTIFICATE) == fields


@pytest.mark.parametrize(
    ("changes", "expected", "fields"),
    [
        ({}, "pass", []),
        ({"Firmware Version": "12:03:12:35"}, "undetermined", [FIRMWARE]),
        ({"Firmware Version": "12.3"}, "undetermined", [FIRMWARE]),
        ({"Model Identifier": "43:31", "Hardware Version": "0A_AC"}, "pass", []),
        ({"Model Identifier": "EX100", "Hardware Version": "first"}, "pass", []),
        ({"Model Identifier": "43:32"}, "undetermined", [MODEL]),
        ({"Hardware Version": "0B_AC"}, "undetermined", [VERSION]),
        ({"Hardware Version": "0A_AD"}, "undetermined", [REVISION]),
        ({"Firmware Version": "12.3.12.34"}, "undetermined", [FIRMWARE]),
        ({"Firmware Version": "12.3 (Stack 1.2.3.4)"}, "pass", []),
        ({"Firmware Version": None}, "pass", []),
        ({"Firmware Version": None, "Type": "EX100 (43:31)"}, "pass", []),
        ({"Firmware Version": None, "Type": "EX100"}, "undetermined", [FIRMWARE]),
        ({"Firmware Version": None, "Type": "EX100 12:03:12:345"}, "undetermined", [FIRMWARE]),
        ({"Firmware Version": None, "Type": None, "Model Identifier": "43:31"}, "pass", []),
        ({"Firmware Version": None, "Type": None}, "undetermined", [FIRMWARE]),
        ({"Type": "EX100 12:03:12:35"}, "undetermined", [FIRMWARE]),
        ({"Type": "EX100 12:03:12:33/12:03:12:35"}, "undetermined", [FIRMWARE]),
        ({"Type": "EX100 12:03:12:33, 12:03:12:34"}, "pass", []),
        ({"Type": "EX100 [43:32]"}, "undetermined", [MODEL]),
        ({"Type": "EX100-43:32"}, "undetermined", [MODEL]),
        ({"Type": "EX-12:03:12:35"}, "undetermined", [FIRMWARE]),
        ({"Type": "EX_V12:03:12:35"}, "undetermined", [FIRMWARE]),
        ({"Type": "EX100; FW=12:03:12:35."}, "undetermined", [FIRMWARE]),
        ({"Type": "EX-12:03:12:34"}, "pass", []),
        ({"Firmware Version": None, "Type": "EX-12:03:12:34"}, "pass", []),
        ({"Type": "EX100 12.0A.12.35"}, "undetermined", [FIRMWARE]),
        ({"Type": "EX100 18.03.18.52"}, "pass", []),
        ({"Type": "EX100 12:03:12:35:01"}, "pass", []),
        ({"Model Identifier": "43:31 (12:03:12:35)"}, "undetermined", [FIRMWARE]),
        ({"Manufacturer": "10:6C"}, "pass", []),
        ({"Manufacturer": "10:6D"}, "fail", [MANUFACTURER]),
        ({"Manufacturer": "4204"}, "undetermined", [MANUFACTURER]),
        ({"Device Type": None}, "pass", []),
        ({"Device Type": "Meter"}, "undetermined", [TYPE]),
        ({"Device Type": TWIN}, "fail", [TYPE]),
    ],
)
def test_type_and_firmware_show_that_it_is_this_device_s(
    changes: dict[str, str | None], expected: str, fields: list[str]
) -> None:
    dossier = sent(a_dlms_certificate(FORM, changes))
    assert verdict(dossier, DETAILS) == expected
    assert named(dossier, DETAILS) == fields


def test_several_certificates_of_other_numbers_are_put_before_a_person() -> None:
    numbers = {"a.pdf": "2001", "b.pdf": "2002"}
    dossier = sent(
        *(
            a_dlms_certificate(FORM, {"Certificate Identification Number": number}, name=name)
            for name, number in numbers.items()
        )
    )
    assert verdict(dossier, CERTIFICATE) == "fail"
    assert verdict(dossier, DETAILS) == "not_applicable"


@pytest.mark.parametrize("rule", [CERTIFICATE, DETAILS])
def test_a_device_without_dlms_has_nothing_to_compare(rule: str) -> None:
    gas = a_form(GAS)
    assert verdict(a_dossier(gas, [*certificates_for(gas), a_dlms_certificate(FORM)]), rule) == "not_applicable"


def test_of_many_certificates_with_other_numbers_three_are_told_and_the_rest_counted() -> None:
    many = {f"{number}.pdf": str(number) for number in range(2001, 2010)}
    dossier = sent(
        *(
            a_dlms_certificate(FORM, {"Certificate Identification Number": number}, name=name)
            for name, number in many.items()
        )
    )
    form_value = [finding.message for finding in ruling(dossier, CERTIFICATE).findings if finding.field == DLMS_ID]
    assert ["6 others of the kind" in message for message in form_value] == [False, False, False, True, False]
