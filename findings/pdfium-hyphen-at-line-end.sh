#!/usr/bin/env bash
# PDFium (pypdfium2 5.15.2) puts the two lines together at a hyphen, and gives U+FFFE or U+0002 in its place.
#
# Expected: the hyphen that is printed, and a line's end behind it, as pypdf 7.1.1 and pdfminer.six 20260107 give them.
# Seen:     where a letter stands before the hyphen, get_text_range() has U+FFFE (no character at all) and get_text_bounded()
#           the control character U+0002, and neither has a line's end; behind a digit both have hyphen and line's end. So a
#           certificate's number that a narrow column breaks is found by a search for it or not, by its last character.
# Caller:   take both code points for a hyphen, and ask where nothing says whether it belongs to the number.
. "$(dirname "$0")/lib.sh"
pip_packages pypdfium2==5.15.2 pypdf==7.1.1 pdfminer.six==20260107 reportlab==5.1.0
observe python - <<'PYTHON'
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

page = Canvas("certificate.pdf")
for height, (above, below) in enumerate([("Certificate AB-", "0042"), ("Certificate A7-", "0042")]):
    page.drawString(72, 750 - 60 * height, above)
    page.drawString(72, 736 - 60 * height, below)
page.save()
text = pypdfium2.PdfDocument("certificate.pdf")[0].get_textpage()
print("PDFium, by range ", ascii(text.get_text_range()))
print("PDFium, by place ", ascii(text.get_text_bounded()))
print("pypdf            ", ascii(pypdf.PdfReader("certificate.pdf").pages[0].extract_text()))
print("pdfminer.six     ", ascii(extract_text("certificate.pdf")))
PYTHON
seen <<'SEEN'
PDFium, by range  'Certificate AB\ufffe0042\r\nCertificate A7-\r\n0042'
PDFium, by place  'Certificate AB\x020042\r\nCertificate A7-\r\n0042'
pypdf             'Certificate AB-\n0042\nCertificate A7-\n0042\n'
pdfminer.six      'Certificate AB-\n0042\n\nCertificate A7-\n0042\n\n\x0c'
SEEN
