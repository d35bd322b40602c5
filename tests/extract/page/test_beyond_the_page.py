"""What stands beyond a page's edge is not on it: a larger sheet was cropped, or a template kept its notes there."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from extract.frames import FRAMES, QUARTERS, framed
from reportlab.pdfgen.canvas import Canvas

from intake.extract.page.pdf import Pdf

SHOWN = "Firmware 01:02:05:0A"


def _turned(canvas: Canvas) -> None:
    canvas.translate(350, -100)
    canvas.rotate(90)
    canvas.drawString(0, 0, "beyond")
    canvas.drawString(120, 0, "up within")


def _in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("noted")
    canvas.drawString(0, 0, "beyond")
    canvas.endForm()
    canvas.translate(50, -60)
    canvas.doForm("noted")


def _form_within(canvas: Canvas) -> None:
    canvas.beginForm("stamped")
    canvas.drawString(-900, -900, "up within")
    canvas.endForm()
    canvas.translate(950, 1000)
    canvas.doForm("stamped")


PAPERS: dict[str, tuple[Callable[[Canvas], None], set[str]]] = {
    "to the left": (lambda canvas: canvas.drawString(-200, 100, "beyond"), set()),
    "below": (lambda canvas: canvas.drawString(50, -30, "beyond"), set()),
    "above": (lambda canvas: canvas.drawString(50, 330, "beyond"), set()),
    "to the right": (lambda canvas: canvas.drawString(420, 100, "beyond"), set()),
    "across an edge": (lambda canvas: canvas.drawString(-20, 150, "up within"), {"within"}),
    "turned": (_turned, {"within"}),
    "in a form of its own": (_in_a_form, set()),
    "in a form whose own numbers lie beyond": (_form_within, {"within"}),
}


@pytest.mark.parametrize("name", PAPERS)
def test_only_what_is_shown_is_read(name: str) -> None:
    draw, seen = PAPERS[name]
    content = BytesIO()
    canvas = Canvas(content, pagesize=(400, 300))
    canvas.drawString(50, 200, SHOWN)
    canvas.saveState()
    draw(canvas)
    canvas.restoreState()
    canvas.save()
    with Pdf(content.getvalue()) as opened:
        words = set(opened.texts()[0].split())
    assert {*SHOWN.split(), *seen} <= words
    assert "beyond" not in words


@pytest.mark.parametrize("rotation", QUARTERS)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_page_s_text_is_read_however_it_is_framed(frame: str, rotation: int) -> None:
    with Pdf(framed(frame, rotation, SHOWN)) as opened:
        assert opened.texts()[0].split() == SHOWN.split()
