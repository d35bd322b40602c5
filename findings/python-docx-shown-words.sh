#!/usr/bin/env bash
# python-docx 1.2.0 leaves out words that a document shows: tracked insertions, content controls and fields.
#
# Expected: Paragraph.text is what stands in the paragraph when it is opened or printed.
# Seen:     of release notes with tracked changes, a form's content control and a document property in a field it gives only
#           the label; a control around a whole paragraph is no paragraph at all. docx2python 3.7.1 gives all of them, mammoth
#           1.13.0 all but the field.
# Caller:   read every w:t under w:p (deleted words are w:delText), or take another reader; "The version is" with nothing
#           behind it looks like a form that was not filled in.
. "$(dirname "$0")/lib.sh"
pip_packages python-docx==1.2.0 docx2python==3.7.1 mammoth==1.13.0
observe python - <<'PYTHON'
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python
import mammoth

RUN = "<w:r><w:t>{}</w:t></w:r>"
SHOWN = {
    "Inserted: ": f'<w:ins {nsdecls("w")} w:id="1" w:author="A. Maker">{RUN.format("0002000B")}</w:ins>',
    "Control: ": f'<w:sdt {nsdecls("w")}><w:sdtContent>{RUN.format("0002000C")}</w:sdtContent></w:sdt>',
    "Field: ": f'<w:fldSimple {nsdecls("w")} w:instr="DOCPROPERTY Version">{RUN.format("0002000D")}</w:fldSimple>',
}
notes = Document()
for label, part in SHOWN.items():
    notes.add_paragraph(label)._p.append(parse_xml(part))
whole = f'<w:sdt {nsdecls("w")}><w:sdtContent><w:p>{RUN.format("Around: 0002000E")}</w:p></w:sdtContent></w:sdt>'
notes.element.body.insert(len(SHOWN), parse_xml(whole))
notes.save("notes.docx")
print("python-docx", [paragraph.text for paragraph in Document("notes.docx").paragraphs])
print("docx2python", docx2python("notes.docx").text.split("\n"))
with open("notes.docx", "rb") as file:
    print("mammoth    ", [line for line in mammoth.extract_raw_text(file).value.split("\n") if line])
PYTHON
seen <<'SEEN'
python-docx ['Inserted: ', 'Control: ', 'Field: ']
docx2python ['Inserted: 0002000B', '', 'Control: 0002000C', '', 'Field: 0002000D', '', 'Around: 0002000E']
mammoth     ['Inserted: 0002000B', 'Control: 0002000C', 'Field: ', 'Around: 0002000E']
SEEN
