from __future__ import annotations

import pytest
from dossiers import (
    DISPLAY,
    GAS,
    HUB,
    POLYPHASE,
    SINGLE,
    SWITCH,
    TYPE,
    a_cpa_certificate,
    a_dossier,
    a_form,
    named,
    verdict,
)
from dossiers import a_zigbee_certificate as zigbee

RULE = "alignment.cpa_subject"


def said(device_type: str, stated: str | None) -> str:
    form = a_form(device_type)
    papers = [zigbee(form), a_cpa_certificate(form, {"Security Characteristics": stated})]
    return verdict(a_dossier(form, papers), RULE)


@pytest.mark.parametrize(
    ("device_type", "stated", "expected"),
    [
        (GAS, "1.3", "not_applicable"),
        (GAS, "Security Characteristics version 1.3", "not_applicable"),
        (GAS, None, "not_applicable"),
        (GAS, "GSME 1.3", "pass"),
        (GAS, "CPA SC Gas Smart Metering Equipment, version 1.3", "pass"),
        (SINGLE, "ESME 1.3", "pass"),
        (POLYPHASE, "Electricity Smart Metering Equipment 1.3", "pass"),
        (HUB, "CPA Security Characteristic: Communications Hubs 1.3", "pass"),
        (SWITCH, "HAN Connected Auxiliary Load Control Switches v1.3", "pass"),
        (SINGLE, "ESME and GSME, 1.3", "pass"),
        (HUB, "CPA SC Gas Smart Metering Equipment 1.3", "fail"),
        (GAS, "ESME v1.3", "fail"),
        (SINGLE, "gsme 1.3", "fail"),
        (POLYPHASE, "Communications Hub 1.3", "fail"),
        (SWITCH, "ESME 1.3", "fail"),
        (GAS, "HCALCS 1.3", "fail"),
        (HUB, "GSME and ESME 1.3", "fail"),
        (DISPLAY, "GSME 1.3", "not_applicable"),
    ],
)
def test_the_type_that_is_named_is_the_forms(device_type: str, stated: str | None, expected: str) -> None:
    assert said(device_type, stated) == expected


def test_the_device_type_is_named() -> None:
    form = a_form(GAS)
    papers = [zigbee(form), a_cpa_certificate(form, {"Security Characteristics": "ESME 1.3"})]
    assert named(a_dossier(form, papers), RULE) == [TYPE]
