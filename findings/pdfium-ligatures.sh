#!/usr/bin/env bash
# PDFium (pypdfium2 5.15.2) gives the letters of a ligature one by one, each with the box of the whole glyph.
#
# Expected: the letters share the glyph's width among them.
# Seen:     f and i stand at the very same place, so a program that sorts letters by place, or measures the gaps between
#           them, takes words like "Certification" apart.
# Caller:   letters with one and the same box are one glyph; keep them together in the order they come.
. "$(dirname "$0")/lib.sh"
pip_packages pypdfium2==5.15.2 reportlab==4.4.4
observe python - <<'PYTHON'
import pathlib
from io import BytesIO
import pypdfium2
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

fonts = pathlib.Path(reportlab.__file__).parent / "fonts"
pdfmetrics.registerFont(TTFont("Vera", fonts / "Vera.ttf"))
out = BytesIO()
canvas = Canvas(out)
canvas.setFont("Vera", 12)
canvas.drawString(72, 700, "a\ufb01b")
canvas.save()
page = pypdfium2.PdfDocument(out.getvalue())[0].get_textpage()
for index in range(page.count_chars()):
    left, _, right, _ = page.get_charbox(index)
    print(repr(page.get_text_range(index, 1)), round(left, 1), round(right, 1))
PYTHON
seen <<'SEEN'
'a' 72.7 78.3
'f' 79.6 85.8
'i' 79.6 85.8
'b' 88.0 93.9
SEEN
