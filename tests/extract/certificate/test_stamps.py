"""Which stamps and remarks make a paper less than a certificate, and which only say how it is to be handled.

A false alarm costs a person one look, a miss a wrong `ready`; but what stands on every second good certificate of a
company that marks its papers would cost that look each time, and tells nothing.
"""

from __future__ import annotations

import pytest

from intake.extract.certificate.withdrawal import standing

LESS = [
    "Uncontrolled copy", "UNCONTROLLED COPY", "Uncontrolled", "For information only",
    "Confidential - not for release", "Not for release", "Not for publication", "Draft - confidential",
    "CONFIDENTIAL DRAFT", "Internal draft", "Internal draft - do not distribute", "For internal review only",
    "For internal use only - not a certificate", "For discussion only", "Not released", "Unreleased", "Preview",
    "Pre-release", "Unapproved", "Not approved", "Awaiting approval", "Awaiting signature", "Unsigned", "Not signed",
    "To be signed", "Not yet published", "Not official", "Not an official document", "Unverified", "Not verified",
    "Copy - not valid", "This copy is not valid", "Not valid as proof of certification", "Working copy",
    "Working document", "Working draft", "Pre-publication copy", "Advance copy", "Unofficial translation",
    "Information copy", "Reading copy", "For your information", "FYI", "Not for certification purposes",
    "Not for use in submissions", "For training only", "Internal specimen", "Mock-up", "Mockup", "Placeholder",
    "Example only", "Lorem ipsum", "Simulated", "Fictitious", "Test only", "For test purposes only",
    "Release candidate", "Proposed", "To be confirmed", "TBC", "TBD", "Uncertified draft",
    "Do not use for production", "Unkontrollierte Kopie", "Copie non contrôlée", "Copie non maîtrisée",
    "Copia no controlada", "Copia non controllata", "Kopie ohne Gültigkeit", "This document has no legal force",
    "Without legal effect", "Out of date", "Old version", "Superseded copy", "Archive copy",
    "For historical purposes", "Historical reference only", "Archived",
]  # fmt: skip
"""Drafts, papers without approval, copies that nobody keeps up: a person looks."""
ALTERED = [
    "Corrigendum: 01:02:04:00", "Handwritten: 7F not 00", "Firmware as amended by hand",
    "Corrected by hand 12/03/2025", "Firmware Version: see correction overleaf",
    "Amendment 1: firmware version changed", "Manual correction", "Note: value corrected", "Amended",
    "Model number altered by hand",
]  # fmt: skip
"""Somebody changed what it says after it was issued."""
HANDLED = [
    "Do not distribute", "Do not distribute without permission.", "For internal use only", "Internal use only",
    "INTERNAL", "Confidential", "CONFIDENTIAL", "Strictly confidential", "Commercial in confidence",
    "COMMERCIAL - IN CONFIDENCE", "Company confidential", "Proprietary and confidential",
    "Confidential and proprietary - do not copy", "Do not copy", "Do not photocopy or forward.", "Do not forward",
    "OFFICIAL", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE COMMERCIAL", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:GREEN",
    "Restricted", "RESTRICTED CIRCULATION", "Limited distribution", "Distribution: restricted",
    "Not to be reproduced without permission", "This document must not be reproduced except in full.",
    "Not for onward transmission", "Uncontrolled when printed", "UNCONTROLLED WHEN PRINTED",
    "Uncontrolled copy when printed", "Printed copies are uncontrolled", "Uncontrolled if printed",
    "This document is uncontrolled when printed.", "Controlled copy", "Copy 2 of 3", "Page 1 of 1", "Vertraulich",
    "Nur für den internen Gebrauch", "Confidentiel", "Usage interne uniquement", "Riservato", "Confidencial",
    "Streng vertraulich", "For the recipient only", "Addressee only", "Private and confidential", "Export controlled",
    "Contains trade secrets", "Not for resale", "All rights reserved. Do not reproduce.", "Do not remove this label",
    "Do not bend", "Do not alter this certificate.", "Customer confidential", "NDA required", "Subject to NDA",
    "Classified: company restricted", "Public", "Unclassified", "Distribution prohibited without consent",
    "Please do not print this document.", "Original", "Electronic copy", "Certified copy", "Certified true copy",
    "Duplicate issued on request", "Copyright 2022", "Draft guidance is available at www.example.org.",
]  # fmt: skip
"""Who may see it, and what becomes of print-outs: nothing of whether it is valid."""
HARMLESS = [
    "This certificate must not be altered.", "Any alteration voids this certificate.",
    "Directive 2014/53/EU as amended by Regulation (EU) 2018/1139", "Approved by: J. Smith",
    "Approval date: 14 June 2022", "Approval number 1234", "Subject to the terms of the Alliance.",
    "Certification is subject to annual surveillance.", "The holder must notify every change of the product.",
    "The firmware version may be changed only with approval.",
    "If the product is modified, certification must be renewed.", "Error detection and correction: supported",
    "Corrections may be requested within 30 days.", "No corrections, no erasures.", "No manual changes were made.",
    "This certificate is valid without a handwritten signature.", "Valid without signature", "Signed electronically",
    "This document was signed electronically and is valid without signature.", "Digitally signed by ZigBee Alliance",
    "Reviewed by: A. Baker", "Reviewed and approved", "Released", "Released for production",
    "Test laboratory: TUV Rheinland", "Test report: TR-1234", "Test specification: ZSE 1.4", "Tested by: NTS",
    "Testing completed 1 June 2022", "Trial Road 4, London", "Comments: none", "Comment: -",
    "For information see www.example.org", "For more information contact the Alliance.",
    "Translation by the Alliance", "Certified translation", "Change history: none", "Change control: ECR 12",
    "Revision: A", "Version 1.0", "Issue 1", "Document control: rev 2", "Date of approval 14 June 2022",
    "Amendment No.: 0", "Amendments: none", "Amd 1", "ISO/IEC 17025:2017/Amd 1:2020", "EN 50470-3:2006/A1:2018",
    "Corr. 1 to IEC 62056-5-3", "IEC 62056-6-2:2017/COR1:2019", "Approved for distribution",
    "Author: M. Draft-Miller", "Correctness of the values is confirmed by the laboratory.",
    "The above information is correct.", "This is to certify that the information is correct and complete.",
    "The correct firmware version is shown above.", "Pending orders: none", "Proposed by: Working Group 4",
    "Old Street 12, London", "Historical Society Building, London", "Preview available at www.example.org",
    "Alter Weg 4, 12345 Berlin", "Manual: UM-123", "User manual rev 3", "Manual provided: yes",
    "Commented by the test house: no", "Values confirmed by hand-held reader", "Delivered by hand",
    "Candidate list: none", "In legal terms this is a declaration.", "Legal entity: Example Ltd", "Status: Approved",
    "Approval status: granted", "Approvals: none pending", "Signature: J. Smith", "Signatures",
    "Authorised signature", "Signed for and on behalf of the Alliance", "Changes: see release notes",
    "Product changed since last certification: no", "Has the product been changed? No",
    "Hardware version changed: no", "Firmware update: over the air", "Firmware updated over the air",
    "The certificate replaces ZIG17037ZSE12536-24.", "Changed from previous certificate: firmware",
    "Previous certificate corrected: none", "No. of amendments: 0",
    "Amended certificates are listed on the web site.", "Corrected certificates are issued without charge.",
    "Draft standards were not used.", "Based on the final draft of prEN 50470", "Certificate approved by: the Board",
]  # fmt: skip
"""Holds such words and says nothing of the kind."""


@pytest.mark.parametrize("words", [*LESS, *ALTERED])
def test_what_makes_it_less_than_a_certificate_is_told(words: str) -> None:
    assert standing([f"ZigBee Certified Product\nManufacturer 10:63\n{words}\n"]) is not None


@pytest.mark.parametrize("words", [*HANDLED, *HARMLESS])
def test_how_it_is_handled_is_no_doubt(words: str) -> None:
    assert standing([f"ZigBee Certified Product\nManufacturer 10:63\n{words}\n"]) is None
