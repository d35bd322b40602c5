from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import reportlab
from extract import handmade
from PIL import Image, ImageDraw, ImageFont

from intake.extract.certificate.withdrawal import standing
from intake.extract.document import read_document
from intake.extract.page.spaced import scattered
from intake.extract.unreadable import PDF_OVERLAID, PDF_STAMPED

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


def grounded(shade: Callable[[int, int], int], *, width: int = 595, height: int = 842) -> tuple[str, ...]:
    """What is noted of a certificate on a picture of so many points, each of the shade that is told."""
    pixels = bytes(shade(x, y) for y in range(height) for x in range(width))
    heads = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8"
    picture = handmade.stream(pixels, heads)
    content = "q 595 0 0 842 0 0 cm /P Do Q\n" + handmade.certificate("ZigBee Certified Product - Certificate", FACTS)
    paper = handmade.document(content, resources="/XObject<</P 6 0 R>>", objects=(picture,))
    return read_document("paper.pdf", paper).document.notes


GROUNDS: dict[str, Callable[[int, int], int]] = {
    "plain": lambda x, y: 250,  # noqa: ARG005  # every ground is asked by place
    "lines": lambda x, y: 235 if (y + x // 20) % 8 == 0 else 255,
    "dots": lambda x, y: 225 if x % 9 < 2 and y % 9 < 2 else 255,
    "darker downwards": lambda x, y: 255 - y // 42,  # noqa: ARG005  # the same
    "grain": lambda x, y: 240 + (x * 7919 + y * 104729) % 13,
}


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_pale_even_ground_says_nothing(ground: str) -> None:
    assert grounded(GROUNDS[ground]) == ()


@pytest.mark.parametrize(
    "shade",
    [
        lambda x, y: 238 if 150 < x < 170 and 300 < y < 500 else 255,
        lambda x, y: 200 if 150 < x < 154 and 300 < y < 330 else 255,
        lambda x, y: 120 + y % 2,  # noqa: ARG005  # the same
    ],
    ids=["a stroke of a pale word", "a stroke of a small word", "a dark ground"],
)
def test_a_ground_with_a_word_or_a_dark_one_is_for_a_person(shade: Callable[[int, int], int]) -> None:
    assert PDF_OVERLAID.format(pages="1") in grounded(shade)


def stamped(words: str, face: str, *, turned: float = 0.0, framed: bool = False) -> tuple[str, ...]:
    """What is noted of a certificate with a picture of these words in an empty corner."""
    font = ImageFont.truetype(face, 48)
    width, height = int(font.getlength(words)) + 40, 90
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((20, 16), words, font=font, fill=70)
    if framed:
        draw.rectangle((3, 3, width - 4, height - 4), outline=70, width=5)
    picture = picture.rotate(turned, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    heads = (
        f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
        "/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    across, up = 0.3 * picture.width, 0.3 * picture.height
    content = handmade.certificate(
        "ZigBee Certified Product - Certificate", FACTS, over=f"q {across} 0 0 {up} 330 40 cm /P Do Q"
    )
    paper = handmade.document(
        content, resources="/XObject<</P 6 0 R>>", objects=(handmade.stream(picture.tobytes(), heads),)
    )
    return read_document("paper.pdf", paper).document.notes


FONTS = Path(reportlab.__file__).parent / "fonts"


@pytest.mark.parametrize("face", ["Vera.ttf", "VeraBd.ttf"])
@pytest.mark.parametrize(("words", "word"), [("WITHDRAWN", "WITHDRAWN"), ("VOID", "VOID"), ("NOT VALID", "NOTVALID")])
@pytest.mark.parametrize(("turned", "framed"), [(0, False), (0, True), (14, True), (-35, False), (90, False)])
def test_a_small_picture_that_spells_a_stamp_s_word_is_asked_about(
    face: str, words: str, word: str, turned: float, *, framed: bool
) -> None:
    expected = PDF_STAMPED.format(page=1, word=word)
    assert stamped(words, str(FONTS / face), turned=turned, framed=framed) == (expected,)


@pytest.mark.parametrize(
    "words", ["ZIGBEE", "ASHDOWN", "TRUVOID", "DRAFTEX", "MUSTEK", "ALLIANCE", "UKAS 0001", "VALID", "CERTIFIED COPY"]
)
@pytest.mark.parametrize("turned", [0, 20])
def test_a_logo_is_not(words: str, turned: float) -> None:
    assert stamped(words, str(FONTS / "VeraBd.ttf"), turned=turned, framed=True) == ()


def test_a_ground_of_a_page_as_large_as_a_wall_is_looked_at_in_small() -> None:
    content = "q 14000 0 0 14000 0 0 cm /P Do Q\n" + handmade.certificate(
        "ZigBee Certified Product - Certificate", FACTS
    )
    plain = handmade.stream(
        b"\xfa" * 400, "/Type/XObject/Subtype/Image/Width 20/Height 20/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    paper = handmade.document(content, resources="/XObject<</P 6 0 R>>", objects=(plain,))
    assert b"[0 0 595 842]" in paper
    wall = paper.replace(b"[0 0 595 842]", b"[0 0 14000 14000]")
    assert read_document("paper.pdf", wall).document.certificate is not None
