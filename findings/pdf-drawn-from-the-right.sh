#!/usr/bin/env bash
# A version whose digits a PDF draws from the last to the first: pdfminer.six 20260107 reads 0002000F as F0002000.
#
# Expected: the text of a page is what stands on it; in which order its letters are drawn is the file's own affair.
# Seen:     pdfminer puts the last digit, drawn first, in front: another version, as valid as the right one. pypdf 7.1.1 and
#           PyMuPDF 2.0 give eight lines of a digit each, the last one first. PDFium (pypdfium2 5.15.2), poppler (seen with
#           22.12) and pdfplumber 0.11.10, which stands on pdfminer but orders letters by their place, give 0002000F.
# Caller:   order letters by their place before they are joined; a version in a certificate that is not the form's is a reason
#           to look at the page, as it is shown.
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
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("right.pdf")
canvas.setFont("Helvetica", 12)
place = 300
for digit in reversed("0002000F"):
    place -= stringWidth(digit, "Helvetica", 12)
    canvas.drawString(place, 700, digit)
canvas.save()
READERS = {
    "PDFium": lambda: pypdfium2.PdfDocument("right.pdf")[0].get_textpage().get_text_range(),
    "poppler": lambda: subprocess.run(["pdftotext", "right.pdf", "-"], capture_output=True, text=True).stdout,
    "pdfplumber": lambda: pdfplumber.open("right.pdf").pages[0].extract_text(),
    "pdfminer": lambda: pdfminer.high_level.extract_text("right.pdf"),
    "PyMuPDF": lambda: pymupdf.open("right.pdf")[0].get_text(),
    "pypdf": lambda: pypdf.PdfReader("right.pdf").pages[0].extract_text(),
}
for name, read in READERS.items():
    print(f"{name}:", *read().split())
PYTHON
seen <<'SEEN'
PDFium: 0002000F
poppler: 0002000F
pdfplumber: 0002000F
pdfminer: F0002000
PyMuPDF: F 0 0 0 2 0 0 0
pypdf: F 0 0 0 2 0 0 0
SEEN
