"""Certificates' own words for the day until which they are valid, and what only looks like them."""

from __future__ import annotations

import pytest
from extract.drawn_pages import page

from intake.extract.certificate.ending import endings


def ends(drawing: str) -> list[str]:
    """Every day or term that the page is read to end at, each once."""
    return list(dict.fromkeys(stated.value for stated in endings("paper.pdf", page(drawing), apart_from=frozenset())))


@pytest.mark.parametrize(
    ("drawing", "day"),
    [
        ("Valid until     14/03/2025", "14/03/2025"),
        ("VALID-UNTIL     14 March 2025", "14 March 2025"),
        ("Valid until (dd/mm/yyyy): 14/03/2025", "14/03/2025"),
        ("Expiry Date     2025-03-14", "2025-03-14"),
        ("Date of expiration     March 14, 2025", "March 14, 2025"),
        ("Expires     14-Mar-2025", "14-Mar-2025"),
        ("Expiry     03/2025", "03/2025"),
        ("Expiry     March 2025", "March 2025"),
        ("Not after     2024", "2024"),
        ("EXP 14/03/2025", "14/03/2025"),
        ("Recertification due     14/03/2025", "14/03/2025"),
        ("Validity     01/03/2020 - 01/03/2023", "01/03/2023"),
        ("Validity period     from 1 March 2020 to 1 March 2023", "1 March 2023"),
        ("Certification period: 1 March 2020 to 1 March 2023", "1 March 2023"),
        ("Period of validity     12 months", "12 months"),
        ("Term     3 years", "3 years"),
        ("Valid until\n14/03/2025", "14/03/2025"),
        ("Certification     14/03/2025\nexpires on", "14/03/2025"),
        ("Certificate valid     31 December\nthrough               2024", "31 December 2024"),
        ("This certificate is valid until 14 March 2025.", "14 March 2025"),
        ("This certificate of the maker's product is valid until\n14 March 2025 and not beyond.", "14 March 2025"),
        ("If not renewed, this certificate expires on 14/03/2025.", "14/03/2025"),
        ("Valid from 1 March 2020 to 1 March 2023.", "1 March 2023"),
        ("Certificate valid for three years from the date of issue.", "three years"),
        ("No longer valid after 14 March 2025.", "14 March 2025"),
        ("The certification shall lapse on 14 March 2025.", "14 March 2025"),
        ("Gültig bis     14. März 2025", "14. März 2025"),
        ("Dieses Zertifikat ist bis zum 14.03.2025 gültig.", "14.03.2025"),
        ("Das Zertifikat läuft am 14. März 2025 ab.", "14. März 2025"),
        ("Valable jusqu'au 14 mars 2025", "14 mars 2025"),
        ("Date d\u2019expiration     14 mars 2025", "14 mars 2025"),
        ("Válido hasta el 14 de marzo de 2025", "14 de marzo de 2025"),
        ("Fecha de     14 de marzo de 2025\ncaducidad", "14 de marzo de 2025"),
        ("Il certificato scade il 14 marzo 2025", "14 marzo 2025"),
        ("Geldig tot     14 maart 2025", "14 maart 2025"),
        ("Certyfikat ważny do 14 marca 2025", "14 marca 2025"),
        ("有效期至 2025年3月14日", "2025年3月14日"),
    ],
)  # fmt: skip
def test_the_day_is_found_by_its_words(drawing: str, day: str) -> None:
    assert ends(drawing) == [day]


@pytest.mark.parametrize(
    "drawing",
    [
        "Certification Date     14 June 2022",
        "Valid from     14/03/2023",
        "Valid as of 14 March 2022",
        "Gültig ab 14.03.2022",
        "Effective date     14/03/2023",
        "Test date     14/03/2023",
        "Tested until 14 March 2022.",
        "Test period     1 March 2022 to 14 March 2022",
        "End of test     14/03/2022",
        "The end date of testing was 14/03/2022.",
        "Expiry Date     none",
        "Valid until     withdrawn by the issuer",
        "This certificate has no expiry date.",
        "This certificate does not expire. Issued on 14 March 2022.",
        "Valid only with the report of 14 March 2022.",
        "Laboratory accreditation valid until     14/03/2025",
        "This certificate replaces ZIG17037ZSE12536-24, which was valid until 14 March 2020.",
        "The validity of this certificate is shown at www.example.org.",
        "Valid until     withdrawn\nCertification Date     14 June 2022",
        "ZigBee Smart Energy Standard 1.4",
    ],
)
def test_other_days_are_no_end(drawing: str) -> None:
    assert ends(drawing) == []


def test_the_day_is_shown_where_it_stands() -> None:
    (stated,) = endings("paper.pdf", page("Valid until     14/03/2025"), apart_from=frozenset())
    assert (stated.where.document, stated.where.page, stated.where.box) == ("paper.pdf", 1, (80.0, 800.0, 130.0, 810.0))
