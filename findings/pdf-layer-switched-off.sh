#!/usr/bin/env bash
# pypdf 7.1.1, pdfminer.six 20260107, pdfplumber 0.11.10 and pypdfium2 5.15.2 read layers of a PDF that are switched off.
#
# Expected: PDFium, which draws the page without the layer, leaves its words out of the text too.
# Seen:     all four give the hidden words, and none says so. The page that PDFium draws has not one dark dot there.
# Caller:   a certificate with a layer for each language, or with its draft still in it, says two things; draw the page and ask
#           whether each text that counts is really seen.
. "$(dirname "$0")/lib.sh"
pip_packages pypdf==7.1.1 pdfminer.six==20260107 pdfplumber==0.11.10 pypdfium2==5.15.2 reportlab==5.1.0 pillow==13.0.0
observe python - <<'PYTHON'
from io import BytesIO
import pdfplumber
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas


def paper(switched):
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "Version 0002")
    canvas._code.append("/OC /Draft BDC")
    canvas.drawString(72, 100, "Version 0001")
    canvas._code.append("EMC")
    canvas.save()
    writer = pypdf.PdfWriter(BytesIO(out.getvalue()))
    layer = writer._add_object(DictionaryObject({
        NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Draft")}))
    writer.pages[0]["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/Draft"): layer})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject({
        NameObject("/OCGs"): ArrayObject([layer]),
        NameObject("/D"): DictionaryObject({NameObject(f"/{switched}"): ArrayObject([layer])})})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


for switched in ("ON", "OFF"):
    made = paper(switched)
    page = pypdfium2.PdfDocument(made)[0]
    drawn = page.render().to_pil().convert("L")
    darkest = drawn.crop((0, drawn.height // 2, drawn.width, drawn.height)).getextrema()[0]
    print(f"layer {switched}: drawn: {darkest < 128}; read by",
          "pypdf", "0001" in pypdf.PdfReader(BytesIO(made)).pages[0].extract_text(),
          "pdfminer", "0001" in extract_text(BytesIO(made)),
          "pdfplumber", "0001" in pdfplumber.open(BytesIO(made)).pages[0].extract_text(),
          "pypdfium2", "0001" in page.get_textpage().get_text_bounded())
PYTHON
seen <<'SEEN'
layer ON: drawn: True; read by pypdf True pdfminer True pdfplumber True pypdfium2 True
layer OFF: drawn: False; read by pypdf True pdfminer True pdfplumber True pypdfium2 True
SEEN
