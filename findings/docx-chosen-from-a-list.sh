#!/usr/bin/env bash
# What is chosen or ticked in a Word form is lost by python-docx 1.2.0, docx2txt 0.9, pandoc 3.9 and kreuzberg 4.10.4.
#
# Expected: "Device: GSME" and "Signed:" with its tick, as the document shows them; a form field of Word (FORMDROPDOWN and
#           FORMCHECKBOX, ECMA-376 part 1, 17.16.5) keeps its value in the field's data, and has no text.
# Seen:     the answers are empty, as if nobody had chosen. mammoth 1.13.0 gives the tick in HTML and not in its raw text, and
#           markitdown 0.1.9, which stands on it, gives "[x]"; none of the three gives the device. docx2python 3.7.1 gives
#           both.
# Caller:   docx2python, or read w:ffData: the number in w:result counts w:listEntry from 0, and is left out for the first.
. "$(dirname "$0")/lib.sh"
pip_packages python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0 'markitdown[docx]==0.1.9' pypandoc-binary==1.17 kreuzberg==4.10.4
observe python -W ignore - <<'PYTHON'
import docx
import docx2python
import docx2txt
import kreuzberg
import mammoth
import pypandoc
from docx.oxml import parse_xml
from markitdown import MarkItDown

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FIELD = (
    f'<w:p {W}><w:r><w:t xml:space="preserve">%s: </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/>'
    '<w:enabled/><w:calcOnExit w:val="0"/>%s</w:ffData></w:fldChar></w:r><w:r><w:instrText> %s </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
CHOSEN = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="ESME"/><w:listEntry w:val="GSME"/></w:ddList>'
TICKED = '<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked/></w:checkBox>'
document = docx.Document()
for field in (("Device", CHOSEN, "FORMDROPDOWN"), ("Signed", TICKED, "FORMCHECKBOX")):
    document.element.body.insert(len(document.element.body) - 1, parse_xml(FIELD % field))
document.save("form.docx")
READERS = {
    "python-docx": lambda: "\n".join(paragraph.text for paragraph in docx.Document("form.docx").paragraphs),
    "docx2txt": lambda: docx2txt.process("form.docx"),
    "pandoc": lambda: pypandoc.convert_file("form.docx", "plain"),
    "kreuzberg": lambda: kreuzberg.extract_file_sync("form.docx").content,
    "mammoth, raw": lambda: mammoth.extract_raw_text(open("form.docx", "rb")).value,
    "mammoth, HTML": lambda: mammoth.convert_to_html(open("form.docx", "rb")).value,
    "markitdown": lambda: MarkItDown().convert("form.docx").text_content,
    "docx2python": lambda: docx2python.docx2python("form.docx").text,
}
for name, read in READERS.items():
    print(f"{name}:", ascii(" / ".join(line.strip() for line in read().splitlines() if line.strip())))
PYTHON
seen <<'SEEN'
python-docx: 'Device: / Signed:'
docx2txt: 'Device: / Signed:'
pandoc: 'Device: / Signed:'
kreuzberg: 'Device: / Signed:'
mammoth, raw: 'Device: / Signed:'
mammoth, HTML: '<p>Device: </p><p>Signed: <input checked="checked" type="checkbox" /></p>'
markitdown: 'Device: / Signed: [x]'
docx2python: 'Device: GSME / Signed: \u2612'
SEEN
