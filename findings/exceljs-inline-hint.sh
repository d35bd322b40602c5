#!/usr/bin/env bash
# exceljs 4.4.0 stops reading a sheet, without a word, at a text in its cell that says how it is spoken.
#
# Expected: `phoneticPr` and `rPh` are skipped, or kept, wherever ECMA-376 allows them (18.4.6, 18.4.3): in shared texts and in
#           texts that stand in their cell.
# Seen:     after the first such text in a cell (A2) the cell is empty and no further cell or row of the sheet is there;
#           readFile ends well. The same text as a shared one does no harm.
# Caller:   hold what was read against the sheet's own `dimension`, or against another reader; a form cut off looks short.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages exceljs@4.4.0
pip_packages xlsxwriter==3.3.1 openpyxl==3.1.5
python - <<'PYTHON'
import zipfile
import xlsxwriter

for name, inside in (("shared", False), ("inline", True)):
    with xlsxwriter.Workbook("plain.xlsx", {"constant_memory": inside}) as book:
        sheet = book.add_worksheet()
        for row, value in enumerate(("first", "Maker", "third", "fourth")):
            sheet.write(row, 0, value)
    with zipfile.ZipFile("plain.xlsx") as plain, zipfile.ZipFile(f"{name}.xlsx", "w") as spoken:
        for part in plain.namelist():
            spoken.writestr(part, plain.read(part).replace(b"<t>Maker</t>", b'<t>Maker</t><phoneticPr fontId="0"/>'))
PYTHON
cat >read.cjs <<'NODE'
const ExcelJS = require("exceljs");
(async () => {
  for (const name of ["shared", "inline"]) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(`${name}.xlsx`);
    const cells = [];
    book.worksheets[0].eachRow((row) => cells.push(row.getCell(1).value));
    console.log("exceljs", name, JSON.stringify(cells));
  }
})();
NODE
observe node read.cjs
observe python - <<'PYTHON'
import openpyxl

print("openpyxl inline", [cell.value for (cell,) in openpyxl.load_workbook("inline.xlsx").active.rows])
PYTHON
seen <<'SEEN'
exceljs shared ["first","Maker","third","fourth"]
exceljs inline ["first",null]
openpyxl inline ['first', 'Maker', 'third', 'fourth']
SEEN
