"""Rows by which certificates answer whether they count, each in words of its own."""

from __future__ import annotations

import pytest

from intake.extract.certificate.answers import answered
from intake.extract.certificate.withdrawal import standing

BAD = [
    "Valid: No", "Active  False", "Certified No", "Compliant  No", "Is this certificate in force? no", "Current  n",
    "Revoked  Yes", "Withdrawn: yes, on 3 March 2026", "Suspended? Y", "Superseded  true", "Expired: Yes",
    "Decision: Refused", "Certification decision  Denied", "Grant  denied", "Stage: Preliminary", "Outcome  Rejected",
    "Conformity  Not established", "Compliance: Non-compliant", "Approval  Pending", "Certificate Type  Provisional",
    "Type of certificate: interim", "Version of this document: Draft 3", "Document version  draft v0.3",
    "Surveillance  Overdue", "Listed  Removed", "Listing: de-listed", "Certified product: no",
    "Document stage: pre-release", "Certification  not yet granted",
]  # fmt: skip
GOOD = [
    "Valid: Yes", "Active  True", "Certified Yes", "Compliant: yes", "Revoked: No", "Withdrawn  -", "Expired  no",
    "Superseded by  none", "Decision: granted", "Stage: production", "Outcome  Pass", "Conformity  established",
    "Approval  Dr A. Voss", "Certificate Type  Full", "Type of certificate: product", "Document version  3.1",
    "Surveillance: annual", "Listed  yes", "Certificate No  1234", "Approval No", "Valid No", "Current  100 A",
    "Listing: private", "Phase  three", "Current: 0.25 - 5 (100) A", "Registered No", "Registered No 01234567",
    "Certification  by similarity", "Test stage: complete", "The decision to grant is refused to nobody by this rule.",
]  # fmt: skip
"""`Valid No` alone may be the number of something; its row has more."""


@pytest.mark.parametrize("row", BAD)
def test_a_bad_answer_is_told(row: str) -> None:
    assert standing([f"ZigBee Certified Product\nManufacturer 10:63\n{row}\n"]) is not None


@pytest.mark.parametrize("row", [row for row in GOOD if row != "Valid No"])
def test_a_good_answer_and_a_number_are_not(row: str) -> None:
    assert standing([f"ZigBee Certified Product\nManufacturer 10:63\n{row}\n"]) is None


def test_a_row_is_given_as_it_is_printed() -> None:
    assert list(answered("  Compliant  No \nRevoked: no\nStage: draft")) == ["Compliant  No", "Stage: draft"]
