from __future__ import annotations

import pytest
from dossiers import (
    COMPANY,
    CONTACT_EMAIL,
    CONTACT_NAME,
    CPA_DATE,
    CPA_ID,
    CPA_VERSION,
    DISPLAY,
    DLMS_ID,
    DLMS_VERSION,
    GAS,
    HUB,
    RELEASE,
    SINGLE,
    SMETS,
    SWITCH,
    TWIN,
    TYPE,
    ZSE_ID,
    ZSE_VERSION,
    Content,
    Kept,
    a_dossier,
    a_form,
    complaining,
    named,
    verdict,
)

from rules.facts import CellKind

RULE = "format.must_be_empty"


@pytest.mark.parametrize(
    ("device_type", "smets1", "field"),
    [
        *((DISPLAY, False, field) for field in (CPA_ID, CPA_DATE, CONTACT_NAME, CONTACT_EMAIL)),
        *((device_type, False, field) for device_type in (DISPLAY, HUB, SWITCH) for field in (COMPANY, RELEASE)),
        *((device_type, True, field) for device_type in (DISPLAY, HUB) for field in (COMPANY, RELEASE)),
        *(
            (device_type, True, field)
            for device_type in (GAS, SINGLE, TWIN, HUB, DISPLAY)
            for field in (CPA_ID, CPA_VERSION, CPA_DATE, DLMS_ID, DLMS_VERSION, ZSE_ID, ZSE_VERSION, CONTACT_NAME)
        ),
    ],
)
@pytest.mark.parametrize("content", ["something", Kept(CellKind.NUMBER, "1")])
def test_a_forbidden_cell_is_a_fault_of_this_rule_alone(
    device_type: str,
    smets1: bool,  # a column of the table
    field: str,
    content: Content,
) -> None:
    dossier = a_dossier(a_form(device_type, {field: content}, smets1=smets1))
    assert named(dossier, RULE) == [field]
    assert complaining(dossier) == {RULE}


def test_blanks_do_not_fill_a_cell() -> None:
    assert verdict(a_dossier(a_form(DISPLAY, {CPA_ID: " \u200b"})), RULE) == "pass"


def test_without_a_device_type_one_finding_says_what_cannot_be_told() -> None:
    dossier = a_dossier(a_form(GAS, {TYPE: "Gas"}))
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [TYPE]


def test_without_a_version_one_finding_says_what_cannot_be_told() -> None:
    dossier = a_dossier(a_form(GAS, {SMETS: Kept(CellKind.NUMBER, "4.3")}))
    assert verdict(dossier, RULE) == "undetermined"
    assert named(dossier, RULE) == [SMETS]


def test_firmware_repository_cells_go_by_device_type_alone() -> None:
    assert verdict(a_dossier(a_form(GAS, smets1=True)), RULE) == "pass"
