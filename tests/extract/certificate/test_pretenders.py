"""Papers with a certificate's labels that are none, and headings of certificates that only sound so."""

from __future__ import annotations

import pytest
from extract import papers

from intake.extract.certificate.pretenders import called_otherwise, of_another_kind
from intake.extract.document import read_document

FACTS = {"Manufacturer": "1A:5D", "Model Identification": "40:01", "Certification ID Number": "ZIG22101ZSE13181-24"}


@pytest.mark.parametrize(
    ("heading", "titled"),
    [
        ("ZigBee Certification Application Form", False),
        ("Application for ZigBee certification", False),
        ("ZigBee test report 4711", False),
        ("Summary\nZigBee Smart Energy test results", False),
        ("Request for certification", False),
        ("DLMS conformance questionnaire", False),
        ("Product data sheet", False),
        ("Prüfbericht ZigBee", False),
        ("ZigBee Certified Products - search result", True),
        ("Search results\nZigBee Certified Product", True),
        ("Alliance\nZigBee Certified Products, search results", True),
        ("Application for a ZigBee Certificate of Compliance", True),
        ("Application form\nCommercial Product Assurance", True),
        ("CPA Evaluation Technical Report", True),
        ("Commercial Product Assurance: Assurance Maintenance Plan", True),
        ("CPA Certificate - Request for Extension", True),
        ("CPA certificate renewal request", True),
        ("DLMS Conformance Test Information (CTI)", True),
        ("DLMS Self-certification Statement", True),
        ("ZigBee Letter of Authorization", False),
        ("CPA Statement of Intent", False),
        ("DLMS User Association: Test Plan", True),
        ("Commercial Product Assurance: Declaration of Conformity", True),
        ("Commercial Product Assurance: Readiness Review", True),
        ("ZigBee Certificate Worksheet", True),
        ("ZigBee Alliance: Confirmation of Booking", True),
        ("NCSC CPA certificate change notice", True),
    ],
)
def test_what_a_paper_calls_itself_is_told(heading: str, *, titled: bool) -> None:
    kind = called_otherwise([f"{heading}\nManufacturer 1A:5D"], {1} if titled else set())
    assert kind is not None
    assert kind in heading


@pytest.mark.parametrize(
    ("heading", "titled"),
    [
        ("ZigBee Certificate of Compliance", True),
        ("Certificate of Conformance, based on test report 4711", True),
        ("Test report no. 4711\nCertificate of Conformance", True),
        ("Certificate of Compliance\nApplication Profile: Smart Energy", True),
        ("ZigBee Certificate of Compliance\nModel 40:01\nTest report", True),
        ("Certificate of Compliance\nProduct description", True),
        ("ZigBee Smart Energy 1.4", False),
        ("According to the test report", False),
        ("The applications of the device", False),
        ("ZigBee Certificate, requested by Ashdown", True),
        ("Certificate of Compliance\nIn accordance with the maintenance plan", True),
        ("Type Examination Certificate", True),
        ("Evidence: test report\nCertificate of Conformance", True),
        ("DLMS User Association: Certificate of Conformance", True),
    ],
)
def test_a_certificate_is_not(heading: str, *, titled: bool) -> None:
    assert called_otherwise([f"{heading}\nManufacturer 1A:5D"], {1} if titled else set()) is None


def test_the_page_with_the_title_counts() -> None:
    assert called_otherwise(["Test report", "Certificate of Compliance"], {2}) is None
    assert called_otherwise(["", "Test report"], set()) is None


def test_such_a_paper_is_for_a_person() -> None:
    notes = read_document("a.pdf", papers.lines("ZigBee Certification Application Form", FACTS)).document.notes
    assert [note for note in notes if "It calls itself 'Application Form'" in note]
    assert read_document("a.pdf", papers.lines("ZigBee Certificate of Compliance", FACTS)).document.notes == ()


@pytest.mark.parametrize(
    "heading",
    [
        "ZigBee Compliant Platform Certificate", "ZigBee Member Certificate", "DLMS UA Membership Certificate",
        "IDIS Certificate of Conformity (DLMS/COSEM)", "NCSC Cyber Essentials Plus Certificate",
        "ZigBee Home Automation Certified Product", "ZigBee Green Power certified product", "STS Certificate",
        "Certificate of Attendance, CPA workshop", "DLMS Certificate of Training", "G3-PLC Certificate (DLMS/COSEM)",
        "ZigBee Certificate of Interest", "Commercial Product Assurance: Certificate of Participation",
    ],
)  # fmt: skip
def test_certificates_of_other_kinds_are_told(heading: str) -> None:
    kind = of_another_kind([f"{heading}\nManufacturer 1A:5D"], {1})
    assert kind is not None
    assert kind in heading


@pytest.mark.parametrize(
    "heading",
    [
        "ZigBee Certificate of Compliance\nPlatform: EM357 compliant platform", "DLMS Certificate of Conformance",
        "CPA Foundation Grade Certificate", "ZigBee Certified Product\nIssued to a member of the Alliance",
        "Certificate of Compliance, see also home automation", "DLMS User Association: Certificate of Conformity",
        "NCSC Certificate of Assurance", "Certificate of the ZigBee Alliance",
    ],
)  # fmt: skip
def test_what_a_certificate_says_of_others_is_not_its_kind(heading: str) -> None:
    assert of_another_kind([f"{heading}\nManufacturer 1A:5D"], {1}) is None


def test_a_certificate_of_another_kind_is_for_a_person() -> None:
    notes = read_document("a.pdf", papers.lines("ZigBee Compliant Platform Certificate", FACTS)).document.notes
    assert [note for note in notes if "another kind of certificate" in note]
