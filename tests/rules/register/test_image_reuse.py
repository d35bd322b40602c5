from __future__ import annotations

import pytest
from dossiers import A_HASH, CREATOR, FIRMWARE, HASH, MANUFACTURER, a_form, named, verdict
from published_lists import a_line, beside

RULE = "register.image_reuse"
FORM = a_form(changes={CREATOR: "Example Meters Ltd", HASH: A_HASH})
OWN = a_line(FORM, "000122", {FIRMWARE: "12:03:12:35"})
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
