from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    CPA_DATE,
    DEVICE_TYPES,
    DISPLAY,
    DLMS_ID,
    FIRMWARE,
    GAS,
    HUB,
    NUMBER,
    RELEASE,
    SMETS,
    SMETS1_TYPES,
    STATUS,
    TYPE,
    ZSE_ID,
    Kept,
    a_dossier,
    a_form,
    named,
    ruling,
    valid_values,
    verdict,
)

from rules.facts import CellKind
from rules.format.required import check

RULE = "format.required"
NOT_REQUIRED = {NUMBER, STATUS}
CASES = [
    (device_type, smets1, field)
    for device_type in DEVICE_TYPES
    for smets1 in (False, True)
    if not smets1 or device_type in SMETS1_TYPES
    for field, value in valid_values(device_type, smets1=smets1).items()
    if value and field not in NOT_REQUIRED and value != "Not Relevant" and field not in {TYPE, SMETS}
]


@pytest.mark.parametrize(("device_type", "smets1", "field"), CASES)
def test_every_required_cell_is_missed_when_it_is_empty(device_type: str, smets1: bool, field: str) -> None:
    dossier = a_dossier(a_form(device_type, {field: ""}, smets1=smets1))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [field]


@pytest.mark.parametrize("blank", [" ", "\n\u00a0\u200b"])
def test_blanks_do_not_fill_a_cell(blank: str) -> None:
    assert named(a_dossier(a_form(changes={FIRMWARE: blank})), RULE) == [FIRMWARE]


def test_a_cell_that_holds_no_text_is_not_missing() -> None:
    assert verdict(a_dossier(a_form(changes={FIRMWARE: Kept(CellKind.NUMBER, "12")})), RULE) == "pass"


def test_security_characteristics_may_be_blank_without_a_cpa_certificate() -> None:
    form = a_form(DISPLAY, {"CPA_Certificate.security_characteristics_version": ""})
    assert verdict(a_dossier(form), RULE) == "pass"


def test_without_a_device_type_one_finding_says_what_cannot_be_told() -> None:
    dossier = a_dossier(a_form(DISPLAY, {TYPE: "Display"}))
    answer = ruling(dossier, RULE)
    assert answer.verdict.value == "undetermined"
    assert named(dossier, RULE) == [TYPE]


def test_without_a_version_one_finding_says_what_cannot_be_told() -> None:
    dossier = a_dossier(a_form(HUB, {SMETS: "latest", ZSE_ID: ""}))
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [SMETS]


def test_what_every_device_needs_is_missed_without_a_device_type() -> None:
    dossier = a_dossier(a_form(GAS, {TYPE: "", FIRMWARE: "", RELEASE: ""}))
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [TYPE, FIRMWARE, TYPE]


def test_a_display_s_cpa_cells_are_not_missed_whatever_its_version() -> None:
    dossier = a_dossier(a_form(DISPLAY, {SMETS: "latest", CPA_DATE: ""}))
    assert verdict(dossier, RULE) == "pass"


def test_an_unneeded_cell_is_not_missed() -> None:
    assert verdict(a_dossier(a_form(GAS, {DLMS_ID: ""})), RULE) == "pass"


@pytest.mark.parametrize("left", [{}, {NUMBER: "000001", STATUS: "Current"}])
def test_an_empty_form_is_one_finding_and_not_one_a_cell(left: dict[str, str]) -> None:
    dossier = a_dossier(a_form(changes={**dict.fromkeys(valid_values(GAS), ""), **left}))
    (finding,) = ruling(dossier, RULE).findings
    assert finding.message == "The form is empty: nothing is filled in under 'New Entry's Details'."
    assert {TYPE, FIRMWARE, ZSE_ID} <= set(finding.covers)
    assert not {NUMBER, STATUS} & set(finding.covers)
    assert verdict(dossier, RULE) == "fail"


def test_one_filled_cell_is_enough_for_a_form_to_be_judged_cell_by_cell() -> None:
    names = named(a_dossier(a_form(changes={**dict.fromkeys(valid_values(GAS), ""), FIRMWARE: "12:03:12:34"})), RULE)
    assert TYPE in names
    assert FIRMWARE not in names
    assert len(names) > 2


@pytest.mark.parametrize(
    "text",
    ["TBC", "tbd", "T.B.A.", "to be confirmed", "To follow", "xxx", "???", "...", "(pending)", "<description>", "Draft",
     "will be provided later", "Lorem ipsum dolor", "enter text here", "placeholder"],
)  # fmt: skip
def test_a_word_in_the_place_of_a_text_is_asked_about(text: str) -> None:
    dossier = a_dossier(a_form(changes={RELEASE: text}))
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [RELEASE]


@pytest.mark.parametrize(
    "text",
    ["Corrects what was to be confirmed in release 4.", "Test of the balance display improved", "N/A", "-",
     "Pending prepayment top-ups are shown", "See https://ashdown.example/fir", "XXL display", "None"],
)  # fmt: skip
def test_a_text_of_its_own_is_not(text: str) -> None:
    assert verdict(a_dossier(a_form(changes={RELEASE: text})), RULE) == "pass"


def test_an_empty_form_beside_a_filled_one_is_asked_about() -> None:
    empty = replace(a_form(changes=dict.fromkeys(valid_values(GAS), "")), document="blank.xlsx")
    alone = a_dossier(empty).judging(empty)
    assert [finding.unknown for finding in check(alone)] == [False]
    beside = replace(alone, entries=(empty, a_form(GAS)))
    assert [finding.unknown for finding in check(beside)] == [True]
    two_empty = replace(alone, entries=(empty, replace(empty, document="too.xlsx")))
    assert [finding.unknown for finding in check(two_empty)] == [False]


ADDRESS = "Manufacturer Contact FIR."
NOTHINGS = [
    "N/A",
    "n.a.",
    "NA",
    "None",
    "-",
    "\u2014",
    "Nil",
    "not applicable",
    "(none)",
    "0",
    "No website",
    "Left blank",
]


@pytest.mark.parametrize("text", NOTHINGS)
@pytest.mark.parametrize("field", ["Contact-CPA.Contact.contact name", f"{ADDRESS}Website", f"{ADDRESS}City"])
def test_a_required_text_that_says_there_is_none_is_asked_about(field: str, text: str) -> None:
    dossier = a_dossier(a_form(GAS, {field: text}))
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [field]


@pytest.mark.parametrize("part", ["House Number", "Post Code"])
def test_an_address_may_lack_a_number_and_a_code(part: str) -> None:
    assert verdict(a_dossier(a_form(GAS, {f"{ADDRESS}{part}": "N/A"})), RULE) == "pass"


@pytest.mark.parametrize(
    "text", ["NA Meters Ltd", "None Such House", "Nil by Mouth Ltd", "No 1 Quay", "NO", "0161 496 0000"]
)
def test_a_text_that_begins_like_none_is_a_text(text: str) -> None:
    assert verdict(a_dossier(a_form(GAS, {f"{ADDRESS}Company Name": text})), RULE) == "pass"


def test_a_cell_that_may_be_empty_may_say_so() -> None:
    form = a_form(HUB, {"Contact-CPA.Contact.contact name": "Ada Byron", f"{ADDRESS}Website": ""})
    assert named(a_dossier(form), RULE) == named(a_dossier(a_form(HUB)), RULE)
