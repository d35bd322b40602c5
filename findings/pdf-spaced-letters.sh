#!/usr/bin/env bash
# A version set with two points between its digits is eight words for PyMuPDF 2.0 and pdfminer.six 20260107, one for others.
#
# Expected: digits that are moved apart by the PDF's own character spacing (Tc; ISO 32000-2, 9.3.2) are one word, since no
#           blank is in the text.
# Seen:     from two points on PyMuPDF and pdfminer give "0 0 0 2 0 0 0 B"; pdfplumber 0.11.10 from three, and of those
#           "000 2000 C", as if somebody had set two groups; poppler (seen with 22.12) from six. pypdf 7.1.1 and PDFium
#           (pypdfium2 5.15.2) always give one word.
# Caller:   take the blanks out of a line before a version, a hash or an EUI-64 is looked for in it, and compare two readers: a
#           heading, with the number of a certificate in it, is often set wide.
. "$(dirname "$0")/lib.sh"
apt_program pdftotext poppler-utils
pip_packages reportlab==5.1.0 PyMuPDF==2.0 pdfminer.six==20260107 pdfplumber==0.11.10 pypdf==7.1.1 pypdfium2==5.15.2
observe python - <<'PYTHON'
import subprocess
import pdfminer.high_level
import pdfplumber
import pymupdf
import pypdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("wide.pdf")
for row, (version, apart) in enumerate([("0002000A", 0), ("0002000B", 2), ("0002000C", 3), ("0002000D", 6)]):
    text = canvas.beginText(72, 760 - 30 * row)
    text.setFont("Helvetica", 12)
    text.setCharSpace(apart)
    text.textOut(version)
    canvas.drawText(text)
canvas.save()
READERS = {
    "pypdf": lambda: pypdf.PdfReader("wide.pdf").pages[0].extract_text(),
    "PDFium": lambda: pypdfium2.PdfDocument("wide.pdf")[0].get_textpage().get_text_range(),
    "poppler": lambda: subprocess.run(["pdftotext", "wide.pdf", "-"], capture_output=True, text=True).stdout,
    "pdfplumber": lambda: pdfplumber.open("wide.pdf").pages[0].extract_text(),
    "PyMuPDF": lambda: pymupdf.open("wide.pdf")[0].get_text(),
    "pdfminer": lambda: pdfminer.high_level.extract_text("wide.pdf"),
}
for name, read in READERS.items():
    print(f"{name}:", ", ".join(line.strip() for line in read().splitlines() if line.strip()))
PYTHON
seen <<'SEEN'
pypdf: 0002000A, 0002000B, 0002000C, 0002000D
PDFium: 0002000A, 0002000B, 0002000C, 0002000D
poppler: 0002000A, 0002000B, 0002000C, 0 0 0 2 0 0 0 D
pdfplumber: 0002000A, 0002000B, 000 2000 C, 0 0 0 2 0 0 0 D
PyMuPDF: 0002000A, 0 0 0 2 0 0 0 B, 0 0 0 2 0 0 0 C, 0 0 0 2 0 0 0 D
pdfminer: 0002000A, 0 0 0 2 0 0 0 B, 0 0 0 2 0 0 0 C, 0 0 0 2 0 0 0 D
SEEN
