from __future__ import annotations

import pytest
from dossiers import (
    DISPLAY,
    DLMS_ID,
    DLMS_VERSION,
    GAS,
    HUB,
    SINGLE,
    SWITCH,
    Kept,
    a_dossier,
    a_form,
    judged,
    named,
    verdict,
)

from rules.facts import CellKind
from rules.finding import Outcome

RULE = "format.unneeded"


@pytest.mark.parametrize("device_type", [DISPLAY, GAS, HUB, SWITCH])
def test_dlms_cells_of_a_device_without_dlms_are_noted_and_decide_nothing(device_type: str) -> None:
    dossier = a_dossier(a_form(device_type, {DLMS_ID: "2721", DLMS_VERSION: "CTT 1.0"}))
    assert named(dossier, RULE) == [DLMS_ID, DLMS_VERSION]
    assert judged(dossier).outcome is Outcome.READY


def test_a_number_in_such_a_cell_is_noted_and_no_more() -> None:
    dossier = a_dossier(a_form(GAS, {DLMS_ID: Kept(CellKind.NUMBER, "2721")}))
    assert named(dossier, RULE) == [DLMS_ID]
    assert judged(dossier).outcome is Outcome.READY


def test_dlms_cells_of_a_meter_are_not_noted() -> None:
    assert verdict(a_dossier(a_form(SINGLE)), RULE) == "pass"
