#!/usr/bin/env bash
# exceljs (4.4.0) and openpyxl (3.1.5) each read one text in two ways: as it is shared by cells, or stands in its cell.
#
# Expected: `_x005F_` is an underscore and `_x0041_` an A wherever a text stands (ECMA-376 part 1, 22.9.2.19),
#           so both cells say "_x0041_ A".
# Seen:     exceljs undoes it where the text is shared, and hands it over as it is written where it stands in the cell;
#           openpyxl takes `x005F_` out of shared texts alone, and undoes nothing else anywhere.
# Caller:   compare cells after undoing it yourself, in both of them; LibreOffice reads both cells alike.
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
SEEN
