"""PDFs of one line of text whose page is framed in every way that the format allows."""

from __future__ import annotations

from extract.handmade import HELVETICA, stream

MEDIA = "/MediaBox[0 0 595 842]"
CROP = "/CropBox[50 400 500 600]"
FRAMES = {
    "plain": (MEDIA, ""),
    "cropped": (MEDIA + CROP, ""),
    "cropped by its parent": (MEDIA, CROP),
    "of its parent's paper": ("", "/MediaBox[20 30 595 842]"),
    "of no paper": ("", ""),
    "cropped beyond its paper": (MEDIA + "/CropBox[-50 -60 700 900]", ""),
    "cropped from the upper right": (MEDIA + "/CropBox[500 600 50 400]", ""),
    "on paper that begins below zero": ("/MediaBox[-100 -50 495 792]", ""),
}
"""By name: what the page says of its frame, and what its parent says."""
QUARTERS = (0, 90, 180, 270)


def framed(frame: str, rotation: int, line: str = "Firmware 01:02:05:0A") -> bytes:
    """A page with one line, 100 points from the left of its paper's zero and 500 above it."""
    own, inherited = FRAMES[frame]
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[3 0 R]/Count 1{inherited}>>".encode(),
        f"<</Type/Page/Parent 2 0 R{own}/Rotate {rotation}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".encode(),
        stream(f"BT /F 14 Tf 100 500 Td ({line}) Tj ET".encode()),
        HELVETICA.encode(),
    )
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.7\n" + objects + b"trailer<</Root 1 0 R>>\n"
