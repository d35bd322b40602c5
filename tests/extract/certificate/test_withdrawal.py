"""Words in capitals within a line: a stamp that was typed into the text."""

from __future__ import annotations

import pytest

from intake.extract.certificate.withdrawal import standing

LINES: dict[str, str | None] = {
    "Ref 12 WITHDRAWN see list": "WITHDRAWN",
    "Ref 12 withdrawn see list": None,
    "REF 12 WITHDRAWN SEE LIST": None,
    "Any certificate WITHDRAWN": None,
    "Issue 3 VOID here": "VOID",
    "Copy of it, OBSOLETE since May": "OBSOLETE",
}


@pytest.mark.parametrize("line", LINES)
def test_a_word_in_capitals_among_small_letters_takes_the_certificate_back(line: str) -> None:
    assert standing(["Certificate of Compliance", line]) == LINES[line]


APPLICATIONS: dict[str, str | None] = {
    "Application rejected": "rejected",
    "Submission refused: see the letter": "refused",
    "Request withdrawn on 3 May 2026": "withdrawn",
    "Application approved": None,
    "Application version 1.2": None,
    "Application: smart metering": None,
}


@pytest.mark.parametrize("line", APPLICATIONS)
def test_what_was_asked_for_and_not_granted_is_no_certificate(line: str) -> None:
    assert standing(["Certificate of Compliance", line]) == APPLICATIONS[line]


PLAINLY = [
    "Certificate replaced by a newer one on 04/05/2026.",
    "Certification was terminated at the request of the manufacturer.",
    "Certification is under appeal.",
    "This version of the certificate is no longer in force.",
    "The holder has surrendered this certificate.",
    "Certification body: accreditation withdrawn 2026",
    "Not for distribution - internal test print",
    "Copy of a cancelled certificate, kept for our files.",
    "A non-conformity is open (NC-3).",
    "Testing is incomplete.",
    "Certified with waiver W-12.",
    "This certificate applies to engineering samples only.",
    "Issued on a temporary basis for 90 days from the date of issue.",
    "This is a pre-certificate. The final certificate will be issued after the audit.",
    "[x] Provisional   [ ] Final",
    "\u2610 Final  \u2612 Provisional",
    "Final [ ]  Provisional [x]",
    "Certificate declined",
    "Certification has been paused.",
    "Certified until further notice; currently suspended",
    "Voluntarily withdrawn at the request of the manufacturer",
    "Conformance not demonstrated",
    "Compliance could not be established.",
    "Counterfeit - report to the Alliance",
    "Delisted on 3 March 2026",
    "Struck off the register of certified products",
    "Removed from the list of certified products",
    "Dormant",
    "For training purposes only",
    "Issued for comment",
    "Issued for pre-compliance purposes",
    "Not for circulation - for approval",
    "NOT FOR PRODUCTION USE",
    "Non-conformance raised; see NCR 12",
    "Not in good standing",
    "Pending Board approval",
    "Pilot certificate",
    "Provisional - valid 90 days",
    "See ZIG23001ZSE13190-24, which replaces this certificate",
    "This product failed surveillance testing.",
    "To be re-issued",
    "This page left as example only",
    "Assurance maintenance lapsed",
    "CPA assurance withdrawn by NCSC 12/05/2026",
    "Mitigation DEV.M355 not met",
    "Not to be deployed after 01/06/2026",
    "Certificate not renewed",
    "Approval withheld",
    "This approval was disallowed by the Panel.",
    "The certificate holder no longer exists.",
    "Product not eligible for listing",
    "Certificate under dispute",
    "Registration cancelled by the holder",
    "Consultation draft",
    "This certificate has reached end of life.",
]
ABROAD = [
    "Todistus on peruutettu",
    "Tanúsítvány visszavonva",
    "Certifikát byl zrušen",
    "Sertifika iptal edilmiştir",
    "Sertifika ask\u0131ya al\u0131nd\u0131",
    "Świadectwo utraciło ważność",
    "Certifikatet er trukket tilbake",
    "本証明書は失効しました",
    "인증서가 취소되었습니다",
]
NO_ALARM = [
    "Certification is withdrawn if the product is changed.",
    "Certificates may be suspended or withdrawn.",
    "No waivers were granted.",
    "All findings are closed.",
    "Testing is complete.",
    "[ ] Provisional   [x] Final",
    "Final [x]  Provisional [ ]",
    "The production line was audited on 3 May 2022.",
    "The certified hardware is the production version.",
    "The licence holder shall return the certificate when asked.",
    "No non-conformances were raised.",
    "The product failed none of the tests.",
    "If the product failed a test, it was tested again.",
    "This certificate replaces ZIG21100ZSE13089-24.",
    "Superseded by none",
    "Withdrawn on -",
    "Date of suspension -",
    "Counterfeit products are reported to the Alliance.",
    "Fraudulent use will be prosecuted.",
    "End of life: 2035",
    "Status: Signed",
    "Statut : certifié",
    "Clause 4.1 not applicable",
    "Issued for the United Kingdom",
    "Product removed from its packaging before the tests",
]


@pytest.mark.parametrize("line", [*PLAINLY, *ABROAD])
def test_what_is_wanting_or_said_without_this_is_noticed(line: str) -> None:
    assert standing(["Certificate of Compliance\nManufacturer 1A:5D", line]) is not None


@pytest.mark.parametrize("line", NO_ALARM)
def test_conditions_and_what_is_in_order_alarm_nobody(line: str) -> None:
    assert standing(["Certificate of Compliance\nManufacturer 1A:5D", line]) is None
