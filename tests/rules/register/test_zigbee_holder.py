from __future__ import annotations

import pytest
from dossiers import FIRMWARE, MANUFACTURER, ZSE_ID, a_form, named, verdict
from published_lists import a_line, beside

RULE = "register.zigbee_holder"
FORM = a_form()
NUMBER = "ZIG23001ZSE13200-24"
OWN = a_line(FORM, "000122", {FIRMWARE: "12:03:12:35"})
ANOTHERS = a_line(FORM, "000123", {MANUFACTURER: "10:63"})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({FIRMWARE: "12:03:12:35"}, "pass"),
        ({MANUFACTURER: "10:63", ZSE_ID: "ZIG23002ZSE13201-24"}, "pass"),
        ({MANUFACTURER: "10:63", ZSE_ID: ""}, "pass"),
        ({MANUFACTURER: "10:63"}, "fail"),
        ({MANUFACTURER: "10:63", ZSE_ID: NUMBER.lower()}, "fail"),
        ({MANUFACTURER: "10:63", ZSE_ID: f"{NUMBER} "}, "fail"),
        ({MANUFACTURER: " 10:6c "}, "pass"),
    ],
)
def test_a_number_of_other_manufacturers_alone_is_asked_about(changes: dict[str, str], expected: str) -> None:
    assert verdict(beside(FORM, a_line(FORM, "000124", changes)), RULE) == expected


def test_one_line_of_this_manufacturer_is_enough() -> None:
    assert verdict(beside(FORM, ANOTHERS, OWN), RULE) == "pass"


def test_the_number_is_named() -> None:
    assert named(beside(FORM, ANOTHERS), RULE) == [ZSE_ID]


def test_a_device_without_zigbee_certificate_is_not_asked_about() -> None:
    form = a_form(smets1=True)
    assert verdict(beside(form, ANOTHERS), RULE) == "not_applicable"
