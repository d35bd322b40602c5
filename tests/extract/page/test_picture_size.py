"""Pictures too small for a page of print, and pictures that a certificate may be on."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from intake.extract.document import read_document
from intake.extract.page.picture_size import is_a_logo, size_of


def picture(size: tuple[int, int], form: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "GIF", "JPEG"])
@pytest.mark.parametrize("size", [(1, 1), (300, 80), (255, 257), (1200, 1600), (4000, 40)])
def test_the_size_is_as_the_library_says(size: tuple[int, int], form: str) -> None:
    assert size_of(picture(size, form)) == size


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"\xff\xd8\xff\xe0\0\0" * 3, b"GIF89a", b"BM"]
)
def test_a_damaged_head_has_no_size(content: bytes) -> None:
    assert size_of(content) is None
    assert not is_a_logo("logo.png", content)


def test_every_cut_of_a_jpeg_is_borne() -> None:
    whole = picture((640, 480), "JPEG")
    assert {size_of(whole[:count]) for count in range(0, len(whole), 7)} <= {None, (640, 480)}


@pytest.mark.parametrize(
    ("name", "size", "logo"),
    [
        ("image001.png", (300, 90), True),
        ("image001.png", (250, 350), True),
        ("Company logo.png", (1200, 400), True),
        ("stamp.png", (1200, 400), False),
        ("logo.png", (1200, 1600), False),
        ("logo.png", (900, 640), False),
        ("logo.png", (4000, 1200), False),
        ("scan.jpg", (600, 850), False),
    ],
)
def test_a_logo_calls_nobody(name: str, size: tuple[int, int], *, logo: bool) -> None:
    document = read_document(name, picture(size)).document
    assert (document.words == "") is logo
    assert document.may_be_a_certificate is not logo
