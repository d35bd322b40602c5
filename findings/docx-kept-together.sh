#!/usr/bin/env bash
# docx2txt 0.9 and docx2python 3.7.1 lose the hyphen that keeps a version on one line; mammoth 1.13.0 loses a line's end.
#
# Expected: the text of a document is what stands on paper: Word's "nonbreaking hyphen" (noBreakHyphen, ECMA-376 part 1,
#           17.3.3.18) is a hyphen there, and `br` a new line.
# Seen:     "10-20" comes back as "1020" from the first two; both also give a row that tracked changes have deleted, and words
#           that they have moved, at their old place too. mammoth has all that right, and puts "AB" and, one line below, "12"
#           together as "AB12" in extract_raw_text.
# Caller:   read the elements of a run by name; mammoth's convert_to_html keeps the lines.
. "$(dirname "$0")/lib.sh"
pip_packages docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0 python-docx==1.2.0
observe python - <<'PYTHON'
import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

document = docx.Document()
run = document.add_paragraph("Version 10").add_run()
run._r.append(parse_xml(f"<w:noBreakHyphen {nsdecls('w')}/>"))
run.add_text("20")
document.add_paragraph("Model AB").add_run().add_break()
document.paragraphs[-1].add_run("12")
moved = document.add_paragraph("Serial ")._p
for name, words in (("moveFrom", "old"), ("moveTo", "new")):
    moved.append(parse_xml(f'<w:{name} {nsdecls("w")} w:id="1" w:author="A"><w:r><w:t>{words}</w:t></w:r></w:{name}>'))
row = document.add_table(1, 1).rows[0]
row.cells[0].text = "a deleted row"
row._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="A"/>'))
document.save("note.docx")

def lines(text):
    return [line for line in text.splitlines() if line.strip()]

print("docx2txt   ", lines(docx2txt.process("note.docx")))
print("docx2python", lines(docx2python("note.docx").text))
print("mammoth    ", lines(mammoth.extract_raw_text(open("note.docx", "rb")).value))
print("its HTML   ", mammoth.convert_to_html(open("note.docx", "rb")).value)
PYTHON
seen <<'SEEN'
docx2txt    ['Version 1020', 'Model AB', '12', 'Serial oldnew', 'a deleted row']
docx2python ['Version 1020', 'Model AB', '12', 'Serial oldnew', 'a deleted row']
mammoth     ['Version 10‑20', 'Model AB12', 'Serial new']
its HTML    <p>Version 10‑20</p><p>Model AB<br />12</p><p>Serial new</p><table></table>
SEEN
