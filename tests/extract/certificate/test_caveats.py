"""Remarks of many wordings by which a paper is less than a certificate, and what good certificates say beside them.

A remark is nothing that can be listed in full; these are of every kind that the patterns are made of.
"""

from __future__ import annotations

import pytest

from intake.extract.certificate.caveats import caveats
from intake.extract.certificate.withdrawal import standing

LESS = [
    "Version of this document: draft B", "Document version: draft", "Issue: Draft 2", "Revision: DRAFT",
    "Rev. A (draft)", "Version 0.9 draft", "Draft B", "Document state: preliminary", "Work in progress",
    "WORK-IN-PROGRESS", "WIP", "Redline", "Marked-up copy", "Checking copy", "For checking only",
    "For customer review", "Layout proof", "Print proof - not issued", "Not issued", "Unissued", "Not yet in force",
    "Blank specimen", "EXEMPLAR", "Exemplar only", "Master template", "Deprecated", "DEPRECATED - see issue 3",
    "Legacy document", "Historic", "Not the current issue", "Not the latest version", "This is not the latest issue.",
    "The latest issue of this certificate is issue 3.", "Issue 2 of this certificate exists.",
    "There is a later issue of this certificate.", "Replaced by issue 2", "Superseded by ZIG22101ZSE13181-25",
    "Superseded - see ZIG22101ZSE13181-25", "Repealed", "Quashed", "Overturned on appeal", "In abeyance",
    "This certification is in abeyance.", "Blocked", "BLOCKED BY QA", "Locked - do not use", "DO NOT USE",
    "Do not use this certificate", "Not to be used", "Quarantined", "STOP - HOLD", "HOLD", "ON HOLD pending audit",
    "De-registered", "Deregistered 3 March 2025", "Taken out of service", "Out of force", "No longer in force",
    "Out of validity", "Validity ended", "Validity withdrawn", "Its validity has ended.", "Cease to use",
    "Cancelled at the holder's request", "CANCELED", "Withdrawal notice WN-12", "Notice of withdrawal: WN-12",
    "Certificate status changed to inactive", "Licence terminated", "Certification has lapsed", "Delisted",
    "The Alliance no longer recognises this certificate.", "The Alliance has withdrawn its approval.",
    "Approval withdrawn", "We have withdrawn this certificate.", "Holder has surrendered this certificate",
    "Returned by the holder", "No rights may be derived from this copy.", "This copy has no official status.",
    "This is not an official certificate.", "Not an original", "Not valid for CPL submission", "Not for submission",
    "Not suitable for CPL purposes", "Not for contractual use", "For tender use only", "Tender copy",
    "Training example", "Demonstration certificate", "Evaluation copy", "EVALUATION ONLY", "Trial version",
    "Trial certificate", "Uncertified print", "Certificate pending final assessment", "Final report outstanding",
    "Awaiting committee decision", "Subject to final approval by the board", "Decision pending",
    "Application pending", "Applied for", "Certification applied for", "Approval sought", "Approval expected in June",
    "To follow", "Final version to follow", "Provisionally approved", "Interim approval",
    "Conditional approval - see letter", "Approved with conditions", "Passed with reservations",
    "Certified with limitations", "Certified with exceptions", "Failed", "Retest required", "To be retested",
    "Under complaint", "Subject of a dispute", "Counterfeit", "Reported stolen", "Found to be forged",
    "Certificate number not found in register", "Not in the register", "Not listed", "Invalid signature",
    "Signature missing", "Wrong product", "Wrong version printed", "Misprint", "Reissue required", "To be reissued",
    "Please disregard", "Disregard this certificate", "Ignore this page", "Sent in error", "Issued in error",
    "NULL AND VOID", "Muster ohne Wert", "Nur zu Testzwecken", "Zertifikat entzogen", "Zertifikat gesperrt",
    "GESPERRT", "Ungültig ab 1.1.2026", "Entwurf B", "CADUC", "Projet de certificat", "Copie de travail",
    "SIN EFECTO", "NULLO", "Annullato", "CONCEPT", "UNIEWAŻNIONY", "WERSJA ROBOCZA", "NEPLATNÉ", "KOPIA ROBOCZA",
    "Utkast", "UTGÅTT", "Ogiltig", "Gäller ej", "Not a final certificate", "Still to be approved",
    "Awaiting NCSC signature", "Approval outstanding", "This is a working document and may change.",
    "Subject to change", "Content may change before issue", "Pre-issue copy", "Pre-issue", "For proof-reading",
    "For internal checking by Ashdown", "Advance notice only", "Not binding", "Non-binding", "For orientation only",
    "Illustrative", "Illustration", "Indicative only", "Mock certificate", "Fake data", "Test data",
    "This is test data, not a certificate.", "Sandbox", "Staging", "UAT", "Not live", "Printed from the test system",
    "TEST SYSTEM - NOT LIVE", "Training environment", "Certificate no longer maintained", "Certificate closed",
    "Closed", "Ended 12 May 2025", "Ended", "Inoperative", "No longer applicable", "Ineffective from 1 May 2025",
    "Certificate is dead", "Dead", "Erroneously issued", "Issued wrongly", "Defective certificate",
    "Contains an error in row 4", "The firmware version above is wrong.",
    "The firmware stated here was never tested.", "Firmware not tested", "Hardware not assessed", "Not assessed",
    "Untested", "Not evaluated", "Evaluation not completed", "Partly evaluated", "Only partially tested",
    "The tests were stopped.", "Testing abandoned", "Requirements not met", "Non-compliant", "Does not comply",
    "Certification refused", "Rejected", "Appeal pending", "Decision reversed", "Suspended until audit", "Paused",
    "Under observation", "Probationary", "Probation", "Certification at risk", "Renewal refused", "Renewal overdue",
    "Overdue", "Lapsing", "Surveillance missed", "Fee not paid", "Certification fee unpaid", "Unpaid",
    "Member in arrears", "Licence expired", "Copy of a draft", "Photocopy of an invalid certificate",
    "Not the original certificate", "Copy - no legal value", "Copy without legal value", "Kopie ohne Rechtswert",
    "Ersetzt durch Ausgabe 2", "Aufgehoben", "Nicht mehr verwenden", "Nicht verwenden", "Remplacé par l'édition 2",
    "Ne pas utiliser", "No usar", "Sustituido por la edición 2", "Non utilizzare", "Sostituito", "Niet gebruiken",
    "Vervangen door uitgave 2", "Nie używać", "Brukes ikke", "Må ikke brukes", "Får ej användas",
    "Ersatt av utgåva 2", "Requires re-approval", "Certificate awaiting countersignature", "Not countersigned",
    "Unsigned - do not rely on it", "Draft No. 3", "Second draft", "Final draft", "Rough copy", "Pre-final",
    "Early version", "Development version", "Prototype certificate", "Not for external use",
    "Not to be presented to SECAS", "Not acceptable for CPL", "Invalid outside the laboratory", "Expired certificate",
    "Out-of-date copy", "Stale", "Superseded version", "Outdated - see web site", "Replaced", "Replaced March 2025",
    "Taken down", "Removed from publication", "Retracted by the author", "Recalled", "Nullified by the panel",
    "Voided", "Void - misprinted", "Suspended at holder's request", "Held pending investigation",
    "On hold until further notice", "Failed re-test in May 2025", "Test failed", "Not passed",
    "Certification unsuccessful", "Application withdrawn", "No certification granted", "No certificate issued",
    "Declared invalid", "Inadmissible", "Rejected by SECAS", "Refused by the Board", "Questionable", "Doubtful",
    "Disputed", "Authenticity not confirmed", "Unable to verify", "Could not be verified",
    "Number unknown to the Alliance", "Wrong certificate attached", "Amended copy", "Altered", "Edited", "Tampered",
    "Reconstructed from memory", "Retyped copy", "Transcript", "Unofficial transcript", "Extract only",
    "Summary only", "Abridged",
]  # fmt: skip
HONEST = [
    "Sample received: 12 May 2022", "Sample size: 3 units", "Samples tested: 2", "Test sample serial number 00012",
    "Number of test samples: 3", "Form F-12 revision 3", "Template reference: QF-18 rev 2", "Document template QF-18",
    "Certified copy held by the Alliance", "Scan to verify", "Verify this certificate at www.example.org/verify",
    "Accredited by UKAS, testing laboratory 1234", "This certificate remains the property of the Alliance.",
    "Supersedes: none", "Superseded documents: none", "Replaces: -", "Replaces issue 1", "Issue 2",
    "Issue 2, replacing issue 1", "Revision history: 1.0 initial issue", "Issue status: Issued",
    "Validity: unlimited", "Validity: until withdrawn", "Valid until further notice", "Valid until revoked",
    "Valid unless withdrawn", "This certificate is valid until withdrawn or superseded.", "Digitally sealed",
    "Electronically signed by J. Smith on 14 June 2022", "Printed on 3 March 2025",
    "Printed from the certification database", "Downloaded from the certification database on 3 March 2025",
    "Controlled document", "Document classification: internal", "Page 1", "Certificate 1 of 1",
    "Original language: English", "Made in the United Kingdom", "Registered office: 4 Hold Street, London",
    "Company registered in England no. 01234567", "VAT no. GB 123 4567 89", "All trade marks are acknowledged.",
    "ZigBee is a registered trade mark of the Alliance.", "Errors and omissions excepted", "E&OE",
    "Approved for public release", "Cleared for publication", "Released for distribution",
    "Evaluated by Example Labs Ltd", "Evaluation completed 12 May 2022", "Similarity: not applicable",
    "Product family: AML-E5", "Trade name: Draftsman", "Model name: Beta 5", "Test plan version 1.1",
    "Test harness version 5.0 beta 2", "Reviewed by A. Baker; approved by C. Dean", "Next review: not applicable",
    "Hold point: none", "Held by: Ashdown Meters Ltd", "Certificate holder: Ashdown Meters Ltd", "Stop code: none",
    "Legacy support: yes", "Backwards compatible with legacy devices", "Unlisted options: none",
    "Withdrawn options: none", "Known exceptions: none", "Limitations: none", "Conditions: none",
    "Conditions of certification: none", "Reservations: none", "Deviations from the standard: none", "Waivers: none",
    "Failed tests: 0", "Tests failed: none", "Not applicable tests: 12", "Open issues: none", "Pending items: none",
    "This certificate does not expire.", "No expiry", "Expiry: none", "Lock function: supported",
    "Blocked ports: 4059", "Test result: passed", "Overall result: PASS", "Approved without conditions",
    "Certified without limitations", "Confidential - property of Ashdown Meters Ltd", "Uncontrolled if printed",
    "Not to be copied without permission", "Issued in London", "Issued electronically; no signature is required.",
    "This is a computer-generated certificate and needs no signature.", "Best viewed on screen", "Apply seal here",
    "Company seal", "Stamp and signature", "Place for stamp", "L.S.", "For verification call 020 7946 0000",
    "Authorised signatory", "Project: AML-E5 certification", "Project number 4711", "Concept House, Cardiff",
    "Reference: DRF-0012", "File: certificate_final.pdf", "Final certificate", "Final", "Signed original",
    "Original certificate", "Certified original", "Issue date: 12 May 2022", "Live since 2022",
    "Tested and certified", "Fully tested", "All tests passed", "Fully compliant", "Compliant",
    "Complies with ZSE 1.4", "Requirements: all met", "Fee paid", "Member in good standing", "Full member",
    "Assessment: complete", "Assessed against SC v1.2", "Closed-loop test: pass", "Test system: ZTT 5.0",
    "Test environment: laboratory", "Test data held on file", "Copy for the holder", "Holder's copy", "File copy",
    "Copy: customer", "Registered copy", "Office copy", "This certificate covers the versions stated.",
    "Changes to the product must be notified.",
    "The certificate may be withdrawn at any time if the conditions are not met.",
    "Failure to comply may lead to suspension.", "Certificates that have expired are archived.",
    "Conditions of use overleaf", "See terms and conditions overleaf",
    "Use of the logo is subject to the logo policy.", "Replacement certificates are charged at cost.",
    "Lost certificates must be reported.", "Destroy all earlier copies of this certificate.",
    "This certificate supersedes all previous certificates.", "Replaces the certificate of 3 March 2020",
    "Renewed on 12 May 2022", "Extension of ZIG21100ZSE13089-24 to firmware 01:02:05:01",
    "Re-issued with new address", "Reissued 12 May 2022", "Second issue", "Latest issue", "Current issue",
    "Current version", "Overload: not applicable", "Load switch: none", "Auxiliary contact: blocked when open",
    "Status indicator: LED", "Stop bits: 1", "Parity: none", "Hold-up time: 200 ms", "Legacy mode: disabled",
    "Deprecated clusters: none", "Reserved for future use: bits 4-7", "Attributes not supported: none",
    "Optional features not implemented: none", "Unused", "Not used: pins 3, 4", "Not connected",
    "No external antenna", "Temporary overvoltage: 400 V", "Interim data storage: 13 months",
    "Draft angle: 2 degrees", "Void fraction: 0", "Null cipher: not supported", "Training frames: yes",
    "Trial board: no", "Certified in Germany", "Gültig", "Gültig ohne Unterschrift", "Originaldokument",
    "Document original", "Ceci est un original", "Nicht übertragbar", "Not transferable", "Non transferable",
    "Accredited laboratory", "Verified by the Alliance", "Confirmed", "Approved", "Certified", "Passed", "Valid",
    "In force", "Active", "Registered", "Countersigned", "Sealed", "Certified by the Alliance on 14 June 2022",
    "Prepared by the test house", "Checked by C. Dean", "Test house: Example Labs Ltd", "Report number TR-2022-114",
    "Evidence reference: EV-4", "Scope: Smart Energy", "Security Characteristics 1.2",
    "Product image for illustration", "Photographs are representative", "Cover design by Studio Draft",
    "Head of Certification", "Chair of the Certification Board", "President and CEO",
    "For and on behalf of the Alliance", "Issued under the authority of the Board",
    "This certificate is granted subject to the certification agreement.",
    "It does not imply endorsement by the Alliance.", "The certificate does not constitute a warranty.",
    "The mark may be used on the product.", "Please quote this number in all correspondence.",
    "Keep this certificate safe.", "Expiry: not applicable", "Renewal: not required", "Valid in the United Kingdom",
    "End of certificate", "End of document", "*** End ***", "This page is intentionally left blank",
    "Intentionally blank", "Blank", "Page left blank", "Notes:", "Remarks: none", "Exceptions", "Annex: none",
    "Space for stamp", "Do not write below this line", "Do not write in this space", "For Alliance use only",
    "For laboratory use only", "Protect from moisture", "Approved by equivalence",
    "Based on a declaration of similarity", "Certification by similarity", "Certified by Similarity",
    "Certified by extension from model 40:00", "Certified by similarity to ZIG17037ZSE12536-24",
    "Results transferred from a predecessor model",
]  # fmt: skip
"""Among them certificates by similarity, which the schemes themselves issue."""


def said_on(line: str) -> str | None:
    return standing([f"ZigBee Certified Product\nManufacturer 10:63\n{line}\n"])


@pytest.mark.parametrize("remark", LESS)
def test_a_remark_that_speaks_against_its_paper_is_told(remark: str) -> None:
    assert said_on(remark) is not None


@pytest.mark.parametrize("line", HONEST)
def test_what_good_certificates_say_is_no_doubt(line: str) -> None:
    assert said_on(line) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DEPRECATED - see issue 3", ["DEPRECATED"]),
        ("Rev. A (draft b)", ["draft b"]),
        ("Not live | Confidential", ["Not live"]),
        ("Legacy version: 1.0", []),
        ("Not used: pins 3, 4", []),
        ("Failed: 0", []),
        ("STOP", ["STOP"]),
        ("Stop", []),
    ],
)
def test_a_remark_stands_by_itself_on_its_line_or_between_dashes(line: str, said: list[str]) -> None:
    assert list(caveats(line)) == said


def test_the_end_of_running_text_is_no_remark() -> None:
    sentence = "The holder must tell the Alliance at once of every report by which its product is said to have\n"
    assert not list(caveats(f"{sentence}failed."))
    assert list(caveats("Test result:\nfailed.")) == ["failed"]
