#!/usr/bin/env bash
# A row of a Word table that begins in the second column: python-docx 1.2.0, mammoth 1.13.0 and docx2python 3.7.1 move it left.
#
# Expected: where a row leaves out its first column (gridBefore, ECMA-376 part 1, 17.4.15), its first cell is in the second
#           one, as it is shown and printed; or a cell that is not there is given as an empty one.
# Seen:     all three give the row as if it began in the first column, so the version stands under "Model" and the hash under
#           "Version", and the row is a cell short. python-docx's cell(1, 1) is the third column's; row.grid_cols_before knows
#           of it, and nothing else asks.
# Caller:   put grid_cols_before empty cells in front of row.cells, and grid_cols_after behind; nothing else tells that a
#           value stands under its neighbour's heading.
. "$(dirname "$0")/lib.sh"
pip_packages python-docx==1.2.0 mammoth==1.13.0 docx2python==3.7.1
observe python - <<'PYTHON'
import docx
import mammoth
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx2python import docx2python

written = docx.Document()
table = written.add_table(2, 3)
for row, texts in enumerate((("Model", "Version", "Hash"), ("", "0002000A", "AB12CD34"))):
    for column, text in enumerate(texts):
        table.cell(row, column).text = text
later = table.rows[1]._tr
later.remove(later.tc_lst[0])
before = OxmlElement("w:gridBefore")
before.set(qn("w:val"), "1")
later.get_or_add_trPr().append(before)
written.save("table.docx")

table = docx.Document("table.docx").tables[0]
print("python-docx, rows:", [[cell.text for cell in row.cells] for row in table.rows])
print("python-docx, cell(1, 1):", table.cell(1, 1).text)
print("python-docx, grid_cols_before:", [row.grid_cols_before for row in table.rows])
with open("table.docx", "rb") as file:
    print("mammoth:", mammoth.convert_to_html(file).value.replace("<p>", "").replace("</p>", ""))
print("docx2python:", docx2python("table.docx").body[0])
PYTHON
seen <<'SEEN'
python-docx, rows: [['Model', 'Version', 'Hash'], ['0002000A', 'AB12CD34']]
python-docx, cell(1, 1): AB12CD34
python-docx, grid_cols_before: [0, 1]
mammoth: <table><tr><td>Model</td><td>Version</td><td>Hash</td></tr><tr><td>0002000A</td><td>AB12CD34</td></tr></table>
docx2python: [[['Model'], ['Version'], ['Hash']], [['0002000A'], ['AB12CD34']]]
SEEN
