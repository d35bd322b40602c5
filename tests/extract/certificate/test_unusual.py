"""A short remark with a word that certificates do not have comes before a person; what honest ones say does not."""

from __future__ import annotations

from io import BytesIO

import pytest
from corpus.labelled.faultless import ZIGBEE_FILE, faultless
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from intake.demo import products
from intake.extract.document import read_document

FACTS = faultless("2022-09", products.SINGLE).papers[ZIGBEE_FILE]
Line = tuple[float, float, str]
FREE = (60, 300)

REMARKS = [
    "Certificate shelved at the manufacturer's request", "Parked until the fee is settled",
    "Details keyed by hand, unchecked", "Lab has retracted its report", "Test evidence found wanting",
    "Stayed by the certification panel", "For the applicant's eyes before issue", "Ask for the newest print",
    "Recalled units carry this firmware", "Only for the bench", "For lab use", "Unlocked firmware", "Debug firmware",
    "Security evaluation skipped", "Tests 4 to 9 omitted", "The sample tested carried other firmware",
    "Slot booked for testing in July", "Unreadable values were typed again", "Marked for removal",
    "Transferred away to another holder", "Numbers still being checked", "Placeholder number",
    "Applies to the kit sold in Ireland", "One-off certificate for a fair", "This paper carries no weight",
    "The scheme no longer vouches for this product", "Issued to the wrong company", "Surveillance audit missed",
    "Covers the enclosure only", "Only up to 100 units", "Note: parked until the fee is settled",
    "PARKED UNTIL THE FEE IS SETTLED", "FOR LAB USE", "For Lab Use", "SAMPLE WAS NOT SEEN BY THE LABORATORY",
]  # fmt: skip
HONEST = [
    "This certifies that the product listed below", "In recognition of", "Test engineer", "Signature of the applicant",
    "Technical Director, Assurance", "Tests performed using the CTT", "Interoperability certified",
    "Certificate continued on next page", "Excellence in metering since 1907", "Connecting people and things",
    "Registered office: 1 Chapel Walk, Sheffield S1 2AB", "508 Second Street, Suite 206, Davis, CA 95616, USA",
    "The evaluation was carried out by Cordale Evaluations Ltd", "Printed on recycled paper", "Original",
    "Enclosure: white, IP53", "Brand name: Ashdown", "Place and date: Bern, 14 June 2022", "End of certificate",
    "For laboratory use only", "BROOKMERE CERTIFICATION BODY LTD", "ISSUED IN SHEFFIELD", "Certified For Great Britain",
    "TESTED BY BRIGHTWATER TEST HOUSE", "Ceci est un original", "Ausgestellt in Bern am 14. Juni 2022", "Remarks: none",
    "Users should read this certificate with its report", "The licence holder shall return the certificate when asked.",
]  # fmt: skip


def paper(*lines: Line) -> bytes:
    """The facts in two columns, and further lines at these places."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 800, "ZigBee Certificate of Compliance")
    for number, (label, value) in enumerate(FACTS.items()):
        canvas.drawString(60, 760 - 24 * number, label)
        canvas.drawString(300, 760 - 24 * number, value)
    for left, foot, text in lines:
        canvas.drawString(left, foot, text)
    canvas.save()
    return out.getvalue()


def notes_on(*lines: Line) -> tuple[str, ...]:
    return read_document("zigbee.pdf", paper(*lines)).document.notes


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_with_an_unusual_word_is_asked_about(remark: str) -> None:
    said = remark.removeprefix("Note: ")
    assert notes_on((*FREE, remark)) == (f"It also says '{said}'; please say what this means for the certificate.",)


@pytest.mark.parametrize("line", HONEST)
def test_what_honest_certificates_say_is_not(line: str) -> None:
    assert not notes_on((*FREE, line))


def test_what_stands_in_a_row_with_something_else_is_its_label_or_its_value() -> None:
    assert not notes_on((60, 300, "Kit sold with this product"), (300, 300, "Wall bracket for the meter"))


@pytest.mark.parametrize("label", ["Remarks", "Notes:", "Special conditions", "Restrictions"])
def test_what_stands_beside_a_label_for_remarks_is_one(label: str) -> None:
    assert notes_on((60, 300, label), (300, 300, "parked until the fee is settled"))
    assert not notes_on((60, 300, label), (300, 300, "none"))


def test_a_last_line_of_running_text_is_no_remark() -> None:
    begun = "The holder of this certificate tells the Alliance of every change of the product before any such"
    assert not notes_on((60, 300, begun), (60, 288, "firmware is shipped"))
    assert notes_on((60, 300, f"{begun}."), (60, 288, "firmware is shipped"))
    assert notes_on((60, 300, begun), (60, 250, "firmware is shipped"))


def test_a_line_in_another_language_is_no_remark() -> None:
    assert not notes_on((60, 320, "Certificat de conformite du produit"), (60, 300, "Attestation firmware reservee"))
