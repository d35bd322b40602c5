"""What an approved form becomes on the list: its values to the letter, nothing restricted, a number or a hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import dossiers
import pytest

from intake.demo import products
from intake.register.changes import EDITABLE, ChangeKind, column
from intake.register.entering import contact_of, entering, stated_values
from rules.facts import Dossier, RegisterEntry
from rules.fields import FormField
from rules.published import UPGRADE_PATH

DAY = date(2026, 11, 20)
PATH_GROUP = "Firmware Upgrade Path"


def a_form(values: Mapping[str, str], *lines: RegisterEntry) -> Dossier:
    """A submission whose form states these values, beside these lines of the list."""
    labels = (
        *dossiers.LABELS,
        *((PATH_GROUP, name.rpartition(".")[2]) for name in values if name.startswith(PATH_GROUP)),
    )
    form = dossiers.a_form(changes=dict.fromkeys(dossiers.FIELDS, "") | dict(values), labels=labels)
    return replace(dossiers.a_dossier(form, ()).judging(form), register=lines)


@pytest.mark.parametrize("device_type", [products.SINGLE, products.GAS, products.HUB, products.PPMID])
def test_every_value_stands_under_the_list_s_own_column(device_type: str) -> None:
    values = products.faultless_form(device_type, on=DAY)
    change = entering(a_form(values), DAY)
    assert (change.kind, change.entries, change.effective) == (ChangeKind.ADD, (), DAY)
    expected = {column(name): text for name, text in values.items() if column(name) in EDITABLE}
    assert {name: text for name, text in change.values.items() if text and name in EDITABLE} == expected


def test_a_contact_is_in_no_value() -> None:
    dossier = a_form(products.faultless_form(products.SINGLE, on=DAY))
    assert not any(name.startswith("Contact-CPA") for name in stated_values(dossier))
    contact = contact_of(dossier)
    assert (contact.name, contact.email.partition(";")[0]) == ("Robin Hale; Sam Marsh", "assurance@ashdown.example")


def test_what_the_firmware_information_repository_shows_is_kept() -> None:
    values = stated_values(a_form(products.faultless_form(products.GAS, on=DAY)))
    assert values[FormField.FIR_COMPANY_NAME] == "Ashdown Metering Limited"
    assert values[FormField.RELEASE_NOTES].startswith("Release 1")


def test_blanks_around_a_value_are_not_published_and_those_within_are() -> None:
    values = products.faultless_form(products.PPMID, on=DAY) | {FormField.ZSE_NUMBER: "  ZIG 1 \u00a0"}
    assert stated_values(a_form(values))[FormField.ZSE_NUMBER] == "ZIG 1"


def test_a_letter_that_only_looks_like_another_is_never_put_right_unseen() -> None:
    values = products.faultless_form(products.PPMID, on=DAY) | {FormField.HARDWARE_VERSION: "0\u0410"}
    assert stated_values(a_form(values))[FormField.HARDWARE_VERSION] == "0\u0410"


@pytest.mark.parametrize(("text", "expected"), [("28/02/2030", "28/02/2030"), ("28 February 2030", "28/02/2030")])
def test_a_day_is_written_as_the_list_writes_it(text: str, expected: str) -> None:
    values = products.faultless_form(products.GAS, on=DAY) | {FormField.CPA_DATE: text}
    assert stated_values(a_form(values))[FormField.CPA_DATE] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("000001, 000002", "000001, 000002"), ("1;2", "000001, 000002"), ("n/a", "N/A"), ("ask us", "ask us")],
)
def test_an_upgrade_path_is_stated_as_numbers(text: str, expected: str) -> None:
    values = products.faultless_form(products.GAS, on=DAY) | {"Firmware Upgrade Path.Entry IDs": text}
    assert stated_values(a_form(values))[UPGRADE_PATH] == expected


def test_a_path_that_is_not_stated_stays_unknown() -> None:
    values = products.faultless_form(products.GAS, on=DAY) | {"Firmware Upgrade Path.Entry IDs": ""}
    assert UPGRADE_PATH not in stated_values(a_form(values))


def test_a_hash_for_an_entry_without_one_updates_that_entry_and_nothing_else_of_it() -> None:
    plain = products.faultless_form(products.SINGLE, on=DAY)
    line = RegisterEntry("000123", "Current", {column(name): text for name, text in plain.items()})
    change = entering(a_form(products.with_image(plain), line), DAY)
    assert (change.kind, change.entries) == (ChangeKind.UPDATE_HASH, ("000123",))
    stated = {name for name in change.values if name in EDITABLE}
    assert stated == {FormField.IMAGE_CREATOR, FormField.IMAGE_HASH, FormField.IMAGE_DESCRIPTOR}


def test_another_firmware_version_of_the_same_device_is_a_new_entry() -> None:
    plain = products.faultless_form(products.SINGLE, on=DAY)
    line = RegisterEntry("000123", "Current", {column(name): text for name, text in plain.items()})
    other = plain | {FormField.FIRMWARE_VERSION: "09:09:09:09"}
    assert entering(a_form(other, line), DAY).kind is ChangeKind.ADD
