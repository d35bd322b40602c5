"""A page as a picture: its values stand where their boxes say, and no page makes a picture beyond the limits."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from extract.frames import FRAMES, QUARTERS, framed
from extract.hostile import pdf
from PIL import Image

from intake.extract.page.pdf import Pdf
from intake.extract.page.raster import MAX_PIXELS, MAX_SIDE, draw_page, draw_picture
from intake.extract.unreadable import UnreadableError

DARK = 128


def ink(picture: Image.Image) -> int:
    return sum(picture.convert("L").histogram()[:DARK])


def framed_pdf(box: str, *, entries: str = "") -> bytes:
    """One empty page of this paper."""
    return (
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox{box}{entries}>>endobj\ntrailer<</Root 1 0 R>>\n"
    ).encode()


@pytest.mark.parametrize("rotation", QUARTERS)
@pytest.mark.parametrize("frame", FRAMES)
def test_all_ink_of_a_value_lies_in_its_box_however_the_page_is_framed(frame: str, rotation: int) -> None:
    content = framed(frame, rotation)
    with Pdf(content) as opened:
        (run,) = opened.runs(1)
    drawn = draw_page(content, 1, 1200)
    picture = Image.open(BytesIO(drawn.image))
    scale = picture.width / drawn.size[0]
    left, bottom, right, top = (edge * scale for edge in run.shown)
    height = drawn.size[1] * scale
    box = picture.crop((int(left) - 2, int(height - top) - 2, int(right) + 3, int(height - bottom) + 3))
    assert ink(picture) > 500
    assert ink(box) == ink(picture)
    assert (box.width - 5) * (box.height - 5) < 1.1 * (right - left + 1) * (top - bottom + 1)


def test_a_look_that_nobody_keeps_is_a_jpeg_of_the_same_page() -> None:
    content = framed("cropped by its parent", 0)
    kept, passing = draw_page(content, 1, 600), draw_page(content, 1, 600, jpeg=True)
    pictures = [Image.open(BytesIO(drawn.image)) for drawn in (kept, passing)]
    assert [picture.format for picture in pictures] == ["WEBP", "JPEG"]
    assert pictures[0].size == pictures[1].size
    assert kept.size == passing.size


def test_text_outside_of_an_inherited_crop_is_not_read() -> None:
    content = framed("cropped by its parent", 0).replace(b"CropBox[50 400 500 600]", b"CropBox[50 100 500 300]")
    with Pdf(content) as opened:
        assert opened.runs(1) == ()
        assert opened.texts()[0].strip() == ""
    assert ink(Image.open(BytesIO(draw_page(content, 1, 600).image))) == 0


@pytest.mark.parametrize("width", [1, 1200, 2000, 100_000])
@pytest.mark.parametrize(
    "box",
    ["[0 0 14400 14400]", "[0 0 14400 2]", "[0 0 2 14400]", "[0 0 1e9 1e9]", "[0 0 3e38 3e38]", "[0 0 0.01 0.01]"],
)
def test_no_page_makes_a_picture_beyond_the_limits(box: str, width: int) -> None:
    try:
        drawn = draw_page(framed_pdf(box), 1, width)
    except UnreadableError:
        return
    picture = Image.open(BytesIO(drawn.image))
    assert picture.width * picture.height <= MAX_PIXELS * 1.01
    assert max(picture.size) <= MAX_SIDE + 1


@pytest.mark.parametrize("number", [0, -1, 2, 10**9, 10**30])
def test_a_page_that_is_not_there_has_no_picture(number: int) -> None:
    drawn = draw_page(framed("plain", 0), number, 600)
    assert (drawn.pages, drawn.image) == (1, b"")


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"no PDF", framed_pdf("[0 0 595 842]", entries="/CropBox[1000 1000 1100 1100]")],
)
def test_what_cannot_be_drawn_is_said(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        draw_page(content, 1, 600)


def test_a_page_that_draws_itself_within_itself_ends() -> None:
    assert draw_page(pdf(zlib.compress(b"/X Do")), 1, 600).image


def picture_file(size: tuple[int, int], kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("1" if kind in {"PNG", "TIFF"} else "RGB", size, 1).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_file_is_drawn_no_larger_than_it_is(kind: str) -> None:
    drawn = draw_picture(picture_file((300, 200), kind), 1200)
    assert Image.open(BytesIO(drawn.image)).size == (300, 200)


@pytest.mark.parametrize(
    "content",
    [lambda: b"", lambda: b"no picture", lambda: picture_file((30_000, 30_000)), lambda: picture_file((40, 40))[:50]],
    ids=["empty", "no picture", "enormous", "cut off"],
)
def test_a_picture_file_that_is_damaged_or_enormous_is_refused(content: Callable[[], bytes]) -> None:
    with pytest.raises(UnreadableError):
        draw_picture(content(), 1200)
