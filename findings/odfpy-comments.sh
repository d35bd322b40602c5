#!/usr/bin/env bash
# odfpy 1.4.1: the text of a cell begins with the comment on it, who wrote that and when; paragraphs have nothing between.
#
# Expected: teletype.extractText(cell) gives what the cell shows, as pyexcel-ods 0.6.0 and odfdo 3.27.3 do.
# Seen:     a cell "0002" with the comment "was 0001" of A. Reader says "A. Reader2029-01-01T00:00:00was 00010002", and a
#           cell of the two lines "ESME" and "0002" says "ESME0002". Comments stand inside their cell in ODF.
# Caller:   take the paragraphs that are the cell's own children, joined by line breaks; a digit of the comment before a
#           digit of the value makes another value.
. "$(dirname "$0")/lib.sh"
pip_packages odfpy==1.4.1 pyexcel-ods==0.6.0 odfdo==3.27.3
observe python -W ignore - <<'PYTHON'
import odfdo
import pyexcel_ods
from odf import dc, office, table, teletype
from odf.opendocument import OpenDocumentSpreadsheet, load
from odf.text import P


def cell(*lines, comment=None):
    made = table.TableCell(valuetype="string")
    if comment:
        note = office.Annotation()
        note.addElement(dc.Creator(text="A. Reader"))
        note.addElement(dc.Date(text="2029-01-01T00:00:00"))
        note.addElement(P(text=comment))
        made.addElement(note)
    for line in lines:
        made.addElement(P(text=line))
    return made


document = OpenDocumentSpreadsheet()
sheet = table.Table(name="List")
row = table.TableRow()
row.addElement(cell("0002", comment="was 0001"))
row.addElement(cell("ESME", "0002"))
sheet.addElement(row)
document.spreadsheet.addElement(sheet)
document.save("list.ods")
print("odfpy", [teletype.extractText(entry) for entry in load("list.ods").getElementsByType(table.TableCell)])
print("pyexcel-ods", pyexcel_ods.get_data("list.ods")["List"][0])
print("odfdo", odfdo.Document("list.ods").body.get_table(0).get_values()[0])
PYTHON
seen <<'SEEN'
odfpy ['A. Reader2029-01-01T00:00:00was 00010002', 'ESME0002']
pyexcel-ods ['0002', 'ESME\n0002']
odfdo ['0002', 'ESME\n0002']
SEEN
