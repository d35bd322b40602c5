#!/usr/bin/env bash
# 1 July 2029, in London, is written into a workbook as 30 June 23:00 by exceljs 4.4.0 and write-excel-file 4.1.1 (npm).
#
# Expected: new Date(2029, 6, 1), a day as a program in London makes it, is 1 July in the cell, as SheetJS (xlsx 0.18.5) and
#           xlsx-populate 1.21.0 write it.
# Seen:     these two write the clock of Greenwich, so in summer all days are the evening before and all times an hour early;
#           in winter, or where a server runs in UTC, they are right. The cell shows a day without a time, 30 June, and polite
#           readers round nothing.
# Caller:   give these two new Date(Date.UTC(2029, 6, 1)), and SheetJS a local one; run one test with TZ=Europe/London on a
#           day in July.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages python-calamine==0.9.1
npm_packages exceljs@4.4.0 write-excel-file@4.1.1 xlsx@0.18.5 xlsx-populate@1.21.0
cat >write.cjs <<'NODE'
const { writeFileSync } = require("fs");
const ExcelJS = require("exceljs");
const XLSX = require("xlsx");
const Populate = require("xlsx-populate");
const { default: writeExcelFile } = require("write-excel-file/node");
const days = [new Date(2029, 0, 1), new Date(2029, 6, 1)];
(async () => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet("days").addRows(days.map((day) => [day]));
  await book.xlsx.writeFile("exceljs.xlsx");
  const cells = days.map((value) => [{ value, type: Date, format: "dd/mm/yyyy" }]);
  writeFileSync("write-excel-file.xlsx", await writeExcelFile(cells).toBuffer());
  const sheets = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(sheets, XLSX.utils.aoa_to_sheet(days.map((day) => [day])), "days");
  XLSX.writeFile(sheets, "SheetJS.xlsx");
  const populated = await Populate.fromBlankAsync();
  days.forEach((day, row) => populated.sheet(0).cell(row + 1, 1).value(day).style("numberFormat", "dd/mm/yyyy"));
  await populated.toFileAsync("xlsx-populate.xlsx");
})();
NODE
TZ=Europe/London node write.cjs
observe python -W ignore - <<'PYTHON'
from python_calamine import CalamineWorkbook

for name in ("exceljs", "write-excel-file", "SheetJS", "xlsx-populate"):
    rows = CalamineWorkbook.from_path(f"{name}.xlsx").get_sheet_by_index(0).to_python()
    print(f"{name}:", *(f"{value:%d %B %Y},{f'{value: %H:%M}' if hasattr(value, 'hour') else ' a day'};" for (value,) in rows))
PYTHON
seen <<'SEEN'
exceljs: 01 January 2029, a day; 30 June 2029, 23:00;
write-excel-file: 01 January 2029, a day; 30 June 2029, 23:00;
SheetJS: 01 January 2029, a day; 01 July 2029, a day;
xlsx-populate: 01 January 2029, a day; 01 July 2029, a day;
SEEN
