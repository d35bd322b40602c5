#!/usr/bin/env bash
# PDFium (pypdfium2 5.15.2) reads the words that a tagged PDF gives for a mark; pypdf 7.1.1, pdfminer.six and PDF.js do not.
#
# Expected: ActualText takes the place of what is drawn when text is taken out (ISO 32000-1, 14.9.4), and all readers do so, or
#           none; ligatures, hyphens at line ends and words drawn in pieces are tagged with it.
# Seen:     of "Certifi-" drawn with ActualText (Certification) PDFium gives the second, pypdf, pdfminer.six 20260107,
#           pdfplumber 0.11.10 and PDF.js (pdfjs-dist 5.6.205) the first.
# Caller:   two readers that agree are no two witnesses unless one is of each kind; where they differ, look at the page.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pypdf==7.1.1 pdfminer.six==20260107 pdfplumber==0.11.10 pypdfium2==5.15.2 reportlab==5.1.0
npm_packages pdfjs-dist@5.6.205
observe python - <<'PYTHON'
import pdfplumber
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("tagged.pdf")
canvas._code.append("/Span <</ActualText (Certification)>> BDC")
canvas.drawString(72, 700, "Certifi-")
canvas._code.append("EMC")
canvas.save()
print("pypdf", pypdf.PdfReader("tagged.pdf").pages[0].extract_text())
print("pdfminer.six", extract_text("tagged.pdf").strip())
print("pdfplumber", pdfplumber.open("tagged.pdf").pages[0].extract_text())
print("PDFium", pypdfium2.PdfDocument("tagged.pdf")[0].get_textpage().get_text_bounded())
PYTHON
cat >read.mjs <<'NODE'
import { readFileSync } from "fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const paper = await getDocument({ data: new Uint8Array(readFileSync("tagged.pdf")), verbosity: 0 }).promise;
const { items } = await (await paper.getPage(1)).getTextContent();
console.log("PDF.js", items.map((item) => item.str).join(""));
NODE
node read.mjs 2>/dev/null | grep PDF.js >said
observe cat said
seen <<'SEEN'
pypdf Certifi-

pdfminer.six Certifi-
pdfplumber Certifi-
PDFium Certification
PDF.js Certifi-
SEEN
