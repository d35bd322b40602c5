from __future__ import annotations

import pytest
from dossiers import (
    A_HASH,
    CPA_DATE,
    CPA_ID,
    CREATOR,
    DESCRIPTOR,
    DLMS_ID,
    FIRMWARE,
    GBCS,
    HASH,
    MODEL,
    NUMBER,
    SINGLE,
    SMETS,
    ZSE_ID,
    ZSE_VERSION,
    Kept,
    a_form,
    named,
    ruling,
    verdict,
)
from published_lists import a_line, beside

from rules.facts import CellKind, RegisterEntry

RULE = "register.hash_update"
IMAGE = {CREATOR: "Example Meters Ltd", HASH: A_HASH, DESCRIPTOR: "Complete image"}
BEFORE = a_form(SINGLE)
FORM = a_form(SINGLE, IMAGE)
QUOTING = a_form(SINGLE, {**IMAGE, NUMBER: "000123"})
LINE = a_line(BEFORE)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {SMETS: "SMETS V5.1 "},
        {ZSE_ID: "ZIG23001ZSE13200-24\n"},
        {ZSE_VERSION: "Zigbee Smart Energy Standard 1.4"},
        {CPA_DATE: "30-08-2028"},
        {CPA_ID: "NCSC-1433053936-9001"},
        {MODEL: "4331"},
        {CREATOR: "Example Meters Ltd", DESCRIPTOR: "complete image"},
    ],
)
def test_an_update_that_adds_the_hash_and_no_more_passes(changes: dict[str, str]) -> None:
    line = a_line(BEFORE, changes=changes)
    for dossier in (beside(FORM, line, kind="update"), beside(QUOTING, line), beside(FORM, line)):
        assert verdict(dossier, RULE) == "pass"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({FIRMWARE: "01:00:00:00"}, [FIRMWARE]),
        ({CPA_ID: "[R] NCSC-1433053936-9001"}, [CPA_ID]),
        ({CPA_DATE: "31/08/2028"}, [CPA_DATE]),
        ({DLMS_ID: "", ZSE_ID: "ZIG23001ZSE13200-2"}, [DLMS_ID, ZSE_ID]),
        ({GBCS: "GBCS Version 4.0", CREATOR: "Another"}, [GBCS, CREATOR]),
        ({DESCRIPTOR: "Fragment 1 of 2"}, [DESCRIPTOR]),
    ],
)
def test_every_field_that_differs_is_named(changes: dict[str, str], fields: list[str]) -> None:
    dossier = beside(QUOTING, a_line(BEFORE, changes=changes), kind="update")
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == fields
    assert ruling(dossier, RULE).severity.value == "return"


def test_a_field_that_the_form_leaves_empty_differs() -> None:
    form = a_form(SINGLE, {**IMAGE, NUMBER: "000123", DLMS_ID: ""})
    assert named(beside(form, LINE), RULE) == [DLMS_ID]


def test_a_cell_that_excel_changed_is_left_to_its_own_rule() -> None:
    form = a_form(SINGLE, {**IMAGE, NUMBER: "000123", DLMS_ID: Kept(CellKind.NUMBER, "2721")})
    assert verdict(beside(form, LINE), RULE) == "pass"


def test_columns_that_a_list_lacks_are_not_compared() -> None:
    fields = {name: value for name, value in LINE.fields.items() if not name.startswith(("CPA", "DLMS", "ZSE"))}
    assert verdict(beside(QUOTING, RegisterEntry("000123", "Current", fields)), RULE) == "pass"


def test_without_a_number_the_entry_is_found_by_its_model() -> None:
    other = a_line(BEFORE, "000124", {GBCS: "GBCS Version 4.0"})
    assert verdict(beside(FORM, LINE, other, kind="update"), RULE) == "pass"
    assert named(beside(FORM, other, kind="update"), RULE) == [GBCS]


def test_of_two_equal_entries_the_one_without_a_hash_is_meant() -> None:
    full = a_line(FORM, "000124", {HASH: A_HASH[::-1]})
    assert verdict(beside(FORM, full, LINE, kind="update"), RULE) == "pass"


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        (QUOTING, []),
        (QUOTING, [a_line(BEFORE, "000124")]),
        (FORM, []),
        (FORM, [a_line(BEFORE, "000124"), a_line(BEFORE, "000125")]),
    ],
)
def test_where_the_entry_cannot_be_told_a_person_must(form: object, lines: list[RegisterEntry]) -> None:
    dossier = beside(form, *lines, kind="update")  # type: ignore[arg-type]  # a NewEntry; parametrize loses its type
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [NUMBER]


def test_an_update_of_a_removed_entry_is_for_a_person() -> None:
    dossier = beside(QUOTING, a_line(BEFORE, status="Removed"))
    assert verdict(dossier, RULE) == "undetermined"
    assert "removed" in ruling(dossier, RULE).findings[0].message


def test_an_update_without_a_hash_is_for_a_person() -> None:
    dossier = beside(BEFORE, LINE, kind="update")
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [HASH]


def test_a_hash_that_the_entry_has_already_is_no_update() -> None:
    dossier = beside(FORM, a_line(FORM), kind="update")
    assert verdict(dossier, RULE) == "fail"
    assert named(dossier, RULE) == [HASH]


def test_a_hash_in_place_of_another_is_for_a_person() -> None:
    dossier = beside(FORM, a_line(FORM, changes={HASH: A_HASH[::-1]}), kind="update")
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [HASH]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({GBCS: "GBCS Version 1.0", SMETS: "SMETS V2.0"}, "format.choice"),
        ({CPA_DATE: "30/08/2023"}, "format.expiry_window"),
        ({GBCS: "GBCS Version 4.0"}, "format.combination"),
    ],
)
def test_what_the_list_has_and_the_form_no_longer_offers_is_for_a_person(changes: dict[str, str], rule: str) -> None:
    form = a_form(SINGLE, {**IMAGE, **changes})
    line = a_line(a_form(SINGLE, changes))
    assert verdict(beside(form, line, kind="update"), RULE) == "pass"
    assert verdict(beside(form, line, kind="update"), rule) == "undetermined"
    assert verdict(beside(form, LINE, kind="update"), rule) == "fail"
    assert verdict(beside(form, kind="update"), rule) == "fail"


@pytest.mark.parametrize("form", [BEFORE, FORM])
def test_a_new_entry_is_not_this_rule_s_matter(form: object) -> None:
    line = a_line(BEFORE, changes={FIRMWARE: "01:00:00:00"})
    assert verdict(beside(form, line), RULE) == "not_applicable"  # type: ignore[arg-type]  # the same
