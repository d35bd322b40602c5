"""What the list says of a certificate that the form names, beside what the form says of it."""

from __future__ import annotations

import pytest
from dossiers import (
    CPA_DATE,
    CPA_ID,
    CPA_VERSION,
    DLMS_ID,
    DLMS_VERSION,
    FIRMWARE,
    GAS,
    MANUFACTURER,
    MODEL,
    SINGLE,
    TYPE,
    ZSE_ID,
    ZSE_VERSION,
    a_form,
    named,
    ruling,
    verdict,
)
from published_lists import a_line, beside

RULE = "register.certificate_details"
FORM = a_form(SINGLE)
NEXT = {FIRMWARE: "12:03:12:35"}
TWIN, HUB = "Twin Element Electricity Metering Equipment", "Communications Hub"
NO_OTHERS = {DLMS_ID: "", ZSE_ID: ""}
"""So that of a line only its CPA certificate is the form's."""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({CPA_DATE: "01/01/2030"}, CPA_DATE),
        ({CPA_VERSION: "Security Characteristics version 1.1"}, CPA_VERSION),
        ({DLMS_VERSION: "CTT 3.0"}, DLMS_VERSION),
        ({ZSE_VERSION: "ZigBee Smart Energy Standard 1.2a"}, ZSE_VERSION),
        ({CPA_ID: "[R] 1433053936-1497"}, CPA_ID),
        ({**NO_OTHERS, MANUFACTURER: "10:63"}, CPA_ID),
        ({CPA_ID: "", ZSE_ID: "", MANUFACTURER: "10:63"}, DLMS_ID),
        ({**NO_OTHERS, TYPE: GAS}, CPA_ID),
        ({CPA_ID: "", DLMS_ID: "", TYPE: HUB}, ZSE_ID),
        ({CPA_ID: "", ZSE_ID: "", TYPE: HUB}, DLMS_ID),
    ],
)
def test_what_the_list_has_otherwise_is_asked_about(changes: dict[str, str], field: str) -> None:
    form = a_form(SINGLE, changes={CPA_ID: "[E] NCSC-1433053936-1497"})
    dossier = beside(form, a_line(form, "000123", {**NEXT, **changes}))
    assert named(dossier, RULE) == [field]
    assert "000123" in ruling(dossier, RULE).findings[0].message


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {CPA_ID: "1433053936-1497"},
        {CPA_DATE: ""},
        {MODEL: "43:32"},
        {TYPE: TWIN},
        {TYPE: "Polyphase Electricity Metering Equipment"},
        {ZSE_ID: "", MANUFACTURER: "10:63", CPA_ID: "", DLMS_ID: ""},
        {CPA_ID: "[E] NCSC-1433053936-9999", CPA_DATE: "01/01/2030", **NO_OTHERS},
    ],
)
def test_what_it_has_alike_or_of_other_certificates_is_not(changes: dict[str, str]) -> None:
    form = a_form(SINGLE, changes={CPA_ID: "[E] NCSC-1433053936-1497"})
    assert verdict(beside(form, a_line(form, "000123", {**NEXT, **changes})), RULE) == "pass"


def test_spellings_and_blanks_of_the_list_are_no_difference() -> None:
    zse = FORM.value(ZSE_VERSION)  # type: ignore[arg-type]  # the same name
    line = a_line(FORM, "000123", {**NEXT, ZSE_VERSION: f"{zse.replace('ZigBee', 'Zigbee')} "})
    assert verdict(beside(FORM, line), RULE) == "pass"


def test_one_entry_that_says_the_same_is_enough() -> None:
    other = a_line(FORM, "000122", {**NEXT, CPA_DATE: "01/01/2030"})
    assert verdict(beside(FORM, other, a_line(FORM, "000123", NEXT)), RULE) == "pass"


def test_what_a_removed_entry_said_is_not_compared() -> None:
    removed = a_line(FORM, "000122", {**NEXT, CPA_DATE: "01/01/2030"}, "Removed")
    assert verdict(beside(FORM, removed), RULE) == "pass"


def test_an_update_is_compared_with_its_entry_alone() -> None:
    dossier = beside(FORM, a_line(FORM, "000123", {CPA_DATE: "01/01/2030"}), kind="update")
    assert verdict(dossier, RULE) == "not_applicable"


def test_without_a_list_or_a_certificate_there_is_nothing_to_compare() -> None:
    assert verdict(beside(a_form(smets1=True), a_line(FORM)), RULE) == "not_applicable"
