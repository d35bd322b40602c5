"""What an addendum in a certificate's file adds to the device, and pages behind that add nothing."""

from __future__ import annotations

import pytest
from extract import papers

from intake.extract.certificate.addenda import with_addenda
from intake.extract.document import read_document
from rules.facts import Stated, Where
from rules.fields import Label

FIRST = {Label.FIRMWARE_VERSION: "01:02:04:00", Label.HARDWARE_VERSION: "02_0A", Label.MODEL_IDENTIFICATION: "40:01"}


def added(text: str) -> dict[str, list[str]]:
    """The values that a second page adds, by their labels."""
    values: dict[str, list[Stated]] = {label: [Stated(value, Where("a.pdf", page=1))] for label, value in FIRST.items()}
    both = with_addenda(values, "a.pdf", ["ZigBee Certificate of Compliance", text])
    more = {label: [stated.value for stated in listed[1:]] for label, listed in both.items()}
    assert all(stated.where.page == 2 for listed in both.values() for stated in listed[1:])
    return {label: values for label, values in more.items() if values}


@pytest.mark.parametrize(
    ("text", "label", "values"),
    [
        ("Addendum 1 to this\nAdded firmware version 01:02:05:01", Label.FIRMWARE_VERSION, ["01:02:05:01"]),
        ("AMENDMENT\nFirmware: 1:2\nFirmware: 1:3", Label.FIRMWARE_VERSION, ["1:2", "1:3"]),
        ("Extension of 3 May 2023\nFW 1.2.5.1 is covered", Label.FIRMWARE_VERSION, ["1.2.5.1"]),
        ("Supplement\nThe hardware version 02_0B is certified, too.", Label.HARDWARE_VERSION, ["02_0B"]),
        ("Assurance maintenance\nModel 40:02 was assessed", Label.MODEL_IDENTIFICATION, ["40:02"]),
        ("Nachtrag\nFirmware 01:02:05:01", Label.FIRMWARE_VERSION, ["01:02:05:01"]),
        ("Avenant n° 1\nfirmware version 01:02:05:01", Label.FIRMWARE_VERSION, ["01:02:05:01"]),
    ],
)  # fmt: skip
def test_an_addendum_s_values_stand_beside_the_first(text: str, label: Label, values: list[str]) -> None:
    assert added(text) == {label: values}


@pytest.mark.parametrize(
    "text",
    [
        "Addendum\nFirmware 01:02:04:00 stays certified.",
        "Conditions\nFirmware 01:02:05:01 was not tested.",
        "An extension may be asked for.\nFirmware 01:02:05:01",
        "Extension of the scope must be applied for.",
        "Addendum\nDated 03.05.2023",
        "Extensions: none\nModel AML-E5 (40:01)",
    ],
)
def test_other_words_add_nothing(text: str) -> None:
    assert added(text) == {}


def test_which_value_counts_is_for_a_person() -> None:
    facts = {
        "Manufacturer": "1A:5D",
        "Firmware Version": "01:02:04:00",
        "Certification ID Number": "ZIG22101ZSE13181-24",
    }
    first = papers.lines("ZigBee Certificate of Compliance", facts)
    more = papers.lines("Addendum 1", {"Added firmware version": "01:02:05:01"})
    document = read_document("a.pdf", papers.joined(first, more)).document
    assert document.certificate is not None
    assert document.certificate.stated(Label.FIRMWARE_VERSION) is None
    (note,) = document.notes
    assert "01:02:05:01" in note
