"""How programs other than ours print: letters drawn as one, monospaced faces, fonts described anyhow."""

from __future__ import annotations

from io import BytesIO

import pytest
from extract import handmade
from extract.facts_on_paper import ZIGBEE
from reportlab.pdfgen.canvas import Canvas

from intake.extract.document import read_document

TITLE = "ZigBee Certificate of Compliance"


def facts_of(content: bytes) -> dict[str, str]:
    document = read_document("paper.pdf", content).document
    assert document.certificate is not None, document
    assert document.notes == ()
    return {label: stated.value for label, stated in document.certificate.facts.items()}


@pytest.mark.parametrize("letters", ["ti", "ct", "at", "rd", "fic", "fi"])
def test_letters_drawn_as_one_are_one_word_whichever_they_are(letters: str) -> None:
    """PDFium gives each with the box of the whole; here an `m` is drawn for them, about as wide."""
    content = handmade.certificate(TITLE, ZIGBEE).replace(letters, "\xf8").replace("/F ", "/L ")
    ligature = (
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
        b"/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[248/m]>>/ToUnicode 6 0 R>>"
    )
    paper = handmade.document(content, fonts="/L 7 0 R", objects=(handmade.to_unicode({0xF8: letters}), ligature))
    assert facts_of(paper) == ZIGBEE


@pytest.mark.parametrize("heights", [(500, -100), (629, -157), (900, -300), (1400, -600)])
@pytest.mark.parametrize("leading", [11, 12, 14, 24])
def test_a_line_is_as_high_as_its_font_whatever_is_said_of_it(heights: tuple[int, int], leading: int) -> None:
    ascent, descent = heights
    widths = " ".join(["600"] * 224)
    font = (
        f"<</Type/Font/Subtype/TrueType/BaseFont/Mono/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255"
        f"/Widths[{widths}]/FontDescriptor 7 0 R>>"
    ).encode()
    described = (
        f"<</Type/FontDescriptor/FontName/Mono/Flags 33/FontBBox[0 {descent} 600 {ascent}]/ItalicAngle 0"
        f"/Ascent {ascent}/Descent {descent}/CapHeight 560/StemV 80>>"
    ).encode()
    rows = [handmade.shown(TITLE, 60, 780, font="M", size=10)]
    for number, (label, value) in enumerate(ZIGBEE.items()):
        rows.append(handmade.shown(f"{label + ':':<36}{value}", 60, 740 - leading * number, font="M", size=10))
    assert facts_of(handmade.document("\n".join(rows), fonts="/M 6 0 R", objects=(font, described))) == ZIGBEE


@pytest.mark.parametrize("gap", [3.2, 4, 6])
def test_a_value_close_behind_the_widest_label_is_parted_from_it(gap: float) -> None:
    """As the plainest table of a browser has it; the widest label is 121 points wide."""
    rows = [handmade.shown(TITLE, 60, 780, size=18)]
    for number, (label, value) in enumerate(ZIGBEE.items()):
        rows.append(handmade.shown(label, 60, 740 - 15 * number))
        rows.append(handmade.shown(value, 60 + 117.4 + gap, 740 - 15 * number))
    rows.append(handmade.shown("For the certification office", 58, 740 - 15 * 8 - 8))
    assert facts_of(handmade.document("\n".join(rows))) == ZIGBEE


@pytest.mark.parametrize("leader", [".", " .", "\u00b7", "_", "-"])
def test_leaders_part_a_label_from_its_value(leader: str) -> None:
    rows = [handmade.shown(TITLE, 60, 780, size=18)]
    for number, (label, value) in enumerate(ZIGBEE.items()):
        leaders = leader * (50 - len(label))
        rows.append(handmade.shown(f"{label} {leaders.strip()} {value}", 60, 740 - 22 * number))
    assert facts_of(handmade.document("\n".join(rows))) == ZIGBEE


def test_sides_of_cells_close_beside_a_value_belong_to_no_number() -> None:
    rows = [handmade.shown(TITLE, 60, 780, size=18)]
    for number, (label, value) in enumerate(ZIGBEE.items()):
        y = 740 - 20 * number
        rows += [handmade.shown(label, 60, y), handmade.shown(value, 260, y), f"258.2 {y - 5} 0.7 17 re f"]
    assert facts_of(handmade.document("\n".join(rows))) == ZIGBEE


@pytest.mark.parametrize("height", [8, 10])
def test_an_upright_as_high_as_a_digit_may_be_one(height: int) -> None:
    rows = [handmade.shown(TITLE, 60, 780, size=18)]
    for number, (label, value) in enumerate(ZIGBEE.items()):
        y = 740 - 20 * number
        rows += [handmade.shown(label, 60, y), handmade.shown(value, 260, y), f"258.2 {y} 0.7 {height} re f"]
    assert read_document("paper.pdf", handmade.document("\n".join(rows))).document.notes


def test_labels_that_end_at_one_edge_are_parted_from_their_values() -> None:
    rows = [handmade.shown(TITLE, 60, 780, size=18)]
    for number, (label, value) in enumerate(ZIGBEE.items()):
        y = 740 - 20 * number
        rows += [handmade.shown(label, 200 - handmade.width(label), y), handmade.shown(value, 204, y)]
    assert facts_of(handmade.document("\n".join(rows))) == ZIGBEE


@pytest.mark.parametrize("indent", [12, 30, 60])
def test_values_indented_below_their_labels_are_theirs(indent: int) -> None:
    rows = [handmade.shown(TITLE, 60, 780, size=18)]
    for number, (label, value) in enumerate(ZIGBEE.items()):
        y = 740 - 28 * number
        rows += [handmade.shown(label, 60, y), handmade.shown(value, 60 + indent, y - 13)]
    assert facts_of(handmade.document("\n".join(rows))) == ZIGBEE


def test_a_label_close_below_its_value_takes_no_other_value() -> None:
    rows = [handmade.shown(TITLE, 60, 780, size=18)]
    for number, (label, value) in enumerate(ZIGBEE.items()):
        y = 740 - 34 * number
        rows += [handmade.shown(value, 60, y), handmade.shown(label, 60, y - 11, size=9)]
    certificate = read_document("paper.pdf", handmade.document("\n".join(rows))).document.certificate
    assert certificate is None or not {stated.value for stated in certificate.facts.values()} & set(ZIGBEE.values())


@pytest.mark.parametrize("reference", ["see Annex A", "Refer to Annex A", "as listed in annex A"])
@pytest.mark.parametrize("rows", [1, 2])
def test_an_annex_of_one_row_says_what_the_page_before_refers_to(reference: str, rows: int) -> None:
    aside = [label for label in ZIGBEE if "Hardware" in label or "Firmware" in label or "Model" in label]
    drawn = BytesIO()
    page = Canvas(drawn, pagesize=(595, 842))
    page.setFont("Helvetica", 11)
    page.drawString(60, 780, TITLE)
    for number, (label, value) in enumerate(ZIGBEE.items()):
        page.drawString(60, 740 - 22 * number, label)
        page.drawString(260, 740 - 22 * number, reference if label in aside else value)
    page.showPage()
    page.drawString(60, 780, "Annex A")
    for number, label in enumerate(aside):
        page.drawString(60 + 160 * number, 740, label)
        for row in range(rows):
            page.drawString(60 + 160 * number, 722 - 16 * row, ZIGBEE[label])
    page.save()
    certificate = read_document("paper.pdf", drawn.getvalue()).document.certificate
    assert certificate is not None
    stated = {label: certificate.facts[label].value for label in aside if label in certificate.facts}
    expected = {label: ZIGBEE[label] if rows == 1 else reference for label in aside}
    assert stated == expected


@pytest.mark.parametrize(("turned_page", "turned_content"), [(0, 0), (180, 0), (0, 180), (90, 90), (270, 90)])
def test_lines_of_many_pieces_are_read_upside_down_too(turned_page: int, turned_content: int) -> None:
    """As Chromium kerns words: a text object for every few letters, on a page that somebody turned about."""
    drawn = BytesIO()
    page = Canvas(drawn, pagesize=(595, 595))
    page.setPageRotation(turned_page)
    page.translate(297.5, 297.5)
    page.rotate(turned_content)
    page.translate(-297.5, -297.5)
    for number, line in enumerate([(TITLE, ""), *ZIGBEE.items()]):
        for at, text in zip((60, 300), line, strict=True):
            x = float(at)
            for start in range(0, len(text), 3):
                page.drawString(x, 560 - 24 * number, text[start : start + 3])
                x += page.stringWidth(text[start : start + 3]) - 0.05
    page.save()
    assert facts_of(drawn.getvalue()) == ZIGBEE
