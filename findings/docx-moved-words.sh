#!/usr/bin/env bash
# A version that was moved in Word with changes tracked: three readers find it twice, python-docx 1.2.0 never.
#
# Expected: what was moved stands where it was moved to, and no longer where it came from, as mammoth 1.13.0 and pandoc 3.9
#           have it.
# Seen:     the old place (moveFrom, ECMA-376 part 1, 17.13.5.22) keeps its words as plain text, unlike a deletion, so who
#           leaves out deletions alone has them in both places: two devices have the version, and one of them lost it:
#           docx2txt 0.9, docx2python 3.7.1 and kreuzberg 4.10.4. python-docx has the words in neither.
# Caller:   refuse a document in which w:moveFrom, w:del or w:ins is left, and ask for one with all changes accepted.
. "$(dirname "$0")/lib.sh"
pip_packages python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0 pypandoc-binary==1.17 kreuzberg==4.10.4
observe python -W ignore - <<'PYTHON'
import docx
import docx2python
import docx2txt
import kreuzberg
import mammoth
import pypandoc
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BY = 'w:author="A"'
MOVED = 'w:author="A" w:date="2029-04-03T10:00:00Z"><w:r><w:t>0002000A</w:t></w:r>'
document = docx.Document()
for device, words in (
    ("ESME", f'<w:moveFromRangeStart w:id="1" w:name="m" {BY}/><w:moveFrom w:id="2" {MOVED}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>'),
    ("GSME", f'<w:moveToRangeStart w:id="3" w:name="m" {BY}/><w:moveTo w:id="4" {MOVED}</w:moveTo><w:moveToRangeEnd w:id="3"/>'),
):
    paragraph = f'<w:p {W}><w:r><w:t xml:space="preserve">{device} </w:t></w:r>{words}</w:p>'
    document.element.body.insert(len(document.element.body) - 1, parse_xml(paragraph))
document.save("moved.docx")
READERS = {
    "python-docx": lambda: "\n".join(paragraph.text for paragraph in docx.Document("moved.docx").paragraphs),
    "docx2txt": lambda: docx2txt.process("moved.docx"),
    "docx2python": lambda: docx2python.docx2python("moved.docx").text,
    "kreuzberg": lambda: kreuzberg.extract_file_sync("moved.docx").content,
    "mammoth": lambda: mammoth.extract_raw_text(open("moved.docx", "rb")).value,
    "pandoc": lambda: pypandoc.convert_file("moved.docx", "plain"),
}
for name, read in READERS.items():
    print(f"{name}:", " / ".join(line.strip() for line in read().splitlines() if line.strip()))
PYTHON
seen <<'SEEN'
python-docx: ESME / GSME
docx2txt: ESME 0002000A / GSME 0002000A
docx2python: ESME 0002000A / GSME 0002000A
kreuzberg: ESME 0002000A / GSME 0002000A
mammoth: ESME / GSME 0002000A
pandoc: ESME / GSME 0002000A
SEEN
