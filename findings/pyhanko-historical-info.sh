#!/usr/bin/env bash
# pyHanko 0.38.0: a PDF's old revision tells the document information of the newest one.
#
# Expected: get_historical_resolver(0) answers as the file was then, as it does for the catalog.
# Seen:     its trailer's /Info holds the title of the latest revision, and so does its document_meta_view; the same
#           reference, asked of the resolver itself, gives the old one.
# Caller:   resolver(resolver.trailer_view.get_value_as_reference("/Info")).
. "$(dirname "$0")/lib.sh"
pip_packages pyhanko==0.38.0 reportlab==4.4.4
observe python - <<'PYTHON'
from io import BytesIO
from pyhanko.pdf_utils.generic import TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from reportlab.pdfgen.canvas import Canvas

out = BytesIO()
canvas = Canvas(out)
canvas.setTitle("First")
canvas.drawString(72, 700, "text")
canvas.save()
writer = IncrementalPdfFileWriter(BytesIO(out.getvalue()))
information = writer.trailer["/Info"]
information[pdf_name("/Title")] = TextStringObject("Second")
writer.update_container(information)
out = BytesIO()
writer.write(out)
old = PdfFileReader(BytesIO(out.getvalue())).get_historical_resolver(0)
print("by the trailer:", old.trailer_view["/Info"]["/Title"])
print("as metadata:", old.document_meta_view.title)
print("by the reference:", old(old.trailer_view.get_value_as_reference("/Info"))["/Title"])
PYTHON
seen <<'SEEN'
by the trailer: Second
as metadata: Second
by the reference: First
SEEN
