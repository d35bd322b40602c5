#!/usr/bin/env bash
# A date that openpyxl 3.1.5 writes in words of ISO 8601 is a day of 1905 for exceljs 4.4.0, and a time is none for SheetJS.
#
# Expected: a cell of type "d" (ECMA-376 part 1, 18.18.11; ISO/IEC 29500 keeps it) says its date as it stands; openpyxl writes
#           such cells with iso_dates = True and reads them, python-calamine 0.9.1 and LibreOffice (seen with 7.4.7) too.
# Seen:     exceljs reads the digits up to the first hyphen as a number of days: 2029-04-03 is 21 July 1905, 10:30 is
#           9 January 1900, and nothing is raised. SheetJS (xlsx 0.18.5) has the days right and the time as NaN.
# Caller:   leave iso_dates off for a file that others read; a date far from the years that can be is to be asked about.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program soffice libreoffice-calc-nogui
pip_packages openpyxl==3.1.5 python-calamine==0.9.1
npm_packages exceljs@4.4.0 xlsx@0.18.5
observe python - <<'PYTHON'
from datetime import date, datetime, time
import openpyxl
import python_calamine

book = openpyxl.Workbook()
book.iso_dates = True
for value in (datetime(2029, 4, 3, 10, 30), date(2029, 4, 3), time(10, 30)):
    book.active.append([value])
book.save("book.xlsx")
print("openpyxl", *(cell.value for (cell,) in openpyxl.load_workbook("book.xlsx").active["A1:A3"]), sep="; ")
rows = python_calamine.load_workbook("book.xlsx").get_sheet_by_index(0).to_python()
print("calamine", *(row[0] for row in rows), sep="; ")
PYTHON
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to csv book.xlsx >/dev/null 2>&1
observe echo "LibreOffice" $(cat book.csv)
cat >read.cjs <<'NODE'
const ExcelJS = require("exceljs");
const XLSX = require("xlsx");
const book = new ExcelJS.Workbook();
book.xlsx.readFile("book.xlsx").then(() => {
  const cells = ["A1", "A2", "A3"];
  console.log("exceljs", ...cells.map((cell) => book.worksheets[0].getCell(cell).value));
  const sheet = XLSX.readFile("book.xlsx").Sheets.Sheet;
  console.log("SheetJS", ...cells.map((cell) => sheet[cell].v));
});
NODE
observe node read.cjs
seen <<'SEEN'
openpyxl; 2029-04-03 10:30:00; 2029-04-03; 10:30:00
calamine; 2029-04-03 10:30:00; 2029-04-03; 10:30:00
LibreOffice 2029-04-03 10:30:00 2029-04-03 10:30:00
exceljs 1905-07-21T00:00:00.000Z 1905-07-21T00:00:00.000Z 1900-01-09T00:00:00.000Z
SheetJS 47211.4375 47211 NaN
SEEN
