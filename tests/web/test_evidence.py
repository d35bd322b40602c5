"""The evidence of a field: what each document states of it stands beside the form, as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from extract.hostile import pdf
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject
from reportlab.pdfgen.canvas import Canvas
from web.pictured import JUDGED_AT, faultless, received
from web.world import Browser, World

from intake.demo import products
from intake.demo.forms import new_entry_form
from intake.domain.review import Role
from intake.extract.document import read_document
from intake.render.frame import frame_of
from rules.facts import CellKind, Remark, RemarkKind, Where
from rules.fields import FormField, Label

FIRMWARE = FormField.FIRMWARE_VERSION
EVIDENCE = "/submissions/CPL-{number:06d}/evidence/{entry}/{field}"


def address(number: int, field: str = FIRMWARE, entry: object = 1) -> str:
    return EVIDENCE.format(number=number, entry=entry, field=quote(field))


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


def certificate(facts: dict[str, str], *, without: str = "") -> bytes:
    """A ZigBee certificate of one page; `without` is a label whose value is left out."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.drawString(72, 760, "ZigBee Certificate of Compliance")
    for row, (label, value) in enumerate(facts.items()):
        canvas.drawString(72, 700 - 18 * row, label)
        if label != without:
            canvas.drawString(300, 700 - 18 * row, value)
    canvas.save()
    return out.getvalue()


def turned(content: bytes, rotation: int, crop: tuple[float, ...] | None, *, inherited: bool) -> bytes:
    """The same page, turned and cropped."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    page = writer.pages[0]
    page.rotate(rotation)
    if crop is not None:
        holder = page["/Parent"].get_object() if inherited else page
        holder[NameObject("/CropBox")] = ArrayObject(map(FloatObject, crop))  # type: ignore[index]  # a dictionary
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("crop", "inherited"),
    [
        (None, False),
        ((40, 500, 560, 800), False),
        ((40, 500, 560, 800), True),
        ((-100, -100, 900, 900), False),
        ((560, 800, 40, 500), True),
    ],
)
def test_the_frame_lies_over_the_values_own_pixels_and_no_others(
    rotation: int, crop: tuple[float, ...] | None, *, inherited: bool
) -> None:
    """The page drawn without the value differs from the page within the frame, and nowhere else."""
    from intake.extract.page.raster import draw_page  # noqa: PLC0415  # beside its only use

    facts = {str(label): value for label, value in products.zigbee_facts(form()).items()}
    label = str(Label.FIRMWARE_VERSION)
    whole = turned(certificate(facts), rotation, crop, inherited=inherited)
    blank = turned(certificate(facts, without=label), rotation, crop, inherited=inherited)
    read = read_document("ZigBee.pdf", whole).document.certificate
    assert read is not None
    stated = read.facts[Label.FIRMWARE_VERSION]
    assert stated.value == facts[label]
    drawn = draw_page(whole, 1, 1200)
    picture, bare = (Image.open(BytesIO(one.image)).convert("L") for one in (drawn, draw_page(blank, 1, 1200)))
    changed = ImageChops.difference(picture, bare).point(lambda shade: 255 if shade > 60 else 0).getbbox()
    assert changed is not None
    value = frame_of(stated.where, drawn.size).value
    assert value is not None
    scale = picture.width / drawn.size[0]
    left, upper, right, lower = (
        edge * scale for edge in (value.x, value.y, value.x + value.width, value.y + value.height)
    )
    assert left - 1 <= changed[0] < changed[2] <= right + 1
    assert upper - 1 <= changed[1] < changed[3] <= lower + 1
    assert (right - left) * (lower - upper) < 2.6 * (changed[2] - changed[0]) * (changed[3] - changed[1])


def form(device: str = products.SINGLE, *, serial: int = 1) -> dict[str, str]:
    return products.faultless_form(device, on=JUDGED_AT.date(), serial=serial)


def test_form_and_certificates_stand_side_by_side_each_with_its_page(world: World) -> None:
    browser = world.signed_in()
    page = browser.get(address(received(world, faultless())))
    text = text_of(page)
    assert "The form" in text
    assert "G14" in text
    for kind in ("ZigBee", "CPA", "DLMS"):
        assert f"{kind} certificate ✓ agrees" in text
    pictures = re.findall(r'<image href="([^"]*)"', page)
    assert len(pictures) == 6
    for at in set(pictures):
        assert browser.client.get(at).headers["content-type"] == "image/webp"
    assert page.count("<rect") == 6
    assert "style=" not in page
    assert page.count("<script") == 1
    assert '<script src="/static/cpl-intake.js' in page


def test_what_differs_is_marked_and_what_the_checks_say_stands_above_it(world: World) -> None:
    documents = faultless()
    facts = {**products.zigbee_facts(form()), Label.FIRMWARE_VERSION: "01:02:06:01"}
    documents["ZigBee certificate.pdf"] = certificate({str(label): value for label, value in facts.items()})
    page = world.signed_in().get(address(received(world, documents)))
    assert "ZigBee certificate ≠ differs" in text_of(page)
    assert page.count('<mark class="cpl-differs">') >= 2
    assert "is not the same on the form and on the ZigBee certificate" in text_of(page)


def test_each_row_leads_to_its_evidence_and_says_how_it_compares(world: World) -> None:
    number = received(world, faultless())
    page = world.signed_in().get(f"/submissions/CPL-{number:06d}")
    assert f'href="{address(number)}"' in page
    assert f'href="{address(number, "SMETS/CHTS Version.Version_number")}"' in page
    text = text_of(page)
    assert "01:02:05:01 G14 01:02:05:01 ZigBee, CPA, DLMS ✓ agrees" in text
    assert "ZigBee, CPA, DLMS ✓ agrees: first half of VV_RR, hexadecimal" in text
    assert "empty row" in text


def test_every_field_leads_to_the_next_and_back(world: World) -> None:
    browser = world.signed_in()
    number = received(world, {**faultless(), "second.xlsx": new_entry_form(form(products.GAS, serial=2))})
    walked = list(_walk(browser, address(number, FormField.ENTRY_NUMBER), "next", "n"))
    assert len(walked) == len(set(walked))
    assert address(number, FIRMWARE) in walked
    assert address(number, FIRMWARE, entry=2) in walked
    assert list(_walk(browser, walked[-1], "prev", "p")) == walked[::-1]


def _walk(browser: Browser, at: str, rel: str, key: str) -> Iterator[str]:
    while True:
        yield at
        found = re.search(rf'href="([^"]*)" rel="{rel}" data-key="{key}"', browser.get(at))
        if found is None:
            return
        at = found[1]


@pytest.mark.parametrize(
    ("entry", "field"),
    [(0, FIRMWARE), (2, FIRMWARE), ("one", FIRMWARE), ("9" * 5000, FIRMWARE), ("²", FIRMWARE), (1, "No.such field")],
)
def test_an_entry_or_field_that_is_not_there_is_not_found(world: World, entry: object, field: str) -> None:
    number = received(world, faultless(products.PPMID))
    assert "No such field" in world.signed_in().get(address(number, field, entry), status=404)


@pytest.mark.parametrize(("role", "status"), [(Role.ANALYST, 200), (Role.AUDITOR, 200), (Role.ADMIN, 403)])
def test_evidence_is_for_whoever_may_take_documents_away(world: World, role: Role, status: int) -> None:
    number = received(world, faultless(products.PPMID))
    browser = world.signed_in(role=role)
    browser.get(address(number), status=status)
    page = browser.get(f"/submissions/CPL-{number:06d}", status=status)
    assert ("See it" in page) is (status == 200)


NOTE = (
    "Release notes\n\nAML-E5\nThis is firmware version {firmware}.\nThe ZigBee module ZM-4.2 is unchanged.\n"
    "It was certified under {zigbee}.\n"
)


def docx(text: str) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


@pytest.mark.parametrize("name", ["notes.txt", "notes.docx"])
def test_release_notes_show_the_lines_around_what_they_state(world: World, name: str) -> None:
    values = form()
    text = NOTE.format(firmware=values[FIRMWARE], zigbee=values[FormField.ZSE_NUMBER])
    content = text.encode() if name.endswith("txt") else docx(text)
    page = world.signed_in().get(address(received(world, {**faultless(), name: content})))
    assert f'firmware version <mark class="cpl-framed">{values[FIRMWARE]}</mark>.' in page
    assert re.search("Release note . not compared", text_of(page))
    assert "AML-E5" in page


def test_a_document_that_cannot_be_drawn_gives_a_sentence_and_the_others_their_pictures(world: World) -> None:
    """The mail's document has been changed for one that nobody can draw, under the digest that the facts name."""
    number = received(world, faultless())
    dossier_of = world.submission(number)
    documents = faultless()
    documents["ZigBee certificate.pdf"] = pdf(b"", pages="[]")
    other = received(world, documents)
    broken = next(
        document
        for name, content in documents.items()
        if name.startswith("ZigBee")
        for document in (read_document(name, content).document,)
    )
    from intake.domain import records  # noqa: PLC0415  # beside its only use

    dossier = records.dossier(world.services.archive.get(dossier_of.dossier_sha256 or ""))
    bent = replace(
        dossier,
        documents=tuple(
            replace(document, sha256=broken.sha256) if document.name.startswith("ZigBee") else document
            for document in dossier.documents
        ),
    )
    world.change(other, dossier_sha256=world.services.archive.put(records.encode(bent)),
                 report_sha256=dossier_of.report_sha256)  # fmt: skip
    page = world.signed_in().get(address(other))
    assert "The PDF is damaged or cut short" in page
    assert page.count("<image") == 4


def test_what_strangers_wrote_is_shown_harmless(world: World) -> None:
    hostile = "<script>alert(1)</script>\u202egnp.exe"
    values = {**form(products.PPMID), FIRMWARE: hostile}
    number = received(world, {**faultless(products.PPMID), "CPL New Entry.xlsx": new_entry_form(values)})
    page = world.signed_in().get(address(number))
    assert "<script>" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_remarks_on_the_sheet_stand_beside_the_cell(world: World) -> None:
    documents = faultless(products.PPMID)
    entry = read_document("CPL New Entry.xlsx", documents["CPL New Entry.xlsx"]).entry
    assert entry is not None
    remark = Remark(RemarkKind.COMMENT, "not final", Where("CPL New Entry.xlsx", "CPL - New Entry", "G14"), FIRMWARE)
    rows = tuple(replace(row, kind=CellKind.NUMBER) if row.field == FIRMWARE else row for row in entry.rows)
    number = received(world, documents, entries=(replace(entry, remarks=(remark,), rows=rows),))
    text = text_of(world.signed_in().get(address(number)))
    assert "Beside it on the sheet: “not final”" in text
    assert "Stored as a number." in text


def test_certificates_of_another_entry_are_named_as_not_used(world: World) -> None:
    other = {f"other {name}": content for name, content in faultless(products.GAS, serial=2).items()}
    number = received(world, {**faultless(products.PPMID), **other})
    browser = world.signed_in()
    text = text_of(browser.get(f"/submissions/CPL-{number:06d}"))
    assert "Not used for this entry:" in text
    assert "other CPA certificate.pdf, CPA certificate: this type of device needs none" in text
    assert "other ZigBee certificate.pdf, ZigBee certificate: the form names another" in text
    assert "Not used for this entry: other ZigBee certificate.pdf" in text_of(browser.get(address(number)))


def test_what_strangers_wrote_is_harmless_on_the_submissions_page_too(world: World) -> None:
    values = {**form(products.PPMID), FIRMWARE: "12\u202e34", FormField.FIR_CITY: "A\u2066B"}
    number = received(world, {**faultless(products.PPMID), "CPL New Entry.xlsx": new_entry_form(values)})
    page = world.signed_in().get(f"/submissions/CPL-{number:06d}")
    assert not set("\u202e\u2066") & set(page)


def test_no_page_of_evidence_asks_the_store_often(world: World) -> None:
    from sqlalchemy import event  # noqa: PLC0415  # beside its only use
    from sqlalchemy.engine import Engine  # noqa: PLC0415  # likewise

    browser, number = world.signed_in(), received(world, faultless())
    page = browser.get(address(number))
    picture = re.findall(r'<image href="([^"]*)"', page)[0]
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        browser.get(address(number))
        on_page, asked[:] = len(asked), []
        browser.client.get(picture)
        on_picture = len(asked)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert 0 < on_page <= 8
    assert 0 < on_picture <= 8
