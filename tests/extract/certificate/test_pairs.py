"""A page as text beside the pairs read from it: labels, values, blocks of lines, wrapped values, without a PDF."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from extract.drawn_pages import page

from intake.extract.certificate.blocks import blocks_of
from intake.extract.certificate.kinds.zigbee import ZIGBEE
from intake.extract.certificate.labels import find_labels
from intake.extract.certificate.pairing import pair
from intake.extract.certificate.wrapping import joined


def pairs(drawing: str) -> dict[str, str | None]:
    """Label to value; None where the value's lines cannot be put together for certain, or it heads several values."""
    runs = page(drawing)
    values: dict[str, str | None] = {}
    for paired in pair(find_labels(runs, ZIGBEE), runs):
        name = paired.label.name
        value = paired.inline or joined(paired.lines, prose=name in ZIGBEE.prose)
        values[name] = None if paired.several else value
    return values


DATE: dict[str, str | None] = {"Certification Date": "30 August 2023"}
ALL: dict[str, str | None] = {
    "Manufacturer": "Example Meters",
    "Model Identification": "10:6C",
    "Firmware Version": "01:02:05:0A",
}

PAGES: dict[str, tuple[str, Mapping[str, str | None]]] = {
    "beside": (
        """
Manufacturer              Example Meters
Model Identifier          10:6C
Firmware Version          01:02:05:0A
""",
        ALL,
    ),
    "below": (
        """
Manufacturer              Model Identifier          Firmware Version
Example Meters            10:6C                     01:02:05:0A
""",
        ALL,
    ),
    "behind a colon": (
        """
Manufacturer: Example Meters
Model Identifier: 10:6C
Firmware Version: 01:02:05:0A
""",
        ALL,
    ),
    "one below the other": (
        """
Certification Date
30 August 2023

Firmware Version
01:02:05:0A
""",
        DATE | {"Firmware Version": "01:02:05:0A"},
    ),
    "a label without a value takes none of its neighbours'": (
        """
Manufacturer              Example Meters
Model Identifier
Firmware Version          01:02:05:0A
""",
        {"Manufacturer": "Example Meters", "Firmware Version": "01:02:05:0A"},
    ),
    "a label in two lines": (
        """
Certification             ZIG2023ZB-0001
ID Number

Certification Date        30 August 2023
""",
        DATE | {"Certification ID Number": "ZIG2023ZB-0001"},
    ),
    "prose wraps at a space": (
        """
Certification Date        30 August 2023

Product Type              Gas Smart Metering
                          Equipment
""",
        DATE | {"Type of Device": "Gas Smart Metering Equipment"},
    ),
    "a code wraps at its hyphen": (
        """
Certification ID Number   ZIG20XX-
                          9

Certification Date        30 August 2023
""",
        DATE | {"Certification ID Number": "ZIG20XX-9"},
    ),
    "a code wraps at its colon": (
        """
Firmware Version          01:02:
                          05:0A

Certification Date        30 August 2023
""",
        DATE | {"Firmware Version": "01:02:05:0A"},
    ),
    "two codes in one cell are no code": (
        """
Firmware Version          01:02:05:0A
                          01:02:05:0B

Certification Date        30 August 2023
""",
        DATE | {"Firmware Version": None},
    ),
    "a code with words below it": (
        """
Firmware Version          01:02:05:0A
                          and later

Certification Date        30 August 2023
""",
        DATE | {"Firmware Version": None},
    ),
    "a column of values": (
        """
Manufacturer              Model Identifier

Example Meters            10:6C

Other Meters              10:6D
""",
        {"Manufacturer": None, "Model Identification": None},
    ),
    "words in a sentence are no label": (
        """
Notes                     the Manufacturer is bound to say so
""",
        {},
    ),
    "one word in a margin is no label": (
        """
Version                   7
""",
        {},
    ),
    "a row of another thing in a table set as close as lines": (
        """
Item                      Details
Manufacturer              Example Meters
Test House                Example Laboratory
Model Identifier          10:6C
Firmware Version          01:02:05:0A
""",
        {"Manufacturer": "Example Meters", "Model Identification": "10:6C", "Firmware Version": "01:02:05:0A"},
    ),
    "what goes on with a label in small letters is no row": (
        """
Manufacturer              Example Meters
Model Identifier          10:6C
(all variants)            and others
Firmware Version          01:02:05:0A
""",
        {},
    ),
    "words close to a label in a table that is set wider are no row": (
        """
Manufacturer              Example Meters

Assured                   Gas Smart
Product Type              Metering Equipment

Model Identifier          10:6C
""",
        {"Manufacturer": "Example Meters", "Model Identification": "10:6C"},
    ),
    "a second line too near the next row": (
        """
Manufacturer              Example Meters
                          Limited
Model Identifier          10:6C
""",
        {},
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_values_of_a_page(name: str) -> None:
    drawing, expected = PAGES[name]
    assert pairs(drawing) == expected


def test_lines_of_one_cell_are_one_block_and_rows_beside_labels_are_not() -> None:
    runs = page(PAGES["a code wraps at its colon"][0])
    labels = find_labels(runs, ZIGBEE)
    values = [run for run in runs if not any(run in label.runs for label in labels)]
    blocks = [[run.text for run in block.lines] for block in blocks_of(values, labels)]
    assert blocks == [["01:02:", "05:0A"], ["30 August 2023"]]
