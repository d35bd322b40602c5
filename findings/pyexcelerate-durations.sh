#!/usr/bin/env bash
# PyExcelerate 0.13.0 writes 41:30 hours as the text "1 day, 17:30:00", a day as the bare 47211, and fifteen digits of sixteen.
#
# Expected: a date is a date in the workbook, and a duration a number that can be added up, as openpyxl 3.1.5 writes them.
# Seen:     a duration is a text wherever it stands, and sixteen digits are written as 1.23456789012346E+15, another number.
#           Of what comes as a whole table (data=) dates and times have no format of one, so the cell shows 47211; one by one
#           they have the format of a day, which hides 10:30. A NaN is the error #NUM!.
# Caller:   XlsxWriter's constant_memory where openpyxl is too slow.
. "$(dirname "$0")/lib.sh"
pip_packages PyExcelerate==0.13.0 openpyxl==3.1.5
observe python - <<'PYTHON'
from datetime import date, datetime, time, timedelta
import openpyxl
import pyexcelerate

VALUES = [date(2029, 4, 3), datetime(2029, 4, 3, 10, 30), time(10, 30), timedelta(hours=41, minutes=30), 1234567890123456, float("nan")]
book = pyexcelerate.Workbook()
sheet = book.new_sheet("range", data=[VALUES])
sheet = book.new_sheet("cells")
for column, value in enumerate(VALUES, 1):
    sheet.set_cell_value(1, column, value)
book.save("values.xlsx")
for read in openpyxl.load_workbook("values.xlsx"):
    for cell in read[1]:
        print(read.title, repr(cell.value), cell.number_format)
PYTHON
seen <<'SEEN'
range 47211.0 General
range 47211.4375 General
range 0.4375 General
range '1 day, 17:30:00' General
range 1234567890123460.0 General
range '#NUM!' General
cells datetime.datetime(2029, 4, 3, 0, 0) yyyy-mm-dd
cells datetime.datetime(2029, 4, 3, 10, 30) yyyy-mm-dd
cells datetime.time(10, 30) yyyy-mm-dd
cells '1 day, 17:30:00' General
cells 1234567890123460.0 General
cells '#NUM!' General
SEEN
