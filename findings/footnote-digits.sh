#!/usr/bin/env bash
# A raised 1 behind a version, as of a footnote, becomes its last digit: by ten readers of HTML, PDF and Word.
#
# Expected: "0002000B" with a small raised 1 behind it is eight digits and a mark; in text the mark is set off, or left out.
# Seen:     0002000B1 of a sup element for inscriptis 2.7.6, html2text 2025.4.15, markdownify 1.2.3, html-to-text 10.0.1 and
#           turndown 7.2.5 (npm), of a PDF for pypdf 7.1.1, pdfminer.six 20260107 and PDFium (pypdfium2 5.15.2), of a raised
#           run in Word for python-docx 1.2.0 and for mammoth 1.13.0, whose HTML alone keeps the two apart.
# Caller:   a hash that is a digit too long may be a sound one with a mark behind it; and where seven digits and a mark make
#           eight, nothing looks amiss: look at size and place of each character, or at sup and vertAlign.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages inscriptis==2.7.6 html2text==2025.4.15 markdownify==1.2.3 fpdf2==2.8.9 pypdf==7.1.1 pdfminer.six==20260107 \
  pypdfium2==5.15.2 python-docx==1.2.0 mammoth==1.13.0
npm_packages html-to-text@10.0.1 turndown@7.2.5
cat >marks.py <<'PYTHON'
import docx
import fpdf
import html2text
import inscriptis
import mammoth
import markdownify
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text

page = "<p>0002000B<sup>1</sup> is new</p>"
pdf = fpdf.FPDF()
pdf.add_page()
pdf.set_font("Helvetica", size=12)
pdf.write(8, "0002000B")
pdf.char_vpos = "SUP"
pdf.write(8, "1")
pdf.char_vpos = "LINE"
pdf.write(8, " is new")
pdf.output("marks.pdf")
document = docx.Document()
paragraph = document.add_paragraph("0002000B")
paragraph.add_run("1").font.superscript = True
paragraph.add_run(" is new")
document.save("marks.docx")
texts = {
    "inscriptis": inscriptis.get_text(page),
    "html2text": html2text.html2text(page),
    "markdownify": markdownify.markdownify(page),
    "pypdf": pypdf.PdfReader("marks.pdf").pages[0].extract_text(),
    "pdfminer.six": extract_text("marks.pdf"),
    "PDFium": pypdfium2.PdfDocument("marks.pdf")[0].get_textpage().get_text_bounded(),
    "python-docx": docx.Document("marks.docx").paragraphs[0].text,
    "mammoth, text": mammoth.extract_raw_text(open("marks.docx", "rb")).value,
    "mammoth, HTML": mammoth.convert_to_html(open("marks.docx", "rb")).value,
}
for name, text in texts.items():
    print(f"{name}: {' '.join(text.split())}")
PYTHON
observe python -W ignore marks.py
cat >marks.mjs <<'NODE'
import { convert } from "html-to-text";
import TurndownService from "turndown";

const page = "<p>0002000B<sup>1</sup> is new</p>";
console.log(`html-to-text: ${convert(page)}\nturndown: ${new TurndownService().turndown(page)}`);
NODE
observe node marks.mjs
seen <<'SEEN'
inscriptis: 0002000B1 is new
html2text: 0002000B1 is new
markdownify: 0002000B1 is new
pypdf: 0002000B1 is new
pdfminer.six: 0002000B1 is new
PDFium: 0002000B1 is new
python-docx: 0002000B1 is new
mammoth, text: 0002000B1 is new
mammoth, HTML: <p>0002000B<sup>1</sup> is new</p>
html-to-text: 0002000B1 is new
turndown: 0002000B1 is new
SEEN
