#!/usr/bin/env bash
# What lies below a merged cell: openpyxl 3.1.5 reads it or not by read_only, exceljs 4.4.0 gives the upper cell's value twice.
#
# Expected: a workbook whose merged cells still hold values (ECMA-376 allows it, and programs that merge a filled range write
#           it) is read the same by one library's two modes; and a cell that shows nothing of its own has no value.
# Seen:     openpyxl gives None below, and with read_only=True the value that nobody sees; so do python-calamine 0.9.1,
#           SheetJS (xlsx 0.18.5) and xlsx-populate 1.21.0. exceljs has the upper cell's value in both, so that one version is
#           counted for two models. Three readers that count rows give three answers, and none says that cells were merged.
# Caller:   ask for the merged ranges (openpyxl's ordinary mode has them) and take each range as one cell; a value below is a
#           remark to the person who sent it, who cannot see it in Excel.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1
npm_packages exceljs@4.4.0 xlsx@0.18.5 xlsx-populate@1.21.0
observe python - <<'PYTHON'
import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("merged.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.merge_range("A1:A2", "0002000A")
    sheet.write("A2", "0001000A")
    sheet.write("A3", "00030000")
for read_only in (False, True):
    rows = openpyxl.load_workbook("merged.xlsx", read_only=read_only).active.iter_rows(values_only=True)
    print(f"openpyxl, read_only={read_only}:", *(value for (value,) in rows))
print("calamine:", *(value for (value,) in CalamineWorkbook.from_path("merged.xlsx").get_sheet_by_index(0).to_python()))
PYTHON
cat >read.cjs <<'NODE'
const ExcelJS = require("exceljs");
const XLSX = require("xlsx");
const XlsxPopulate = require("xlsx-populate");
(async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile("merged.xlsx");
  console.log("exceljs:", ...[1, 2, 3].map((row) => book.worksheets[0].getCell(row, 1).value));
  const { Sheet1 } = XLSX.readFile("merged.xlsx").Sheets;
  console.log("SheetJS:", ...XLSX.utils.sheet_to_json(Sheet1, { header: 1 }).flat());
  const populated = await XlsxPopulate.fromFileAsync("merged.xlsx");
  console.log("xlsx-populate:", ...[1, 2, 3].map((row) => populated.sheet(0).cell(row, 1).value()));
})();
NODE
observe node read.cjs
seen <<'SEEN'
openpyxl, read_only=False: 0002000A None 00030000
openpyxl, read_only=True: 0002000A 0001000A 00030000
calamine: 0002000A 0001000A 00030000
exceljs: 0002000A 0002000A 00030000
SheetJS: 0002000A 0001000A 00030000
xlsx-populate: 0002000A 0001000A 00030000
SEEN
