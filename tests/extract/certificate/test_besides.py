"""Further firmware versions on a certificate, and words in a writing that nobody here reads."""

from __future__ import annotations

import pytest
from extract import papers
from extract.facts_on_paper import ZIGBEE

from intake.extract.certificate.besides import besides
from intake.extract.document import read_document

TITLE = "ZigBee Certificate of Compliance"


def notes(*lines: str) -> list[str]:
    paper = papers.joined(papers.lines(TITLE, ZIGBEE), papers.prose(lines))
    return list(read_document("p.pdf", paper).document.notes)


@pytest.mark.parametrize(
    "line",
    [
        "Revision 2 of 14/09/2023: firmware updated to 01:02:05:07",
        "Annex A - Additional firmware versions: 01:02:05:07, 01:02:05:08",
        "01:02:05:07",
    ],
)
def test_another_firmware_version_is_asked_about(line: str) -> None:
    assert any("01:02:05:07 besides" in note or "01:02:05:07, " in note for note in notes(line))


@pytest.mark.parametrize(
    "line",
    [
        "This certificate covers firmware 01:02:05:06 alone.",
        "MAC address 00:11:22:33:44:55, EUI 00:11:22:FF:FE:33:44:55",
        "Printed at 12:30:15",
        "SHA-256 " + ":".join(["AB"] * 32),
    ],
)
def test_its_own_version_and_other_codes_are_not(line: str) -> None:
    assert notes(line) == []


@pytest.mark.parametrize(
    ("line", "number"), [("Сертификат отозван", 1), ("Πιστοποιητικό", 1), ("5 µA, 3 Ω, π", 0), ("証明書 인증서", 0)]
)
def test_words_that_cannot_be_read_are_asked_about(line: str, number: int) -> None:
    assert len(list(besides(["Certificate", line], (), {}))) == number
