"""What a certificate says of itself, and what only sounds like it."""

from __future__ import annotations

import pytest

from intake.extract.certificate.withdrawal import standing

NUMBER = "ZIG22101ZSE13181-24"
LONG = (
    "This certificate, which was issued to the maker named above for the product described below and may be verified "
    "on the scheme's web site by anybody who has its number, has on 3 March 2025 been withdrawn."
)
RUNNING_ON = (
    "The holder of this certificate must tell of every change of the firmware, and the certificate may then be\n"
    "withdrawn."
)
TAKEN_BACK = [
    "Status of this certificate: under review",
    "Certificate invalidated",
    "This paper serves as an example only.",
    "Pre-certification report, no certificate",
    "Void after 1 January 2026",
    "Dieses Zertifikat ist ungültig.",
    "Ce certificat est retiré.",
    "TEST CERTIFICATE",
    "For demonstration purposes only",
    "Superceded by ZIG25001ZSE14000-24",
    "Certification rescinded",
    "Zurückgezogen",
    "ANNULÉ",
    "Muster",
    "ENTWURF",
    "BOZZA",
    "作废",
    "Do not rely on this document.",
    "Unofficial copy",
    "Not for regulatory use",
    "WITHDRAWN",
    "withdrawn",
    "Withdrawn",
    "W I T H D R A W N",
    "*** SUPERSEDED ***",
    "Revoked 3 March 2025",
    "REVOKED BY THE SCHEME ON 3 MARCH 2025 - DO NOT USE THIS CERTIFICATE FOR ANY SUBMISSION",
    "Expired",
    "DRAFT",
    "Draft v3",
    "Draft for review",
    "draft",
    "Provisional certificate",
    "provisional",
    "SPECIMEN",
    "Specimen",
    "Sample",
    "SAMPLE ONLY",
    "Sample certificate",
    "Copy for information",
    "COPY FOR INFORMATION ONLY",
    "For information only",
    "Not a certificate",
    "NOT A CERTIFICATE",
    "Not valid",
    "VOID",
    "Interim certificate",
    "Uncontrolled copy",
    "Status: Withdrawn",
    "Status Suspended",
    "status: suspended",
    "Certificate status: expired",
    "Certification status SUPERSEDED",
    "Certificate of Compliance (DRAFT)",
    "ZigBee certificate \u2013 withdrawn",
    "Certificate 4711 [SUSPENDED]",
    "Superseded by ZIG23001ZSE13999-24",
    "Replaced by certificate ZIG23001ZSE13999-24",
    "This certificate has been withdrawn.",
    "This certificate is withdrawn.",
    "this certificate is hereby revoked with immediate effect.",
    "THIS CERTIFICATE HAS BEEN SUSPENDED.",
    "This certificate has been superseded by ZIG23001ZSE13999-24.",
    "The certificate was cancelled on 3 March 2025.",
    "The certification has temporarily been suspended.",
    "This certificate expired on 3 March 2025.",
    "This certificate has expired.",
    "It is no longer valid.",
    "This certificate is no longer in force.",
    "This certificate is not yet valid.",
    "This is a draft.",
    "This is a draft certificate and has no force.",
    "This document is a specimen.",
    "This document is only a sample.",
    "This document is a copy for information only.",
    "This is not a certificate.",
    "This document is not a certificate.",
    "This document does not constitute a certificate.",
    "This copy must not be used as evidence.",
    "This certificate is provisional.",
    "The test house has withdrawn this certificate.",
    "The scheme hereby revokes this certificate.",
    "We have suspended the certificate.",
    "On 3 March 2025 the Alliance cancelled this certificate.",
    LONG,
    f"Certificate {NUMBER} has been withdrawn and this certificate is void.",
    f"The certificate {NUMBER} is withdrawn.",
    "This certificate replaces GSME555000111 and is withdrawn.",
    "This certificate replaced ZIG20001ZSE11111-24 but has since been suspended.",
    "Notice: as of 1 May 2025 this certificate stands suspended.",
    "Please note that this certificate was revoked.",
    "It has been superseded.",
    "This certificate may be verified on line but is withdrawn.",
    "This certificate, if printed, is a copy for information only.",
    "NCSC hereby withdraws this certificate.",
    "The Alliance has on 3 March 2025 suspended this certificate until further notice.",
    "Certificate of Compliance - provisional",
    "<< preliminary >>",
    "obsolete",
    "Cancelled",
    "Null and void",
    "This document is not to be relied upon.",
    "The validity of this certificate has lapsed.",
]
STILL_GOOD = [
    "Dieses Zertifikat wird ungültig, wenn das Produkt geändert wird.",
    "Ce certificat peut être retiré.",
    "Das Zertifikat wurde nicht widerrufen.",
    "It is an example of a Smart Energy device.",
    "Tested under review of the laboratory's quality manual by its head and two of her colleagues in May.",
    "See the list of certified products for further information on the web site.",
    "This certificate replaces GSME555000111, which is withdrawn.",
    "This certificate replaces ZIG20001ZSE11111-24, which has been withdrawn.",
    "This certificate supersedes the previous certificate ZIG20001ZSE11111-24, now withdrawn.",
    "The previous certificate has been withdrawn.",
    "The earlier certificate ZIG20001ZSE11111-24 is hereby revoked.",
    "Certificate ZIG20001ZSE11111-24 has been superseded by this certificate.",
    "This certificate may be withdrawn if the product is changed.",
    "This certificate may be suspended or withdrawn at any time.",
    "This certificate will be revoked if the fee is not paid.",
    "If this certificate is withdrawn, the mark must be removed.",
    "This certificate is valid unless it has been withdrawn.",
    "This certificate is valid until withdrawn.",
    "Where the certificate is suspended the maker must tell its customers.",
    "Withdrawn certificates are listed on the web site.",
    "Expired certificates must be returned.",
    "Any certificate that is suspended must not be used.",
    "This certificate has not been withdrawn.",
    "This certificate is neither suspended nor withdrawn.",
    "Withdrawn: no",
    "Status: Active",
    "Status: Valid",
    "This certificate expires on 30 August 2029.",
    "Expiry Date 30 August 2029",
    "Sample number 4711",
    "Samples were received on 4 May 2022.",
    "Tested sample: serial 000017",
    "Specimen \u2013 invented for cpl-intake",
    "The certificate can be revoked by the scheme.",
    "The scheme may withdraw this certificate.",
    "The scheme can revoke this certificate where the product is changed.",
    "This certificate shall be void if it is altered.",
    "The product was tested and certified under ZigBee.",
    RUNNING_ON,
]


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_what_takes_a_certificate_back_is_noticed(text: str) -> None:
    assert standing([f"ZigBee Certificate of Compliance\nManufacturer 1A:5D\n{text}"], NUMBER) is not None


@pytest.mark.parametrize("text", STILL_GOOD)
def test_what_leaves_a_certificate_standing_is_no_alarm(text: str) -> None:
    assert standing([f"ZigBee Certificate of Compliance\nManufacturer 1A:5D\n{text}"], NUMBER) is None


def test_the_word_is_told_as_printed() -> None:
    assert standing(["Status: Suspended since May"]) == "Suspended"
