#!/usr/bin/env bash
# Two filled PDF forms joined by pypdf 7.1.1 have one list of fields, with the values of the second; each page shows its own.
#
# Expected: what get_fields tells of a file is what its pages show, or two fields of one name get two names.
# Seen:     PdfWriter.append keeps both fields under the name "version"; get_fields and get_form_text_fields say 0002000B, and
#           0002000A, which PDFium (pypdfium2 5.15.2) draws on the first page, is nowhere in them. Joined by pdf-lib 1.17.1
#           (npm), there are no fields at all, though both widgets are there.
# Caller:   a pack of certificates on one form is joined like this all the time; read widgets page by page (/Annots), and call
#           add_form_topname on each reader before joining.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pypdf==7.1.1 pypdfium2==5.15.2 reportlab==5.1.0
npm_packages pdf-lib@1.17.1
cat >join.cjs <<'NODE'
const { readFileSync, writeFileSync } = require("fs");
const { PDFDocument } = require("pdf-lib");
(async () => {
  const joined = await PDFDocument.create();
  for (const name of ["0002000A.pdf", "0002000B.pdf"]) {
    const [page] = await joined.copyPages(await PDFDocument.load(readFileSync(name)), [0]);
    joined.addPage(page);
  }
  writeFileSync("pdf-lib.pdf", await joined.save());
})();
NODE
cat >tell.py <<'PYTHON'
import subprocess
import pypdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

joined, named = pypdf.PdfWriter(), pypdf.PdfWriter()
for version in ("0002000A", "0002000B"):
    canvas = Canvas(f"{version}.pdf")
    canvas.drawString(72, 700, "Firmware version:")
    canvas.acroForm.textfield(name="version", x=200, y=692, width=120, height=20, value=version)
    canvas.save()
    joined.append(f"{version}.pdf")
joined.write("pypdf.pdf")
subprocess.run(["node", "join.cjs"], check=True)
for name in ("pypdf.pdf", "pdf-lib.pdf"):
    fields = pypdf.PdfReader(name).get_fields() or {}
    print(name, "fields", {field: value.value for field, value in fields.items()})
    for page in pypdf.PdfReader(name).pages:
        print("  a page's widgets", *(widget.get_object()["/V"] for widget in page["/Annots"]))
shown = pypdfium2.PdfDocument("pypdf.pdf")
shown.init_forms()
for number in (0, 1):
    shown[number].flatten()
    print("PDFium shows", shown[number].get_textpage().get_text_bounded().split())
for version in ("0002000A", "0002000B"):
    reader = pypdf.PdfReader(f"{version}.pdf")
    reader.add_form_topname(version)
    named.append(reader)
named.write("named.pdf")
fields = pypdf.PdfReader("named.pdf").get_fields()
print("with names of their own", {name: field.value for name, field in fields.items() if field.value})
PYTHON
observe python tell.py
seen <<'SEEN'
pypdf.pdf fields {'version': '0002000B'}
  a page's widgets 0002000A
  a page's widgets 0002000B
pdf-lib.pdf fields {}
  a page's widgets 0002000A
  a page's widgets 0002000B
PDFium shows ['Firmware', 'version:', '0002000A']
PDFium shows ['Firmware', 'version:', '0002000B']
with names of their own {'0002000A.version': '0002000A', '0002000B.version': '0002000B'}
SEEN
