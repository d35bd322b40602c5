#!/usr/bin/env bash
# PDFium (pypdfium2 5.15.2) reads words outside of the page's crop box by one of its two calls, and leaves them out by the other.
#
# Expected: the two calls for the text of a whole page give the same words; what is cut away is not on the page that a reader
#           sees (ISO 32000-1, 14.11.2).
# Seen:     get_text_range() has the words in the cut-off margin, get_text_bounded() has not; a word half inside is in both.
#           pypdf 7.1.1, pdfminer.six 20260107 and pdfplumber 0.11.10 read them, PyMuPDF 2.0 does not. The picture that PDFium
#           draws ends above them.
# Caller:   a certificate cut out of a larger sheet, or a page cropped to hide an old version number, still says it; take the
#           text within page.get_cropbox(), and tell a person if there is more outside.
. "$(dirname "$0")/lib.sh"
pip_packages pypdfium2==5.15.2 pypdf==7.1.1 pdfminer.six==20260107 pdfplumber==0.11.10 PyMuPDF==2.0 reportlab==5.1.0
observe python - <<'PYTHON'
import pdfminer.high_level
import pdfplumber
import pymupdf
import pypdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("page.pdf", pagesize=(400, 300))
canvas.drawString(50, 200, "0002000A")
canvas.drawString(50, 46, "half")
canvas.drawString(50, 10, "0001000A")
canvas.setCropBox((0, 50, 400, 300))
canvas.save()
page = pypdfium2.PdfDocument("page.pdf")[0]
texts = {
    "PDFium, range": page.get_textpage().get_text_range(),
    "PDFium, bounded": page.get_textpage().get_text_bounded(),
    "pypdf": pypdf.PdfReader("page.pdf").pages[0].extract_text(),
    "pdfminer.six": pdfminer.high_level.extract_text("page.pdf"),
    "pdfplumber": pdfplumber.open("page.pdf").pages[0].extract_text(),
    "PyMuPDF": pymupdf.open("page.pdf")[0].get_text(),
}
for reader, text in texts.items():
    print(reader, text.split())
print("drawn:", page.get_size())
PYTHON
seen <<'SEEN'
PDFium, range ['0002000A', 'half', '0001000A']
PDFium, bounded ['0002000A', 'half']
pypdf ['0002000A', 'half', '0001000A']
pdfminer.six ['0002000A', 'half', '0001000A']
pdfplumber ['0002000A', 'half', '0001000A']
PyMuPDF ['0002000A', 'half']
drawn: (400.0, 250.0)
SEEN
