#!/usr/bin/env bash
# pypdf 7.1.1, pdfminer.six 20260107, pdfplumber 0.11.10 and pypdfium2 5.15.2 do not see what is filled into a PDF form.
#
# Expected: the text of a page is what stands on it when it is shown or printed.
# Seen:     each gives the label and not the value in the field beside it, which every viewer shows, for it belongs to an
#           annotation and not to the page's content. pypdf's get_fields() has it, without its place on the page.
# Caller:   look for widgets and other annotations with an appearance, and read them by their rectangles; a certificate on a
#           form looks like one whose values were forgotten. Stamps and comments are of the same kind.
. "$(dirname "$0")/lib.sh"
pip_packages pypdf==7.1.1 pdfminer.six==20260107 pdfplumber==0.11.10 pypdfium2==5.15.2 reportlab==5.1.0
observe python - <<'PYTHON'
from io import BytesIO
import pdfplumber
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

out = BytesIO()
canvas = Canvas(out)
canvas.drawString(72, 700, "Firmware version:")
canvas.acroForm.textfield(name="version", x=200, y=692, width=120, height=20, value="0002000A")
canvas.save()
paper = out.getvalue()
print("pypdf     ", pypdf.PdfReader(BytesIO(paper)).pages[0].extract_text().split())
print("pdfminer  ", extract_text(BytesIO(paper)).split())
print("pdfplumber", pdfplumber.open(BytesIO(paper)).pages[0].extract_text().split())
print("pypdfium2 ", pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_bounded().split())
print("the field ", pypdf.PdfReader(BytesIO(paper)).get_fields()["version"].value)
PYTHON
seen <<'SEEN'
pypdf      ['Firmware', 'version:']
pdfminer   ['Firmware', 'version:']
pdfplumber ['Firmware', 'version:']
pypdfium2  ['Firmware', 'version:']
the field  0002000A
SEEN
