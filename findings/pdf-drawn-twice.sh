#!/usr/bin/env bash
# A word that is drawn twice to look bold: pdfplumber 0.11.10 spells it "VVeerrssiioonn", PDFium reads it once.
#
# Expected: "Version 0002000A", drawn again a third of a point to the right as programs without a bold font do it, is read
#           once, or twice, by all.
# Seen:     pdfplumber's extract_text sets the letters in order of their place and so each beside its double; a search for the
#           version finds nothing, and a pattern of eight hexadecimal digits finds 00000022. pypdf 7.1.1, pdfminer.six
#           20260107 and PyMuPDF 2.0 give two lines, as if two versions were listed; PDFium (pypdfium2 5.15.2) leaves the
#           second out. A shadow under a heading, a point down and to the right, does the same.
# Caller:   page.dedupe_chars() before extract_text of pdfplumber, with a tolerance above the offset; count the versions of a
#           page as a set.
. "$(dirname "$0")/lib.sh"
pip_packages pdfplumber==0.11.10 pdfminer.six==20260107 pypdf==7.1.1 PyMuPDF==2.0 pypdfium2==5.15.2 reportlab==5.1.0
observe python - <<'PYTHON'
import pdfminer.high_level
import pdfplumber
import pymupdf
import pypdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

for name, right, down in (("bold", 0.3, 0), ("shadow", 1, 1)):
    canvas = Canvas("page.pdf")
    canvas.drawString(72, 700, "Version 0002000A")
    canvas.drawString(72 + right, 700 - down, "Version 0002000A")
    canvas.save()
    page = pdfplumber.open("page.pdf").pages[0]
    print(f"{name}: pdfplumber", page.extract_text())
    print(f"{name}: pdfplumber without doubles", page.dedupe_chars(tolerance=2).extract_text())
    texts = {
        "pdfminer.six": pdfminer.high_level.extract_text("page.pdf"),
        "pypdf": pypdf.PdfReader("page.pdf").pages[0].extract_text(),
        "PyMuPDF": pymupdf.open("page.pdf")[0].get_text(),
        "PDFium": pypdfium2.PdfDocument("page.pdf")[0].get_textpage().get_text_range(),
    }
    for reader, text in texts.items():
        print(f"{name}: {reader}", text.split())
PYTHON
seen <<'SEEN'
bold: pdfplumber VVeerrssiioonn 00000022000000AA
bold: pdfplumber without doubles Version 0002000A
bold: pdfminer.six ['Version', '0002000A', 'Version', '0002000A']
bold: pypdf ['Version', '0002000A', 'Version', '0002000A']
bold: PyMuPDF ['Version', '0002000A', 'Version', '0002000A']
bold: PDFium ['Version', '0002000A']
shadow: pdfplumber VVeerrssiioonn 00000022000000AA
shadow: pdfplumber without doubles Version 0002000A
shadow: pdfminer.six ['Version', '0002000A', 'Version', '0002000A']
shadow: pypdf ['Version', '0002000A', 'Version', '0002000A']
shadow: PyMuPDF ['Version', '0002000A', 'Version', '0002000A']
shadow: PDFium ['Version', '0002000A']
SEEN
