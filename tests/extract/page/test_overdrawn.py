"""A value whose letters are covered, crossed, patched, or drawn by a font that says something else is not read."""

from __future__ import annotations

import pytest
from extract import handmade
from extract.facts_on_paper import ZIGBEE
from extract.handmade import LEFT

from intake.extract import unreadable as says
from intake.extract.document import read_document

TITLE = "ZigBee Certificate of Compliance"
LABEL = "Firmware Version"
Y = handmade.row_of(ZIGBEE, LABEL)
DIGIT = LEFT + 6 * 6.116 + 2 * 3.058
"""Where the seventh character of the value begins, a digit 6.1 points wide."""
MIDDLE = Y + 3.9
FOUR = (
    f"0.9 w {DIGIT + 4.2} {Y} m {DIGIT + 4.2} {Y + 8} l S {DIGIT + 0.6} {Y + 2.3} m {DIGIT + 5.4} {Y + 2.3} l S "
    f"{DIGIT + 0.6} {Y + 2.3} m {DIGIT + 4.2} {Y + 8} l S"
)
IMAGE = handmade.stream(
    b"\xff", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
)
FORM = handmade.stream(f"1 1 1 rg {DIGIT} {Y - 1} 6.1 10 re f".encode(), "/Type/XObject/Subtype/Form/BBox[0 0 595 842]")
OVER = {
    "a digit painted over and drawn anew": f"1 1 1 rg {DIGIT} {Y - 1} 6.1 10 re f 0 0 0 rg {FOUR}",
    "a white rectangle": f"1 1 1 rg {DIGIT} {Y - 1} 6.1 10 re f",
    "half a white rectangle": f"1 1 1 rg {DIGIT} {Y - 1} 3 10 re f",
    "a black rectangle": f"{DIGIT} {Y - 1} 6.1 10 re f",
    "a thin line through all": f"0.6 w {LEFT} {MIDDLE} m {LEFT + 60} {MIDDLE} l S",
    "a thin bar through all": f"{LEFT} {MIDDLE} 60 0.5 re f",
    "a cross": f"0.6 w {DIGIT} {Y} m {DIGIT + 6} {Y + 8} l S {DIGIT + 6} {Y} m {DIGIT} {Y + 8} l S",
    "a stroke that makes another digit": f"1 w {DIGIT + 0.6} {Y} m {DIGIT + 0.6} {Y + 7.9} l S",
    "white strokes that take a part away": f"1 1 1 RG 1.6 w {DIGIT} {Y + 5} m {DIGIT + 2.4} {Y + 5} l S",
    "an image": f"q 6.1 0 0 10 {DIGIT} {Y - 1} cm /P Do Q",
    "a form with a rectangle": "/X Do",
    "another digit upon it": handmade.shown("8", DIGIT, Y),
    "a white letter upon it": "1 1 1 rg " + handmade.shown("M", DIGIT - 1, Y, size=12),
    "a digit drawn behind it": f"0.9 w {LEFT + 61.5} {Y} m {LEFT + 61.5} {Y + 8} l S",
    "a picture of a digit behind it": f"q 5 0 0 8 {LEFT + 62} {Y} cm /P Do Q",
}
HARMLESS = {
    "nothing": "",
    "an underline": f"0.6 w {LEFT} {Y - 1.4} m {LEFT + 60} {Y - 1.4} l S",
    "rules between the rows": "".join(f"0.5 w 55 {Y - 8 + 24 * n} m 540 {Y - 8 + 24 * n} l S " for n in range(3)),
    "a frame around the row": f"0.5 w 55 {Y - 8} 480 24 re S",
    "a frame around the cell": f"0.5 w {LEFT - 4} {Y - 8} 200 24 re S",
    "a grid in one path": f"0.5 w 55 {Y - 8} 480 24 re 55 {Y + 16} 480 24 re 250 400 m 250 740 l S",
    "a form beside": "/Y Do",
    "a logo far away": "q 90 0 0 40 440 780 cm /P Do Q",
    "glass over it": f"/G gs 1 1 0 rg {LEFT - 2} {Y - 3} 70 14 re f",
}
UNDER = {
    "a highlight": f"1 1 0.6 rg {LEFT - 2} {Y - 3} 70 14 re f 0 0 0 rg",
    "a band": f"0.9 0.95 0.95 rg 50 {Y - 8} 500 24 re f 0 0 0 rg",
    "a light picture": f"q 500 0 0 400 50 {Y - 200} cm /P Do Q",
    "light words across": "0.9 0.9 0.9 rg " + handmade.shown("ALLIANCE", 100, Y - 10, size=60) + " 0 0 0 rg",
}
MORE = "/XObject<</P 6 0 R/X 7 0 R/Y 8 0 R>>/ExtGState<</G<</ca 0.3>>>>"
BESIDE = handmade.stream(b"0.5 w 300 300 40 40 re S", "/Type/XObject/Subtype/Form/BBox[0 0 595 842]")


def paper(*, over: str = "", under: str = "") -> bytes:
    content = handmade.certificate(TITLE, ZIGBEE, over=over, under=under)
    return handmade.document(content, resources=MORE, objects=(IMAGE, FORM, BESIDE))


def reads(content: bytes) -> bool:
    """Whether the value is read; where letters stand upon letters it has no value to begin with, and no note."""
    document = read_document("paper.pdf", content).document
    assert document.certificate is not None, document
    read = LABEL in document.certificate.facts
    assert document.notes == () if read else document.notes in {(), (says.PDF_UNSEEN,)}
    return read


@pytest.mark.parametrize("how", OVER)
def test_a_letter_that_is_covered_crossed_or_patched_is_not_read(how: str) -> None:
    assert not reads(paper(over=OVER[how]))


@pytest.mark.parametrize("how", HARMLESS)
def test_lines_and_frames_beside_letters_do_no_harm(how: str) -> None:
    assert reads(paper(over=HARMLESS[how]))


@pytest.mark.parametrize("how", UNDER)
def test_a_light_ground_does_no_harm(how: str) -> None:
    assert reads(paper(under=UNDER[how]))


def lying(font: str, *objects: bytes, shown: str = ZIGBEE[LABEL]) -> bytes:
    content = handmade.certificate(
        TITLE, ZIGBEE, value=lambda label, _, y: handmade.shown(shown, LEFT, y, font="L") if label == LABEL else None
    )
    return handmade.document(content, fonts=f"/L {font}", objects=objects)


def swapped(base: str, code: str, told: str) -> bytes:
    font = f"<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>"
    return lying(font, handmade.to_unicode({ord(code): told}), shown=ZIGBEE[LABEL].replace(told, code))


@pytest.mark.parametrize("base", ["Helvetica", "Helvetica-Bold", "Times-Roman", "Courier", "Times-Italic"])
@pytest.mark.parametrize(("code", "told"), [("4", "5"), ("7", "1"), ("8", "6"), ("3", "2"), ("9", "0")])
def test_a_map_that_says_another_digit_than_is_drawn_is_not_believed(base: str, code: str, told: str) -> None:
    assert not reads(swapped(base, code, told))


@pytest.mark.parametrize("base", ["Helvetica", "Helvetica-Bold", "Times-Roman", "Courier", "Times-Italic"])
def test_a_map_that_says_what_is_drawn_is_believed(base: str) -> None:
    assert reads(swapped(base, "5", "5"))


def type3(drawn: str) -> bytes:
    """A font whose letters are drawn by operators; its `five` is drawn as told, its other letters are boxes."""
    strokes = {
        "5": b"600 0 0 0 600 700 d1 80 w 480 660 m 120 660 l 110 380 l 350 420 l 470 300 l 440 110 l"
        b" 300 40 l 90 80 l S",
        "4": b"600 0 0 0 600 700 d1 80 w 420 0 m 420 690 l 60 200 l 540 200 l S",
    }
    differences = "/Differences[48/a/b/c/d/e/five 58/colon]"
    names = " ".join(f"/{name} 7 0 R" for name in ("a", "b", "c", "d", "e", "colon"))
    font = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 48/LastChar 58"
        f"/Widths[{' '.join(['600'] * 11)}]/Encoding<</Type/Encoding{differences}>>/CharProcs<<{names}/five 6 0 R>>"
        "/Resources<<>>/ToUnicode 8 0 R>>"
    )
    box = handmade.stream(b"600 0 0 0 600 700 d1 100 0 400 700 re f")
    return lying(font, handmade.stream(strokes[drawn]), box, handmade.to_unicode({}), shown="55:55:55:55")


def test_letters_of_a_font_drawn_by_operators_are_looked_at() -> None:
    assert reads(type3("5"))
    assert not reads(type3("4"))
