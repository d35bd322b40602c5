from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from dossiers import a_dossier, a_form, ruling
from extract import papers
from extract.facts_on_paper import ZIGBEE

from intake.demo.certificates import zigbee_certificate
from intake.extract import unreadable as says
from intake.extract.document import read_document
from intake.extract.page import ocr
from intake.extract.page.pdf import Pdf
from intake.extract.page.runs import Run
from intake.extract.reader import read_files, sandbox
from intake.limits import ReadingLimits
from rules.facts import DocumentKind, ReadBy

needs_extra = pytest.mark.skipif(not ocr.installed(), reason="the extra `ocr` (rapidocr, onnxruntime) is not installed")
ROOMY = ReadingLimits(memory_mb=2_048, document_seconds=60, message_seconds=90)


def picture(suffix: str) -> bytes:
    """The specimen as a picture, or as a PDF of that picture."""
    with pdfium.PdfDocument(zigbee_certificate(ZIGBEE)) as document:
        image = document[0].render(scale=200 / 72).to_pil()
    out = BytesIO()
    image.convert("RGB").save(out, suffix, resolution=200)
    return out.getvalue()


@needs_extra
@pytest.mark.parametrize("suffix", ["pdf", "png"])
def test_a_scan_gives_suggestions_that_are_never_compared(suffix: str) -> None:
    with sandbox(ROOMY) as box:
        (document,) = read_files(box, [(f"scan.{suffix}", picture(suffix))], ROOMY).documents
    assert (document.kind, document.read_by) == (DocumentKind.ZIGBEE_CERTIFICATE, ReadBy.OCR)
    assert document.certificate is not None
    assert {label: stated.value for label, stated in document.certificate.facts.items()} == ZIGBEE
    places = [stated.where for stated in document.certificate.facts.values()]
    assert all(place.page == 1 and (place.box is not None) == (suffix == "pdf") for place in places)
    dossier = a_dossier(a_form(), [document])
    assert "recognised in a picture" in ruling(dossier, "completeness.documents").findings[0].message
    assert ruling(dossier, "alignment.zigbee_identity").verdict == "undetermined"


@needs_extra
def test_a_scan_is_left_to_a_person_where_memory_is_short() -> None:
    with sandbox(ReadingLimits()) as box:
        (document,) = read_files(box, [("scan.pdf", picture("pdf"))], ReadingLimits()).documents
    assert document.trouble == says.PDF_SCAN_LARGE


def recognised(confidence: float) -> ocr.Recognised:
    lines = ["ZigBee Certificate of Compliance", *(f"{label}: {value}" for label, value in ZIGBEE.items())]
    boxes = [(50.0, 700.0 - 20 * n, 300.0, 712.0 - 20 * n) for n in range(len(lines))]
    runs = tuple(Run(line, 1, box, box) for line, box in zip(lines, boxes, strict=True))
    return ocr.Recognised(("\n".join(lines),), runs, confidence)


def test_recognised_text_is_said_to_be_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "room", lambda: True)
    monkeypatch.setattr(ocr, "recognise_pdf", lambda _pdf: recognised(0.93))
    document = read_document("scan.pdf", papers.picture()).document
    assert (document.kind, document.read_by) == (DocumentKind.ZIGBEE_CERTIFICATE, ReadBy.OCR)
    assert "0.93" in document.notes[0]


def test_a_scan_that_is_no_certificate_stays_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "room", lambda: True)
    monkeypatch.setattr(ocr, "recognise_pdf", lambda _pdf: ocr.Recognised(("Minutes",), (), 1.0))
    assert read_document("scan.pdf", papers.picture()).document.trouble == says.PDF_SCAN


def test_without_the_extra_a_scan_is_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    assert read_document("scan.pdf", papers.picture()).document.trouble == says.PDF_SCAN


def value_runs(facts: dict[str, str]) -> tuple[Pdf, list[Run]]:
    pdf = Pdf(zigbee_certificate(facts))
    return pdf, [run for run in pdf.runs(1) if run.text in facts.values()]


@needs_extra
def test_a_value_that_is_printed_as_it_is_read_is_left_alone() -> None:
    pdf, values = value_runs(ZIGBEE)
    assert ocr.misread(pdf, 1, values) == []


@needs_extra
@pytest.mark.parametrize(("printed", "read"), [("01:02:05:06", "01:02:05:08"), ("00:21", "00:27"), ("10:63", "10:83")])
def test_a_value_that_is_printed_otherwise_than_it_is_read_is_found(printed: str, read: str) -> None:
    pdf, values = value_runs(ZIGBEE)
    lying = [replace(run, text=read) for run in values if run.text == printed]
    assert lying
    assert ocr.misread(pdf, 1, [*lying, *(run for run in values if run.text != printed)]) == lying


class Engine:
    """A recogniser that sees what it is told."""

    def __init__(self, text: str, score: float) -> None:
        self.txts, self.scores = (text,), (score,)

    def __call__(self, *_: object, **__: object) -> Engine:
        return self


@pytest.mark.parametrize(
    ("seen", "score", "doubted"),
    [
        ("01:02:05:06", 0.99, False),
        ("O1.O2 05 06", 0.99, False),
        ("01:02:05:09", 0.99, True),
        ("01:02:05:09", 0.9, False),
        ("01:02:05", 0.99, True),
    ],
)
def test_only_what_is_surely_seen_speaks_against_a_value(
    seen: str,
    score: float,
    doubted: bool,
    monkeypatch: pytest.MonkeyPatch,  # a table of cases
) -> None:
    pdf, values = value_runs(ZIGBEE)
    monkeypatch.setattr(ocr, "_engine", lambda: Engine(seen, score))
    monkeypatch.setattr(Pdf, "picture", lambda *_: pytest.importorskip("PIL.Image").new("RGB", (100, 100)))
    (firmware,) = [run for run in values if run.text == "01:02:05:06"]
    assert ocr.misread(pdf, 1, [firmware]) == ([firmware] if doubted else [])


def test_a_certificate_whose_value_looks_otherwise_is_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "room", lambda: True)
    monkeypatch.setattr(ocr, "misread", lambda _pdf, _number, values: list(values[:1]))
    assert read_document("paper.pdf", zigbee_certificate(ZIGBEE)).document.notes == (says.PDF_UNSEEN,)
