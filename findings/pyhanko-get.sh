#!/usr/bin/env bash
# pyHanko 0.38.0: a dictionary's get() does not follow references, though [] does.
#
# Expected: d.get(key) is d[key] where the key is there, as with every mapping.
# Seen:     [] gives the object, get() the reference to it.
# Caller:   use [] with a check for the key; what get() gives compares equal to no object.
. "$(dirname "$0")/lib.sh"
pip_packages pyhanko==0.38.0 reportlab==4.4.4
observe python - <<'PYTHON'
from io import BytesIO
from pyhanko.pdf_utils.reader import PdfFileReader
from reportlab.pdfgen.canvas import Canvas

out = BytesIO()
canvas = Canvas(out)
canvas.drawString(72, 700, "text")
canvas.save()
root = PdfFileReader(BytesIO(out.getvalue())).root
print("[]:", type(root["/Pages"]).__name__, "get():", type(root.get("/Pages")).__name__)
PYTHON
seen <<'SEEN'
[]: DictionaryObject get(): IndirectObject
SEEN
