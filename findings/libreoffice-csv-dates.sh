#!/usr/bin/env bash
# LibreOffice (seen with 7.4.7) writes a built-in date format into CSV with the month first.
#
# Expected: an unambiguous date, or the same for whoever reads it: the cell's number format is Excel's fourteenth.
# Seen:     the third of April is written 04/03/2029, which most of the world reads as the fourth of March.
# Caller:   give dates an explicit format (yyyy-mm-dd) before converting; both readings are valid days, so no check finds it.
. "$(dirname "$0")/lib.sh"
apt_program soffice libreoffice-calc-nogui
pip_packages openpyxl==3.1.5
python - <<'PYTHON'
from datetime import date
import openpyxl

book = openpyxl.Workbook()
for cell, form in (("A1", "mm-dd-yy"), ("B1", "yyyy-mm-dd")):  # the first is what Excel calls its short date
    book.active[cell] = date(2029, 4, 3)
    book.active[cell].number_format = form
book.save("book.xlsx")
PYTHON
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to csv book.xlsx >/dev/null 2>&1
observe cat book.csv
seen <<'SEEN'
04/03/2029,2029-04-03
SEEN
