#!/usr/bin/env bash
# pandoc 3.9 (pypandoc-binary 1.17) opens no workbook of openpyxl 3.1.5, and shows a date of XlsxWriter 3.3.1 as 47211.0.
#
# Expected: pandoc reads .xlsx now, so a sheet becomes a table of what it shows; or an error says what it does not read.
# Seen:     openpyxl names its sheets in the relations from the package's root ("/xl/worksheets/…"), as the packaging standard
#           (ISO/IEC 29500-2) allows; pandoc puts "xl/" before that and finds nothing. Of XlsxWriter's workbook it gives the
#           numbers without their formats: the date as a count of days, 00020003 as 20003.0, 12 % as 0.12 and TRUE as 1.0;
#           a hidden row stands among the others.
# Caller:   convert by way of LibreOffice, or write dates and versions as text; the table looks well made.
. "$(dirname "$0")/lib.sh"
pip_packages pypandoc-binary==1.17 openpyxl==3.1.5 XlsxWriter==3.3.1
observe python - <<'PYTHON'
from datetime import date
import openpyxl
import pypandoc
import xlsxwriter

book = openpyxl.Workbook()
book.active.append(["0002000A"])
book.save("theirs.xlsx")
with xlsxwriter.Workbook("list.xlsx") as book:
    sheet = book.add_worksheet("List")
    sheet.write_row(0, 0, ["version", "expiry", "share", "on"])
    for row, version in ((1, 20003), (2, 20004)):
        sheet.write_number(row, 0, version, book.add_format({"num_format": "00000000"}))
        sheet.write_datetime(row, 1, date(2029, 4, 3), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_number(row, 2, 0.12, book.add_format({"num_format": "0%"}))
        sheet.write_boolean(row, 3, True)
    sheet.set_row(2, None, None, {"hidden": True})
print("pandoc", pypandoc.get_pandoc_version())
for name in ("theirs.xlsx", "list.xlsx"):
    try:
        print(name, *(line.strip() for line in pypandoc.convert_file(name, "plain").splitlines() if line.strip()), sep="\n  ")
    except RuntimeError as error:
        print(name, str(error).partition("conversion: ")[2].strip())
PYTHON
seen <<'SEEN'
pandoc 3.9
theirs.xlsx Failed to parse XLSX: Entry not found: xl//xl/worksheets/sheet1.xml
list.xlsx
  List
  version   expiry    share   on
  --------- --------- ------- -----
  20003.0   47211.0   0.12    1.0
  20004.0   47211.0   0.12    1.0
SEEN
