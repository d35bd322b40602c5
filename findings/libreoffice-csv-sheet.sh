#!/usr/bin/env bash
# LibreOffice (seen with 7.4.7) converts a workbook's first sheet to CSV, not the one that is active, and says nothing.
#
# Expected: the sheet that opens when the workbook is opened, or an error where there are several.
# Seen:     the first sheet alone, with exit code 0. With -1 as the filter's twelfth option every sheet is written.
# Caller:   always give all twelve options, and read the file of the sheet that you mean by its name.
. "$(dirname "$0")/lib.sh"
apt_program soffice libreoffice-calc-nogui
pip_packages openpyxl==3.1.5
python - <<'PYTHON'
import openpyxl

book = openpyxl.Workbook()
book.active.title = "Notes"
book.active["A1"] = "a remark"
book.create_sheet("List")["A1"] = "the list"
book.active = 1
book.save("book.xlsx")
PYTHON
convert() { soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to "$1" book.xlsx >/dev/null 2>&1; }
convert csv
observe cat book.csv
rm book.csv
convert 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1'
observe ls -1 --ignore='*.xlsx' --ignore=profile --ignore=environment --ignore=observed
seen <<'SEEN'
a remark
book-List.csv
book-Notes.csv
SEEN
