#!/usr/bin/env bash
# SheetJS (xlsx 0.18.5) and read-excel-file 9.3.17 (npm) read one time in three a thousandth of a second early: another second.
#
# Expected: a time with whole seconds in a cell is read as that second. A day's fraction in a double is exact to a
#           microsecond, and openpyxl 3.1.5, polars 2.1.0 and exceljs 4.4.0 round it.
# Seen:     of the 86400 seconds of 3 April 2029 SheetJS (cellDates) gives three in ten, and read-excel-file more than a
#           third, as …:04.999 where …:05 was written; shown to the second, as times are, all of these are a second off, and
#           shown to the minute some are a minute off (10 minutes past midnight is 00:10:59.999 where it was 00:11).
# Caller:   add half a second and cut, as soon as it is read; compare times from workbooks with a second's leeway.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages openpyxl==3.1.5 polars==2.1.0 fastexcel==0.21.0
npm_packages xlsx@0.18.5 read-excel-file@9.3.17 exceljs@4.4.0
export TZ=UTC
observe python - <<'PYTHON'
from datetime import datetime, timedelta
import openpyxl
import polars

WRITTEN = [datetime(2029, 4, 3) + timedelta(seconds=second) for second in range(86400)]
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet("times")
for moment in WRITTEN:
    sheet.append([moment])
book.save("times.xlsx")
read = [value for (value,) in openpyxl.load_workbook("times.xlsx", read_only=True)["times"].iter_rows(values_only=True)]
print("openpyxl:", sum(map(datetime.__ne__, read, WRITTEN)), "wrong")
read = polars.read_excel("times.xlsx", has_header=False).to_series().to_list()
print("polars:", sum(map(datetime.__ne__, read, WRITTEN)), "wrong")
PYTHON
cat >read.cjs <<'NODE'
const ExcelJS = require("exceljs");
const XLSX = require("xlsx");
const { readSheet } = require("read-excel-file/node");
const tell = (name, dates) => {
  const off = dates.map((date, second) => [date, +date - (Date.UTC(2029, 3, 3) + 1000 * second)]).filter(([, ms]) => ms !== 0);
  console.log(`${name}: ${off.length} wrong`, ...new Set(off.map(([, ms]) => ms)), off.length ? off[0][0].toISOString() : "");
};
(async () => {
  const sheet = XLSX.readFile("times.xlsx", { cellDates: true }).Sheets.times;
  tell("SheetJS", XLSX.utils.sheet_to_json(sheet, { header: 1 }).flat());
  tell("read-excel-file", (await readSheet("times.xlsx")).flat());
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile("times.xlsx");
  tell("exceljs", book.worksheets[0].getColumn(1).values.slice(1));
})();
NODE
observe node read.cjs
seen <<'SEEN'
openpyxl: 0 wrong
polars: 0 wrong
SheetJS: 26240 wrong -1 2029-04-03T00:00:04.999Z
read-excel-file: 31104 wrong -1 2029-04-03T00:00:09.999Z
exceljs: 0 wrong 
SEEN
