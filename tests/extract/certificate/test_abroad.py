"""What papers call themselves in other languages, and what only looks like it."""

from __future__ import annotations

import pytest

from intake.extract.certificate.abroadwords import ALONE, ENDED
from intake.extract.certificate.withdrawal import standing

TAKEN_BACK = [
    *ALONE,
    *ENDED,
    "DRAFFT",
    "Utkast v2",
    "- CONCEPT -",
    "TASLAK 12.03.2026",
    "Tynnwyd y dystysgrif hon yn ôl.",
    "Statws: wedi'i hatal",
    "Certificaat geschorst",
    "Сертификат приостановлен",
    "đã hủy",
    "BẢN NHÁP",
    "UDKAST til godkendelse",
    "Wedi'i dynnu'n ôl",
    "临时证书",
    "Stav: návrh",
    "Būsena: PROJEKTAS",
    "Remark: MUSTAND",
]
HARMLESS = [
    "Modelo: concept",
    "Mae'r dystysgrif hon yn ddilys heb lofnod.",
    "Concept: smart metering",
    "The concept of the certificate",
    "Projekt: 12",
    "Modelo",
    "Exemplar 1",
    "Annullierungen werden im Internet veröffentlicht.",
    "Gellir tynnu'n ôl y dystysgrif hon.",
    "Het certificaat kan worden geschorst.",
    "Muestra",
    "样品数量: 3",
    "Smart meter, proof of concept completed",
]


@pytest.mark.parametrize("line", TAKEN_BACK)
def test_what_takes_a_paper_back_is_told(line: str) -> None:
    assert standing([f"ZigBee Certified Product\nManufacturer 10:63\n{line}\n"]) is not None


@pytest.mark.parametrize("line", HARMLESS)
def test_words_of_daily_use_and_conditions_are_not(line: str) -> None:
    assert standing([f"ZigBee Certified Product\nManufacturer 10:63\n{line}\n"]) is None
