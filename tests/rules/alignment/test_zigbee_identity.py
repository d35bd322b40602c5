from __future__ import annotations

import pytest
from dossiers import (
    DISPLAY,
    GAS,
    TYPE,
    ZSE_ID,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    certificates_for,
    named,
    verdict,
)

RULE = "alignment.zigbee_identity"
FORM = a_form(DISPLAY)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("ZIG23001ZSE13200-24", "pass"),
        ("zig23001zse13200-24 ", "pass"),
        ("ZIG23001 ZSE13200-24", "pass"),
        ("ZIG23002ZSE13201-24", "fail"),
        ("ZIG23001ZSE13200-2", "fail"),
        ("ZIG23001ZSE13200\u201324", "pass"),
        ("ZIG23001ZSE13200\u201124", "pass"),
        ("ZIG23001ZSE-13200-24", "undetermined"),
        ("ZIG23001ZSE1320024", "undetermined"),
        ("ZIG23001ZS\u041513200-24", "undetermined"),
        ("ZIG23001ZSE13200-24\u0410", "undetermined"),
        ("ZIG23001ZSE13200-24 rev 2", "undetermined"),
        ("No. ZIG23002ZSE13201-24", "undetermined"),
        ("", "undetermined"),
        (None, "undetermined"),
    ],
)
def test_the_form_names_the_certificate(stated: str | None, expected: str) -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, {"Certification ID Number": stated})])
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == ([] if expected == "pass" else [ZSE_ID])


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (DISPLAY, "pass"),
        ("Pre-Payment  interface device", "pass"),
        ("Pre-Payment Meter Interface Device", "pass"),
        ("PPMID", "pass"),
        (GAS, "fail"),
        ("GSME", "fail"),
        ("In-Home Display", "undetermined"),
        (None, "undetermined"),
    ],
)
def test_the_type_of_device_is_the_form_s(stated: str | None, expected: str) -> None:
    dossier = a_dossier(FORM, [a_zigbee_certificate(FORM, {"Type of Device": stated})])
    assert verdict(dossier, RULE) == expected
    assert named(dossier, RULE) == ([] if expected == "pass" else [TYPE])


def test_a_type_that_is_none_of_the_form_s_cannot_be_compared() -> None:
    dossier = a_dossier(a_form(DISPLAY, {TYPE: "Display"}), certificates_for(FORM))
    assert named(dossier, RULE) == [TYPE]
    assert verdict(dossier, RULE) == "undetermined"


@pytest.mark.parametrize("second", ["ZIG23002ZSE13201-24", None])
def test_one_of_several_certificates_must_have_the_form_s_number(second: str | None) -> None:
    numbers = {"a.pdf": "ZIG23009ZSE13209-24", "b.pdf": second}
    documents = [
        a_zigbee_certificate(FORM, {"Certification ID Number": number}, name=name) for name, number in numbers.items()
    ]
    expected = "undetermined" if second is None else "fail"
    assert verdict(a_dossier(FORM, documents), RULE) == expected
    assert verdict(a_dossier(FORM, [*documents, a_zigbee_certificate(FORM)]), RULE) == "pass"


def test_a_form_without_a_number_names_no_certificate() -> None:
    dossier = a_dossier(a_form(DISPLAY, {ZSE_ID: ""}), certificates_for(FORM))
    assert named(dossier, RULE) == [ZSE_ID]
    assert verdict(dossier, RULE) == "undetermined"
