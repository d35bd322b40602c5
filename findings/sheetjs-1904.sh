#!/usr/bin/env bash
# SheetJS (xlsx 0.18.5) moves the dates of a workbook that counts from 1904 four years and a day into the past.
#
# Expected: read with cellDates, 3 April 2029 is that day whichever of the two epochs the workbook names (ECMA-376 part 1,
#           18.2.28); Excel for Mac made files with the later one for years, and copies of them keep it.
# Seen:     the cell's value is 2 April 2025, and the text beside it (w) still 4/3/29. sheet_to_json gives the value. exceljs
#           4.4.0, which wrote the file, openpyxl 3.1.5 and python-calamine 0.9.1 read the right day.
# Caller:   where Workbook.WBProps.date1904 is set add 1462 days, or take what w says; an expiry four years too early is still
#           a likely day.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages exceljs@4.4.0 xlsx@0.18.5
pip_packages openpyxl==3.1.5 python-calamine==0.9.1
cat >read.cjs <<'NODE'
const ExcelJS = require("exceljs");
const XLSX = require("xlsx");
(async () => {
  for (const date1904 of [false, true]) {
    const book = new ExcelJS.Workbook();
    book.properties.date1904 = date1904;
    book.addWorksheet("S").getCell("A1").value = new Date(Date.UTC(2029, 3, 3));
    await book.xlsx.writeFile("book.xlsx");
    const read = XLSX.readFile("book.xlsx", { cellDates: true });
    const { v, w } = read.Sheets.S.A1;
    console.log(date1904 ? "from 1904" : "from 1900", "SheetJS", v.toDateString(), "shown", w, read.Workbook.WBProps.date1904);
    console.log("  as rows", XLSX.utils.sheet_to_json(read.Sheets.S, { header: 1 })[0][0].toDateString());
  }
  const again = new ExcelJS.Workbook();
  await again.xlsx.readFile("book.xlsx");
  console.log("exceljs", again.worksheets[0].getCell("A1").value);
})();
NODE
observe env TZ=UTC node read.cjs
observe python - <<'PYTHON'
import openpyxl
import python_calamine

print("openpyxl", openpyxl.load_workbook("book.xlsx").active["A1"].value)
print("calamine", python_calamine.load_workbook("book.xlsx").get_sheet_by_index(0).to_python()[0][0])
PYTHON
seen <<'SEEN'
from 1900 SheetJS Tue Apr 03 2029 shown 4/3/29 false
  as rows Tue Apr 03 2029
from 1904 SheetJS Wed Apr 02 2025 shown 4/3/29 true
  as rows Wed Apr 02 2025
exceljs 2029-04-03T00:00:00.000Z
openpyxl 2029-04-03 00:00:00
calamine 2029-04-03
SEEN
