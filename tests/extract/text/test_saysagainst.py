"""What a paper that came as evidence says against the certificate."""

from __future__ import annotations

import pytest

from intake.extract.document import read_document
from intake.extract.text.saysagainst import said_against
from rules.facts import DocumentKind

COPY = (
    "Certificate of Compliance\nZigBee Certified Product\nWITHDRAWN\nManufacturer: 1A:5D\nModel Identification: 40:01\n"
    "Firmware Version: 01:02:05:01\nCertification ID Number: ZIG22101ZSE13181-24"
)
AGAINST = [
    "The certificate ZIG22101ZSE13181-24 has been withdrawn.",
    "ZigBee certificate ZIG22101ZSE13181-24: suspended since 3 March 2025.",
    "Please note that this certification was cancelled by the Alliance.",
    "The module is unchanged. The certificate is a draft.",
    "Certificate status: revoked",
    COPY,
]
IN_ORDER = [
    "The module of certificate ZIG22101ZSE13181-24 is unchanged.",
    "The certificate ZIG22101ZSE13181-24 replaces ZIG21100ZSE13089-24, which was withdrawn.",
    "The former certificate was withdrawn when the product was re-certified.",
    "The draft release was withdrawn in May. The certificate is not affected.",
    "Legacy meters are no longer supported. Certification is not affected by the change.",
    "A certificate may be withdrawn if the module is changed.",
    "Certificate ZIG22101ZSE13181-24 covers ZigBee module 1.2.3; the interim build failed two tests.",
]


@pytest.mark.parametrize("text", AGAINST)
def test_what_is_said_against_a_certificate_is_asked_about(text: str) -> None:
    assert len(list(said_against(text))) == 1


@pytest.mark.parametrize("text", IN_ORDER)
def test_what_leaves_it_standing_is_not(text: str) -> None:
    assert not list(said_against(text))


def test_a_text_beside_the_certificate_that_takes_it_back_is_noted() -> None:
    document = read_document("note.txt", AGAINST[0].encode()).document
    assert (document.kind, document.notes) == (DocumentKind.EVIDENCE, tuple(said_against(AGAINST[0])))
