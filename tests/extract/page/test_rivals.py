"""Two values printed in one place: nobody can say which is meant, so neither is compared."""

from __future__ import annotations

import pytest
from extract import handmade
from extract.facts_on_paper import ZIGBEE
from extract.handmade import LEFT, shown

from intake.extract import unreadable as says
from intake.extract.document import read_document

TITLE = "ZigBee Certificate of Compliance"
WRONG = {
    "Manufacturer": "10:64",
    "Model Identification": "00:22",
    "Hardware Version": "01_03",
    "Firmware Version": "01:02:05:07",
    "Certification ID Number": "ZIG22041ZSE13121-25",
}


def read(facts: dict[str, str], over: str = "", under: str = "") -> tuple[dict[str, str], tuple[str, ...]]:
    content = handmade.document(handmade.certificate(TITLE, facts, over=over, under=under))
    document = read_document("p.pdf", content).document
    assert document.certificate is not None, document
    return {label: stated.value for label, stated in document.certificate.facts.items()}, document.notes


@pytest.mark.parametrize("label", WRONG)
@pytest.mark.parametrize("size", [handmade.SIZE, 14])
@pytest.mark.parametrize(("across", "up"), [(0, 0), (1.5, 1), (3, 3), (0, 5.5)])
def test_neither_of_two_values_in_one_place_is_read(label: str, across: float, up: float, size: float) -> None:
    place = LEFT + across, handmade.row_of(ZIGBEE, label) + up
    for below, above in ((WRONG[label], ZIGBEE[label]), (ZIGBEE[label], WRONG[label])):
        facts, notes = read({**ZIGBEE, label: below}, shown(above, *place, size=size))
        assert set(facts) == set(ZIGBEE) - {label}
        assert notes in {(), (says.PDF_OVERPRINTED,)}
        assert notes or across  # letters in one place are said so; among each other they make no value at all


def test_the_one_that_can_be_seen_counts_where_the_other_cannot() -> None:
    label = "Firmware Version"
    y = handmade.row_of(ZIGBEE, label)
    white = f"q 1 1 1 rg {shown(WRONG[label], LEFT, y)} Q"
    facts, notes = read(ZIGBEE, under=white)
    assert (facts[label], notes) == (ZIGBEE[label], (says.PDF_UNSEEN,))
    patched = f"q 1 1 1 rg {LEFT - 1} {y - 3} 90 13 re f Q {shown(ZIGBEE[label], LEFT, y)}"
    facts, notes = read({**ZIGBEE, label: WRONG[label]}, patched)
    assert facts.get(label, ZIGBEE[label]) == ZIGBEE[label]
    assert notes == (says.PDF_UNSEEN,)


def test_a_value_printed_twice_alike_has_no_rival() -> None:
    label = "Firmware Version"
    for across in (0, 0.3):
        _, notes = read(ZIGBEE, shown(ZIGBEE[label], LEFT + across, handmade.row_of(ZIGBEE, label)))
        assert says.PDF_OVERPRINTED not in notes
