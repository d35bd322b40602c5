#!/usr/bin/env bash
# 41:30 hours in an .ods of LibreOffice (seen with 7.4.7): polars 2.1.0 reads nothing, calamine a text, pandas 3.1.1 raises.
#
# Expected: a duration is one in .ods as in .xlsx, whichever reader is asked; of the same table in .xlsx calamine and polars
#           give 41.5 hours.
# Seen:     python-calamine 0.9.1 gives "PT41H30M00S", as it stands in the file, and a time of the day for 10:30; polars,
#           which reads with it, makes null of the one and a duration of the other. pandas with odfpy 1.4.1 reads what the
#           cell shows, and one cell above 24 hours raises for the whole table. SheetJS (xlsx 0.18.5) gives an evening of
#           1899. pyexcel-ods3 0.6.1 has the duration, and a text "12.5 GBP" of a cell in pounds.
# Caller:   ask for minutes as plain numbers; convert an .ods to .xlsx with LibreOffice before it is read.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program soffice libreoffice-calc-nogui
pip_packages polars==2.1.0 fastexcel==0.21.0 python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1 openpyxl==3.1.5 \
  pyexcel-ods3==0.6.1 'setuptools<81'
npm_packages xlsx@0.18.5
export TZ=UTC LC_ALL=C.UTF-8
python - <<'PYTHON'
from datetime import time, timedelta
import openpyxl

book = openpyxl.Workbook()
book.active.append([timedelta(hours=41, minutes=30), time(10, 30), 12.5])
book.active["C1"].number_format = "[$£-809]#,##0.00"
book.save("hours.xlsx")
PYTHON
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to ods hours.xlsx >/dev/null 2>&1
observe python -W ignore - <<'PYTHON'
import pandas
import polars
import pyexcel_ods3
from python_calamine import CalamineWorkbook

print("calamine, xlsx:", *map(repr, CalamineWorkbook.from_path("hours.xlsx").get_sheet_by_index(0).to_python()[0]))
print("calamine, ods:", *map(repr, CalamineWorkbook.from_path("hours.ods").get_sheet_by_index(0).to_python()[0]))
print("polars, xlsx:", *map(repr, polars.read_excel("hours.xlsx", has_header=False).row(0)))
print("polars, ods:", *map(repr, polars.read_ods("hours.ods", has_header=False).row(0)))
try:
    pandas.read_excel("hours.ods", engine="odf", header=None)
except ValueError as error:
    print("pandas, ods:", error)
print("pyexcel-ods3:", *map(repr, pyexcel_ods3.get_data("hours.ods")["Sheet"][0]))
PYTHON
cat >read.cjs <<'NODE'
const XLSX = require("xlsx");
const { A1 } = XLSX.readFile("hours.ods", { cellDates: true }).Sheets.Sheet;
console.log("SheetJS, ods:", A1.t, A1.v);
NODE
observe node read.cjs
seen <<'SEEN'
calamine, xlsx: datetime.timedelta(days=1, seconds=63000) datetime.time(10, 30) 12.5
calamine, ods: 'PT41H30M00S' datetime.time(10, 30) 12.5
polars, xlsx: datetime.timedelta(days=1, seconds=63000) datetime.datetime(1899, 12, 31, 10, 30) 12.5
polars, ods: None datetime.timedelta(seconds=37800) 12.5
pandas, ods: hour must be in 0..23: 41:30:00
pyexcel-ods3: datetime.timedelta(days=1, seconds=63000) datetime.time(10, 30) '12.5 GBP'
SheetJS, ods: d 1899-12-31T17:30:00.000Z
SEEN
