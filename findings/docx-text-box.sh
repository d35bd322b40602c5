#!/usr/bin/env bash
# A version in a text box of Word is not there for python-docx 1.2.0, and there twice for docx2txt 0.9 and docx2python 3.7.1.
#
# Expected: the words of a document come once, those in a box too.
# Seen:     Word keeps a box in two forms, one for new programs and one (Fallback) for old ones, of which a reader takes one
#           (ECMA-376 part 3, 10.2.1); both hold the words. Two take both, one of them in front of the line that it belongs to,
#           and python-docx looks at neither. mammoth 1.13.0 gives the words once.
# Caller:   go by mc:AlternateContent: read one Choice or the Fallback; "no version in it" by python-docx says nothing about
#           boxes, and two mentions by the others are one.
. "$(dirname "$0")/lib.sh"
pip_packages python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0
observe python - <<'PYTHON'
import docx
import docx2txt
import mammoth
from docx2python import docx2python
from docx.oxml import parse_xml

WORDS = '<w:txbxContent><w:p><w:r><w:t>Version 0002000A</w:t></w:r></w:p></w:txbxContent>'
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
BOX = f"""<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="{SHAPE}" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:inline><wp:extent cx="1800000" cy="600000"/><wp:docPr id="1" name="Box"/><a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="600000"/></a:xfrm><a:prstGeom prst="rect">
<a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{WORDS}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>
</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:140pt;height:40pt"><v:textbox>{WORDS}</v:textbox></v:shape>
</w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
made = docx.Document()
made.add_paragraph("Firmware:")._p.append(parse_xml(BOX))
made.save("notes.docx")
print("python-docx", [paragraph.text for paragraph in docx.Document("notes.docx").paragraphs])
print("docx2txt   ", docx2txt.process("notes.docx").split())
print("docx2python", docx2python("notes.docx").text.split())
with open("notes.docx", "rb") as file:
    print("mammoth    ", mammoth.extract_raw_text(file).value.split())
PYTHON
seen <<'SEEN'
python-docx ['Firmware:']
docx2txt    ['Firmware:', 'Version', '0002000A', 'Version', '0002000A']
docx2python ['Version', '0002000A', 'Version', '0002000A', 'Firmware:']
mammoth     ['Firmware:', 'Version', '0002000A']
SEEN
