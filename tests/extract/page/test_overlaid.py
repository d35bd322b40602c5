from __future__ import annotations

import pytest
from extract import handmade

from intake.extract.certificate.withdrawal import standing
from intake.extract.document import read_document
from intake.extract.page.spaced import scattered
from intake.extract.unreadable import PDF_OVERLAID

FACTS = {
    "Type of Device": "Gas Smart Meter",
    "Manufacturer": "1A:5D",
    "Model Identification": "40:01",
    "Hardware Version": "02_0A",
    "Firmware Version": "01:02:05:01",
    "Certification Date": "20 July 2022",
    "Certification ID Number": "ZIG22101ZSE13181-24",
}
PICTURE = handmade.stream(
    bytes((x * y) % 256 for y in range(20) for x in range(20)),
    "/Type/XObject/Subtype/Image/Width 20/Height 20/ColorSpace/DeviceGray/BitsPerComponent 8",
)


def notes(over: str) -> tuple[str, ...]:
    content = handmade.certificate("ZigBee Certified Product - Certificate", FACTS, over=over)
    paper = handmade.document(content, resources="/XObject<</P 6 0 R>>", objects=(PICTURE,))
    return read_document("paper.pdf", paper).document.notes


@pytest.mark.parametrize(
    "over",
    [
        "q 500 0 0 500 50 100 cm /P Do Q",
        "12 w 1 0 0 RG 60 250 m 110 100 l 160 250 l S 180 175 m 180 290 320 290 320 175 c S 330 100 m 480 250 l S",
    ],
    ids=["large", "large letters drawn"],
)
def test_a_picture_that_may_be_a_stamp_is_for_a_person(over: str) -> None:
    assert PDF_OVERLAID.format(pages="1") in notes(over)


@pytest.mark.parametrize("over", ["q 90 0 0 60 480 20 cm /P Do Q", "40 40 515 760 re S"], ids=["a logo", "a frame"])
def test_ornaments_disturb_nobody(over: str) -> None:
    assert notes(over) == ()


@pytest.mark.parametrize("text", ["V OI D", "V\r\nO\r\nI\r\nD", "text\nD R A\nF T", "VO ID", "d\nr\na\nf\nt"])
def test_a_word_whose_letters_are_drawn_one_by_one_is_heard(text: str) -> None:
    assert list(scattered([text]))
    assert standing([f"Certificate of Compliance\n{text}"]) is not None


@pytest.mark.parametrize("text", ["N C S C", "A B", "PAGE 1 OF 2", "TYPE A OR B"])
def test_other_letters_apart_say_nothing(text: str) -> None:
    assert standing([text]) is None
