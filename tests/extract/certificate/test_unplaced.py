"""A certificate that is there but cannot be taken apart comes before a person, and is never called missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from corpus.labelled.case import Case
from corpus.labelled.faultless import TODAY, ZIGBEE_FILE, faultless
from corpus.labelled.judge import dossier_of
from extract import handmade, papers
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from intake.demo import products
from rules.examine import examine
from rules.finding import Outcome, Report, Verdict

DEVICE = faultless("2022-09", products.SINGLE)
FACTS: Mapping[str, str] = DEVICE.papers[ZIGBEE_FILE]
NUMBER = FACTS["Certification ID Number"]
TITLE = "ZigBee Certificate of Compliance"
VALUES = list(FACTS.values())
FRENCH = (
    "Type d'appareil",
    "Fabricant",
    "Mod\u00e8le",
    "Version mat\u00e9rielle",
    "Version logicielle",
    "Date",
    "N\u00b0",
)
GERMAN = ("Ger\u00e4teart", "Hersteller", "Modell", "Hardwarestand", "Firmwarestand", "Datum", "Zertifikatsnummer")
OWN = ("Product", "Vendor", "Product code", "HW", "SW", "Approved", "Reference")


def report_on(paper: bytes) -> Report:
    files = {**DEVICE.case("").files, ZIGBEE_FILE: paper}
    return examine(dossier_of(Case("2022-09", products.SINGLE, TODAY, "", files)))


def said(report: Report) -> str:
    rulings = [ruling for entry in report.entries for ruling in entry.rulings if ruling.verdict is not Verdict.PASS]
    return "\n".join(finding.message for ruling in rulings for finding in ruling.findings)


def labelled(labels: tuple[str, ...], title: str) -> bytes:
    return papers.columns(title, dict(zip(labels, VALUES, strict=False)))


def searchable_scan(*, footer: str = "", mixed: bool = False) -> bytes:
    """A picture of the page with its text invisible above it, as scanners make it."""
    with pdfium.PdfDocument(papers.columns(TITLE, FACTS)) as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawInlineImage(picture.resize((595, 842), Image.Resampling.NEAREST), 0, 0, *A4)
    for number, line in enumerate([TITLE, *(f"{label} {value}" for label, value in FACTS.items())]):
        text = canvas.beginText(60, 760 - 20 * number)
        text.setTextRenderMode(0 if mixed and number == 1 else 3)
        text.textOut(line)
        canvas.drawText(text)
    canvas.drawString(60, 30, footer)
    canvas.save()
    return out.getvalue()


PROSE = [
    "The test house states that the single element electricity meter of maker 1A:5D, model 40:01, conforms to ZigBee.",
    f"It is listed under {NUMBER}.",
]
LETTER = ["Dear customer,", f"we hereby certify that your meter is certified by ZigBee under the number {NUMBER}."]
UNPLACED = {
    "a searchable scan": searchable_scan(),
    "a searchable scan with a printed footer": searchable_scan(footer="Scanned by the office machine"),
    "a searchable scan whose recogniser printed a line": searchable_scan(mixed=True),
    "French labels": labelled(FRENCH, "Certificat de conformit\u00e9 ZigBee"),
    "German labels": labelled(GERMAN, "ZigBee Konformit\u00e4tsbescheinigung"),
    "German labels and no number": labelled(GERMAN[:-1], "ZigBee-Zertifikat"),
    "labels of its own": labelled(OWN, "ZigBee Certified Product"),
    "labels of its own under a title of its own": labelled(OWN, "ZigBee test summary"),
    "prose": papers.prose(PROSE),
    "a letter": papers.prose(LETTER),
    "only pictures": papers.picture(),
    "an invisible page": handmade.document(handmade.certificate(TITLE, FACTS).replace("BT", "BT 3 Tr")),
}


@pytest.mark.parametrize("how", UNPLACED)
def test_a_certificate_that_cannot_be_taken_apart_is_for_a_person(how: str) -> None:
    report = report_on(UNPLACED[how])
    assert report.outcome is Outcome.NEEDS_A_PERSON, said(report)
    assert "was found" not in said(report)
    assert "could be read" in said(report)


def test_a_certificate_that_is_not_there_is_still_missing() -> None:
    note = papers.prose(["Release notes", f"The ZigBee certificate {NUMBER} stays as it is."])
    files = {name: content for name, content in DEVICE.case("").files.items() if name != ZIGBEE_FILE}
    case = Case("2022-09", products.SINGLE, date(2026, 11, 20), "", {**files, "Release notes.pdf": note})
    report = examine(dossier_of(case))
    assert report.outcome is Outcome.RETURN
    assert "was found" in said(report)
