#!/usr/bin/env bash
# exceljs 4.4.0 takes 41.5 hours, as LibreOffice (seen with 7.4.7) saves them, for noon on 9 February 1900.
#
# Expected: a number whose format shows an "h", "d", "m" or "s" behind it is a number; so openpyxl 3.1.5 reads it.
# Seen:     a letter in quotation marks (0"h") does no harm, but LibreOffice writes it with a backslash (0\h), which ECMA-376
#           allows as well; exceljs leaves the backslash out, takes the letter for a part of a date and the value for a day.
#           Saved again by exceljs the format is 0h, and openpyxl sees a date too, another one.
# Caller:   look at what kind of value came for a column of measures, and never pass workbooks through exceljs unlooked at; of a
#           unit of two letters ("Wh") LibreOffice keeps the quotation marks, so most samples look well.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program soffice libreoffice-calc-nogui
npm_packages exceljs@4.4.0
pip_packages openpyxl==3.1.5
python - <<'PYTHON'
import openpyxl

book = openpyxl.Workbook()
for row, unit in enumerate(("h", "d", "Wh"), 1):
    book.active.cell(row, 1, 41.5).number_format = f'0.0"{unit}"'
book.save("made.xlsx")
PYTHON
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to xlsx --outdir saved made.xlsx >/dev/null 2>&1
cat >read.cjs <<'NODE'
const ExcelJS = require("exceljs");
(async () => {
  for (const name of ["made.xlsx", "saved/made.xlsx"]) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(name);
    for (const row of [1, 2, 3]) {
      const { value, numFmt } = book.worksheets[0].getCell(row, 1);
      console.log("exceljs", name, numFmt, value);
    }
    await book.xlsx.writeFile("again.xlsx");
  }
})();
NODE
observe node read.cjs
observe python - <<'PYTHON'
import openpyxl

for name in ("saved/made.xlsx", "again.xlsx"):
    print("openpyxl", name, *(cell.value for (cell,) in openpyxl.load_workbook(name).active["A1:A3"]))
PYTHON
seen <<'SEEN'
exceljs made.xlsx 0.0"h" 41.5
exceljs made.xlsx 0.0"d" 41.5
exceljs made.xlsx 0.0"Wh" 41.5
exceljs saved/made.xlsx 0.0h 1900-02-09T12:00:00.000Z
exceljs saved/made.xlsx 0.0d 1900-02-09T12:00:00.000Z
exceljs saved/made.xlsx 0.0"Wh" 41.5
openpyxl saved/made.xlsx 41.5 41.5 41.5
openpyxl again.xlsx 1900-02-10 12:00:00 1900-02-10 12:00:00 41.5
SEEN
