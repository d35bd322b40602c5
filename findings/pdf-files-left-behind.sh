#!/usr/bin/env bash
# Two certificates joined by pypdf 7.1.1, pikepdf 10.18.0, PyMuPDF 2.0 or pdf-lib 1.17.1 (npm) lose the files attached to them.
#
# Expected: joining files keeps what is in them, such as the list of hashes that a certificate carries (PDF/A-3 is made for
#           that), or says that it cannot.
# Seen:     pypdf's append and qpdf's --pages (by pikepdf's Job, out of an empty file) lose the files of both; pikepdf's
#           pages.extend, PyMuPDF's insert_pdf and pdf-lib 1.17.1 (npm, copyPages) keep those of the file that they began
#           with, so the loss depends on which comes first. The pages are all there.
# Caller:   count the attached files before and after; copy them with the library's own calls, under names that differ.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pypdf==7.1.1 pikepdf==10.18.0 PyMuPDF==2.0 reportlab==5.1.0
npm_packages pdf-lib@1.17.1
observe python - <<'PYTHON'
import pikepdf
import pymupdf
import pypdf
from reportlab.pdfgen.canvas import Canvas

for name in ("one", "two"):
    canvas = Canvas("page.pdf")
    canvas.drawString(72, 700, f"Certificate {name}")
    canvas.save()
    with pikepdf.open("page.pdf") as book:
        book.attachments[f"{name}.csv"] = pikepdf.AttachedFileSpec(book, b"hash\n")
        book.save(f"{name}.pdf")


def by_pypdf(out):
    writer = pypdf.PdfWriter()
    for name in ("one.pdf", "two.pdf"):
        writer.append(name)
    writer.write(out)


def by_pikepdf(out):
    book = pikepdf.open("one.pdf")
    book.pages.extend(pikepdf.open("two.pdf").pages)
    book.save(out)


def by_qpdf(out):
    pikepdf.Job(["qpdf", "--empty", "--pages", "one.pdf", "two.pdf", "--", out]).run()


def by_pymupdf(out):
    book = pymupdf.open("one.pdf")
    book.insert_pdf(pymupdf.open("two.pdf"))
    book.save(out)


for join in (by_pypdf, by_pikepdf, by_qpdf, by_pymupdf):
    join("joined.pdf")
    reader = pypdf.PdfReader("joined.pdf")
    print(f"{join.__name__}: {len(reader.pages)} pages, files", list(reader.attachments))
PYTHON
cat >join.cjs <<'NODE'
const { readFileSync, writeFileSync } = require("fs");
const { PDFDocument } = require("pdf-lib");
(async () => {
  const [one, two] = await Promise.all(["one.pdf", "two.pdf"].map((name) => PDFDocument.load(readFileSync(name))));
  for (const page of await one.copyPages(two, [0])) one.addPage(page);
  writeFileSync("joined.pdf", await one.save());
})();
NODE
node join.cjs
observe python -c 'import pypdf; r = pypdf.PdfReader("joined.pdf"); print(f"by pdf-lib: {len(r.pages)} pages, files", list(r.attachments))'
seen <<'SEEN'
by_pypdf: 2 pages, files []
by_pikepdf: 2 pages, files ['one.csv']
by_qpdf: 2 pages, files []
by_pymupdf: 2 pages, files ['one.csv']
by pdf-lib: 2 pages, files ['one.csv']
SEEN
