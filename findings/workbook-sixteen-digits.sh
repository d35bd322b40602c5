#!/usr/bin/env bash
# openpyxl 3.1.5 and XlsxWriter 3.3.1 write sixteen digits of a number, where a double needs seventeen; exceljs 4.4.0 writes all.
#
# Expected: what is written is read back: a float exactly (Excel itself keeps seventeen digits in its files), and a whole
#           number of a device, an EUI-64, as the nearest double at worst, or it is refused.
# Seen:     10427123456789012345 is in the file as 1.042712345678901E+19, two thousand off, not at the nearest double; 0.1 +
#           0.2 is 0.3, so that a sum of readings that was unequal is equal after a round trip. No warning. exceljs writes
#           each double so that it comes back.
# Caller:   identities are texts; where a workbook is evidence of numbers, compare after rounding, or keep the digits beside
#           it.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages openpyxl==3.1.5 XlsxWriter==3.3.1
npm_packages exceljs@4.4.0
cat >write.cjs <<'NODE'
const ExcelJS = require("exceljs");
const book = new ExcelJS.Workbook();
book.addWorksheet("Sheet1").addRow([10427123456789012345, 0.1 + 0.2]);
book.xlsx.writeFile("exceljs.xlsx");
NODE
node write.cjs
observe python - <<'PYTHON'
import re
import zipfile
import openpyxl
import xlsxwriter

NUMBERS = [10427123456789012345, 0.1 + 0.2]
book = openpyxl.Workbook()
book.active.append(NUMBERS)
book.save("openpyxl.xlsx")
with xlsxwriter.Workbook("xlsxwriter.xlsx") as book:
    book.add_worksheet().write_row(0, 0, NUMBERS)
for writer in ("openpyxl", "xlsxwriter", "exceljs"):
    with zipfile.ZipFile(f"{writer}.xlsx") as parts:
        text = parts.read("xl/worksheets/sheet1.xml").decode()
    print(f"{writer}: in the file", *re.findall("<v>(.*?)</v>", text))
    for number, cell in zip(NUMBERS, openpyxl.load_workbook(f"{writer}.xlsx").active[1], strict=True):
        print(f"  {number}: off by", float(cell.value) - float(number))
PYTHON
seen <<'SEEN'
openpyxl: in the file 1.042712345678901e+19 0.3
  10427123456789012345: off by -2048.0
  0.30000000000000004: off by -5.551115123125783e-17
xlsxwriter: in the file 1.042712345678901E+19 0.3
  10427123456789012345: off by -2048.0
  0.30000000000000004: off by -5.551115123125783e-17
exceljs: in the file 10427123456789012000 0.30000000000000004
  10427123456789012345: off by 0.0
  0.30000000000000004: off by 0.0
SEEN
