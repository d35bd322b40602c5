#!/usr/bin/env bash
# A landscape page, drawn on its side and turned: PDFium (pypdfium2 5.15.2) reads a model and a version below it as one word.
#
# Expected: a page that is drawn a quarter turned and shown upright by /Rotate 90, as programs print landscape tables, reads
#           like one that was drawn upright.
# Seen:     of a table's second column PDFium makes "GSME-20002000B", the line's end between its two lines gone; upright the
#           same call keeps it. pypdf 7.1.1, pdfminer.six 20260107, pdfplumber 0.11.10, PyMuPDF 2.0 and poppler (seen with 22.12)
#           read the words in either.
# Caller:   read PDFium's letters with their places instead of its text, along the direction in which they stand; try every
#           reader with a landscape page.
. "$(dirname "$0")/lib.sh"
apt_program pdftotext poppler-utils
pip_packages pypdf==7.1.1 pypdfium2==5.15.2 pdfminer.six==20260107 pdfplumber==0.11.10 pymupdf==2.0 reportlab==5.1.0
observe python - <<'PYTHON'
import subprocess
import pdfplumber
import pymupdf
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

CELLS = [(50, 250, "Model ESME-1"), (50, 230, "Version 0002000A"), (250, 250, "GSME-2"), (250, 230, "0002000B")]
for way in ("upright", "landscape"):
    canvas = Canvas("page.pdf", pagesize=(400, 300) if way == "upright" else (300, 400))
    if way == "landscape":
        canvas.setPageRotation(90)
        canvas.translate(300, 0)
        canvas.rotate(90)
    for cell in CELLS:
        canvas.drawString(*cell)
    canvas.save()
    print(way, "PDFium      ", pypdfium2.PdfDocument("page.pdf")[0].get_textpage().get_text_bounded().split())
    print(way, "pypdf       ", pypdf.PdfReader("page.pdf").pages[0].extract_text().split())
    print(way, "pdfminer    ", extract_text("page.pdf").split())
    print(way, "pdfplumber  ", pdfplumber.open("page.pdf").pages[0].extract_text().split())
    print(way, "PyMuPDF     ", pymupdf.open("page.pdf")[0].get_text().split())
    print(way, "poppler     ", subprocess.check_output(["pdftotext", "page.pdf", "-"], text=True).split())
PYTHON
seen <<'SEEN'
upright PDFium       ['Model', 'ESME-1', 'Version', '0002000A', 'GSME-2', '0002000B']
upright pypdf        ['Model', 'ESME-1', 'Version', '0002000A', 'GSME-2', '0002000B']
upright pdfminer     ['Model', 'ESME-1', 'Version', '0002000A', 'GSME-2', '0002000B']
upright pdfplumber   ['Model', 'ESME-1', 'GSME-2', 'Version', '0002000A', '0002000B']
upright PyMuPDF      ['Model', 'ESME-1', 'Version', '0002000A', 'GSME-2', '0002000B']
upright poppler      ['Model', 'ESME-1', 'GSME-2', 'Version', '0002000A', '0002000B']
landscape PDFium       ['Model', 'ESME-1', 'Version', '0002000A', 'GSME-20002000B']
landscape pypdf        ['Model', 'ESME-1', 'Version', '0002000A', 'GSME-2', '0002000B']
landscape pdfminer     ['Model', 'ESME-1', 'Version', '0002000A', 'GSME-2', '0002000B']
landscape pdfplumber   ['Model', 'ESME-1', 'GSME-2', 'Version', '0002000A', '0002000B']
landscape PyMuPDF      ['Model', 'ESME-1', 'Version', '0002000A', 'GSME-2', '0002000B']
landscape poppler      ['Model', 'ESME-1', 'GSME-2', 'Version', '0002000A', '0002000B']
SEEN
