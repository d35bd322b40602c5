#!/usr/bin/env bash
# exceljs (4.4.0), openpyxl (3.1.5) and LibreOffice (seen with 7.4.7) read one escaped text in four ways.
#
# Expected: `_x005F_` is an underscore and `_x0041_` an A wherever a text stands (ECMA-376 part 1, 22.9.2.19),
#           so "_x005F_x0041_ _x0041_" says "_x0041_ A" whether it is shared by cells (A1) or stands in its cell (A2).
# Seen:     exceljs undoes both where the text is shared, and nothing where it stands in its cell; openpyxl takes `x005F_`
#           out of shared texts alone; LibreOffice undoes `_x005F_` in both cells, and `_x0041_` in none.
# Caller:   never compare such cells as these readers give them; undo the escapes yourself, on the part's own text.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program soffice libreoffice-calc-nogui
npm_packages exceljs@4.4.0
pip_packages openpyxl==3.1.5
python - <<'PYTHON'
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TEXT = "<t>_x005F_x0041_ _x0041_</t>"


def relations(*some):
    inner = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(some, 1))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


parts = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
    "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/sharedStrings.xml": f"<sst {MAIN}><si>{TEXT}</si></sst>",
    "xl/worksheets/sheet1.xml": f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    f'<row r="2"><c r="A2" t="inlineStr"><is>{TEXT}</is></c></row></sheetData></worksheet>',
}
with zipfile.ZipFile("book.xlsx", "w") as book:
    for name, text in parts.items():
        book.writestr(name, text)
PYTHON
observe node -e '
const ExcelJS = require("exceljs");
const book = new ExcelJS.Workbook();
book.xlsx.readFile("book.xlsx").then(() => {
  for (const cell of ["A1", "A2"]) console.log("exceljs", cell, book.worksheets[0].getCell(cell).value);
});
'
observe python - <<'PYTHON'
import openpyxl

for (cell,) in openpyxl.load_workbook("book.xlsx").active["A1:A2"]:
    print("openpyxl", cell.coordinate, cell.value)
PYTHON
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to csv book.xlsx >/dev/null 2>&1
observe cat book.csv
seen <<'SEEN'
exceljs A1 _x0041_ A
exceljs A2 _x005F_x0041_ _x0041_
openpyxl A1 _x0041_ _x0041_
openpyxl A2 _x005F_x0041_ _x0041_
_x0041_ _x0041_
_x0041_ _x0041_
SEEN
