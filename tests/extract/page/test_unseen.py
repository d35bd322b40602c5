"""What stands in a PDF and cannot be seen on its page, and what is put over a page afterwards."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from extract import papers
from extract.facts_on_paper import ZIGBEE
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from intake.extract import unreadable as says
from intake.extract.document import MAX_PLACED_PAGES, read_document
from rules.facts import Document, DocumentKind

TITLE = "ZigBee Certificate of Compliance"
LABEL = "Firmware Version"
AT = 700 - 18 * list(ZIGBEE).index(LABEL)


def read(content: bytes) -> Document:
    return read_document("paper.pdf", content).document


def paper(draw: Callable[[Canvas], None], *, without: str | None = None) -> bytes:
    """A certificate without one of its values, and what is drawn upon it afterwards."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 760, TITLE)
    canvas.setFont("Helvetica", 10)
    for number, (label, value) in enumerate(ZIGBEE.items()):
        canvas.drawString(72, 700 - 18 * number, label)
        if label != without:
            canvas.drawString(300, 700 - 18 * number, value)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def in_white(canvas: Canvas) -> None:
    canvas.setFillColor(colors.white)
    canvas.drawString(300, AT, ZIGBEE[LABEL])


def in_specks(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(300, AT, ZIGBEE[LABEL])


def squeezed(canvas: Canvas) -> None:
    text = canvas.beginText(300, AT)
    text.setHorizScale(1)
    text.textOut(ZIGBEE[LABEL])
    canvas.drawText(text)


def beyond_a_clip(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, 10, 10)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(300, AT, ZIGBEE[LABEL])


def through_glass(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(300, AT, ZIGBEE[LABEL])


def under_a_picture(canvas: Canvas) -> None:
    canvas.drawString(300, AT, ZIGBEE[LABEL])
    canvas.drawInlineImage(Image.new("L", (20, 2), 255), 298, AT - 3, 200, 14)


def blackened(canvas: Canvas) -> None:
    canvas.drawString(300, AT, ZIGBEE[LABEL])
    canvas.rect(298, AT - 3, 200, 14, fill=1, stroke=0)


@pytest.mark.parametrize(
    "how", [in_white, in_specks, squeezed, beyond_a_clip, through_glass, under_a_picture, blackened]
)
def test_a_value_that_nobody_can_see_is_none(how: Callable[[Canvas], None]) -> None:
    document = read(paper(how, without=LABEL))
    assert document.certificate is not None
    assert LABEL not in document.certificate.facts
    assert set(document.certificate.facts) == set(ZIGBEE) - {LABEL}
    assert says.PDF_UNSEEN in document.notes


def test_a_layer_that_is_switched_off_is_not_read() -> None:
    def layered(canvas: Canvas) -> None:
        canvas._code.append("/OC /Off BDC")  # noqa: SLF001  # reportlab knows no layers
        canvas.drawString(300, AT, ZIGBEE[LABEL])
        canvas._code.append("EMC")  # noqa: SLF001  # the same

    writer = PdfWriter(clone_from=PdfReader(BytesIO(paper(layered, without=LABEL))))
    name, layers = NameObject, DictionaryObject()
    layer = writer._add_object(  # noqa: SLF001  # pypdf knows no layers either
        DictionaryObject({name("/Type"): name("/OCG"), name("/Name"): TextStringObject("off")})
    )
    layers[name("/OCGs")] = ArrayObject([layer])
    layers[name("/D")] = DictionaryObject({name("/OFF"): ArrayObject([layer])})
    writer.root_object[name("/OCProperties")] = layers
    resources = writer.pages[0]["/Resources"]
    resources[name("/Properties")] = DictionaryObject({name("/Off"): layer})  # type: ignore[index]  # a dictionary
    document = read(saved(writer))
    assert document.certificate is not None
    assert LABEL not in document.certificate.facts
    assert says.PDF_UNSEEN in document.notes


def test_unseen_text_that_changes_no_value_does_no_harm() -> None:
    """Programs that collect signatures leave marks of their own in white."""

    def mark(canvas: Canvas) -> None:
        canvas.setFillColor(colors.white)
        canvas.drawString(72, 200, "[[sign here]]")

    assert read(paper(mark)).notes == ()


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    def banded(canvas: Canvas) -> None:
        canvas.rect(298, AT - 3, 200, 14, fill=1, stroke=0)
        in_white(canvas)

    document = read(paper(banded, without=LABEL))
    assert document.certificate is not None
    assert document.certificate.facts[LABEL].value == ZIGBEE[LABEL]
    assert document.notes == ()


def test_a_certificate_of_which_nothing_can_be_seen_is_for_a_person() -> None:
    document = read(paper(lambda canvas: canvas.rect(0, 0, 600, 900, fill=1)))
    assert document.kind is DocumentKind.UNREADABLE
    assert document.trouble == says.PDF_UNSEEN


def saved(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def annotated(kind: str, flags: int = 4) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(paper(lambda _: None))))
    name = NameObject
    writer.add_annotation(
        0,
        DictionaryObject(
            {
                name("/Type"): name("/Annot"),
                name("/Subtype"): name(f"/{kind}"),
                name("/Rect"): ArrayObject([FloatObject(edge) for edge in (298, AT - 3, 498, AT + 12)]),
                name("/Contents"): TextStringObject("01:02:05:07"),
                name("/F"): NumberObject(flags),
            }
        ),
    )
    return saved(writer)


@pytest.mark.parametrize("kind", ["FreeText", "Stamp", "StrikeOut", "Text", "Ink", "Square", "Redact"])
def test_what_was_put_upon_a_page_afterwards_is_for_a_person(kind: str) -> None:
    assert read(annotated(kind)).notes == (says.PDF_ANNOTATED.format(pages="1"),)


@pytest.mark.parametrize(("kind", "flags"), [("Link", 4), ("Widget", 4), ("FreeText", 2)])
def test_links_fields_and_hidden_remarks_do_no_harm(kind: str, flags: int) -> None:
    assert read(annotated(kind, flags)).notes == ()


@pytest.mark.parametrize("host", [paper(lambda _: None), papers.prose(["Firmware Release Notes", "Nothing new."])])
def test_a_file_within_a_file_is_for_a_person(host: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(host)))
    writer.add_attachment("CPA certificate.pdf", b"%PDF-1.4")
    document = read(saved(writer))
    assert document.trouble == says.PDF_FILES
    assert document.may_be_a_certificate


def test_a_page_of_a_certificate_that_is_a_picture_is_for_a_person() -> None:
    document = read(papers.joined(paper(lambda _: None), papers.picture()))
    assert document.certificate is not None
    assert document.notes == (says.PDF_PICTURES,)


def test_a_page_whose_letters_are_shapes_is_for_a_person() -> None:
    def shapes(canvas: Canvas) -> None:
        canvas.showPage()
        for number in range(60):
            canvas.circle(60 + 5 * number, 500, 2)

    assert read(paper(shapes)).notes == (says.PDF_PICTURES,)


def test_pages_of_a_certificate_beyond_those_that_are_searched_are_for_a_person() -> None:
    annex = papers.prose(["The conditions of certification, continued."])
    searched = papers.joined(paper(lambda _: None), *[annex] * (MAX_PLACED_PAGES - 1))
    assert read(searched).notes == ()
    assert read(papers.joined(searched, annex)).notes == (says.PDF_LONG.format(pages=MAX_PLACED_PAGES),)
