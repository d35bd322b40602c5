from __future__ import annotations

import pytest
from dossiers import A_HASH, CREATOR, FIRMWARE, HASH, MANUFACTURER, MODEL, a_form, named, ruling, verdict
from published_lists import a_line, beside

RULE = "register.image_reuse"
FORM = a_form(changes={CREATOR: "Example Meters Ltd", HASH: A_HASH})
OWN = a_line(FORM, "000122", {MODEL: "43:32"})
BEFORE = a_line(FORM, "000121", {FIRMWARE: "12:03:12:33"})
ANOTHERS = a_line(FORM, "000123", {MANUFACTURER: "10:63", CREATOR: "Another Works GmbH"})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (OWN, "pass"),
        (a_line(FORM, "000124", {MANUFACTURER: "10:63", HASH: ""}), "pass"),
        (a_line(FORM, "000124", {MANUFACTURER: "10:63", HASH: A_HASH[:-2] + "00"}), "pass"),
        (ANOTHERS, "fail"),
        (a_line(FORM, "000124", {MANUFACTURER: "10:63"}, "Removed"), "fail"),
        (a_line(FORM, "000124", {MANUFACTURER: "10:63", HASH: A_HASH.lower()}), "fail"),
        (a_line(FORM, "000124", {MANUFACTURER: "10:63", HASH: A_HASH.replace(":", "")}), "fail"),
        (a_line(FORM, "000124", {MANUFACTURER: "10:63", HASH: f" {A_HASH} "}), "fail"),
    ],
)
def test_a_hash_of_another_manufacturer_is_asked_about(line: object, expected: str) -> None:
    assert verdict(beside(FORM, line), RULE) == expected  # type: ignore[arg-type]  # a line of the list


def test_one_of_several_is_enough() -> None:
    assert named(beside(FORM, OWN, ANOTHERS), RULE) == [HASH]


def test_without_a_list_or_a_hash_there_is_nothing_to_compare() -> None:
    assert verdict(beside(a_form(), ANOTHERS), RULE) == "not_applicable"


def test_a_hash_of_another_firmware_version_alone_is_asked_about() -> None:
    assert named(beside(FORM, BEFORE), RULE) == [HASH]
    assert "12:03:12:33" in ruling(beside(FORM, BEFORE), RULE).findings[0].message


def test_an_image_that_the_list_has_for_this_version_too_is_not() -> None:
    assert verdict(beside(FORM, BEFORE, OWN), RULE) == "pass"
    assert verdict(beside(FORM, a_line(FORM, "000120", {FIRMWARE: "12031234", MODEL: "43:32"})), RULE) == "pass"
