#!/usr/bin/env bash
# Words that lie across a page: pdfplumber 0.11.10 spells them backwards, pdfminer.six 20260107 those along the margin.
#
# Expected: "WITHDRAWN" across a certificate, or a remark along its margin, is found by a search for it, whichever reader is used.
# Seen:     pdfplumber's extract_text gives a diagonal word from its last letter to its first, one a line, and words that run up
#           the page as "tnairav siht"; pdfminer.six reads the diagonal one, and those up the page a letter a line from the end;
#           pypdf 7.1.1 reads all of them, and with extraction_mode="layout" leaves those up the page out, with a line in its
#           log. PDFium (pypdfium2 5.15.2) and PDF.js (pdfjs-dist 5.6.205) read each as it is drawn.
# Caller:   look for stamps with PDFium, or by each character's matrix.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pdfplumber==0.11.10 pdfminer.six==20260107 pypdf==7.1.1 pypdfium2==5.15.2 reportlab==5.1.0
npm_packages pdfjs-dist@5.6.205
observe python - <<'PYTHON'
import pdfplumber
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

page = Canvas("certificate.pdf")
page.drawString(72, 700, "Certificate 0042")
for x, y, degrees, size, words in [(150, 400, 45, 60, "WITHDRAWN"), (400, 200, 90, 12, "this variant")]:
    page.saveState()
    page.translate(x, y)
    page.rotate(degrees)
    page.setFont("Helvetica", size)
    page.drawString(0, 0, words)
    page.restoreState()
page.save()
readers = {
    "PDFium      ": lambda: pypdfium2.PdfDocument("certificate.pdf")[0].get_textpage().get_text_range(),
    "pypdf       ": lambda: pypdf.PdfReader("certificate.pdf").pages[0].extract_text(),
    "its layout  ": lambda: pypdf.PdfReader("certificate.pdf").pages[0].extract_text(extraction_mode="layout"),
    "pdfminer.six": lambda: extract_text("certificate.pdf"),
    "pdfplumber  ": lambda: pdfplumber.open("certificate.pdf").pages[0].extract_text(),
}
for name, read in readers.items():
    print(name, " ".join(read().split()))
PYTHON
cat >read.mjs <<'NODE'
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
const page = await (await getDocument("certificate.pdf").promise).getPage(1);
console.log("PDF.js      ", (await page.getTextContent()).items.map((item) => item.str).filter(Boolean).join(" "));
NODE
node read.mjs 2>/dev/null >read.txt
observe grep "PDF.js" read.txt
seen <<'SEEN'
PDFium       Certificate 0042 WITHDRAWN this variant
pypdf        Certificate 0042 WITHDRAWN this variant
Rotated text discovered. Output will be incomplete.
its layout   Certificate 0042 WITHDRAWN
pdfminer.six Certificate 0042 WITHDRAWN t n a i r a v i s h t
pdfplumber   Certificate 0042 N W A R D H T I W tnairav siht
PDF.js       Certificate 0042 WITHDRAWN this variant
SEEN
