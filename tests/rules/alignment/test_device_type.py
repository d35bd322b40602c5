"""What certificates call a type of device, and what they put before a version."""

from __future__ import annotations

import pytest
from dossiers import (
    DISPLAY,
    GAS,
    HUB,
    POLYPHASE,
    SINGLE,
    SWITCH,
    TWIN,
    a_dossier,
    a_form,
    a_zigbee_certificate,
    verdict,
)

from rules.alignment._compare import Agreement, device_type


@pytest.mark.parametrize(
    ("form_value", "stated", "expected"),
    [
        (DISPLAY, "Pre-Payment Meter Interface Device (PPMID)", Agreement.SAME),
        (DISPLAY, "Pre-Payment Interface Device (PPMID)", Agreement.SAME),
        (DISPLAY, "PPMID (Pre-Payment Interface Device)", Agreement.SAME),
        (SWITCH, "HAN Connected Auxiliary Load Control Switch (HCALCS)", Agreement.SAME),
        (GAS, "Gas Smart Metering Equipment (GSME)", Agreement.SAME),
        (SINGLE, "ESME (Single Element)", Agreement.SAME),
        (TWIN, "Twin Element ESME", Agreement.SAME),
        (TWIN, "ESME Twin-Element", Agreement.SAME),
        (SINGLE, "Single-Element Electricity Metering Equipment", Agreement.SAME),
        (DISPLAY, "Prepayment Interface Device", Agreement.SAME),
        (SINGLE, "ESME Twin Element", Agreement.DIFFERENT),
        (TWIN, "Electricity Smart Metering Equipment (Twin Element)", Agreement.SAME),
        (POLYPHASE, "ESME (Polyphase)", Agreement.SAME),
        (HUB, "Comms Hub", Agreement.SAME),
        (SINGLE, "ESME (Twin Element)", Agreement.DIFFERENT),
        (SINGLE, "Gas Smart Metering Equipment (GSME)", Agreement.DIFFERENT),
        (SINGLE, "ESME", Agreement.UNCLEAR),
        (GAS, "GSME (PPMID)", Agreement.UNCLEAR),
        (GAS, "Gas Smart Meter (G4)", Agreement.UNCLEAR),
        (GAS, "Meter (GSME)", Agreement.UNCLEAR),
        (GAS, "()", Agreement.UNCLEAR),
        (GAS, "", Agreement.UNCLEAR),
    ],
)
def test_a_name_and_its_own_abbreviation_are_one_type(form_value: str, stated: str, expected: Agreement) -> None:
    assert device_type(form_value, stated) is expected


@pytest.mark.parametrize(
    ("label", "stated", "expected"),
    [
        ("Firmware Version", "v12:03:12:34", "pass"),
        ("Firmware Version", "V 12:03:12:34", "pass"),
        ("Firmware Version", "Version 12:03:12:34", "pass"),
        ("Firmware Version", "ver. 12:03:12:34", "pass"),
        ("Firmware Version", "v12:03:12:35", "fail"),
        ("Hardware Version", "v0A_AC", "pass"),
        ("Hardware Version", "V0A:AC", "pass"),
        ("Hardware Version", "v0A_AD", "fail"),
        ("Firmware Version", "vX", "undetermined"),
    ],
)
def test_a_v_before_a_version_makes_no_difference(label: str, stated: str, expected: str) -> None:
    form = a_form(GAS)
    dossier = a_dossier(form, [a_zigbee_certificate(form, {label: stated})])
    assert verdict(dossier, "alignment.zigbee_device_model") == expected
