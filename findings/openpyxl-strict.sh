#!/usr/bin/env bash
# openpyxl 3.1.5 opens a workbook of the strict kind of ISO/IEC 29500 as one without sheets; calamine and exceljs read it.
#
# Expected: the sheets, or InvalidFileException: "Strict Open XML" is in Excel's own list of what to save as.
# Seen:     load_workbook succeeds, sheetnames is empty and active is None; the one warning speaks of "an invalid
#           specification for 0". python-calamine 0.9.1 and exceljs 4.4.0 read the cell.
# Caller:   a workbook without any sheet cannot be made by hand: take it as unread, never as an empty form.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages exceljs@4.4.0
pip_packages openpyxl==3.1.5 python-calamine==0.9.1
python - <<'PYTHON'
import zipfile
import openpyxl

book = openpyxl.Workbook()
book.active.title = "Form"
book.active["A1"] = "0002000A"
book.save("transitional.xlsx")
NAMES = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
}
with zipfile.ZipFile("transitional.xlsx") as loose, zipfile.ZipFile("strict.xlsx", "w") as strict:
    for part in loose.namelist():
        content = loose.read(part)
        for old, new in NAMES.items():
            content = content.replace(old, new)
        strict.writestr(part, content)
PYTHON
observe python -W ignore - <<'PYTHON'
import openpyxl
import python_calamine

for name in ("transitional.xlsx", "strict.xlsx"):
    book = openpyxl.load_workbook(name)
    print(name, "openpyxl:", book.sheetnames, "active:", book.active)
    print(name, "calamine:", python_calamine.CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python())
PYTHON
observe node -e '
const ExcelJS = require("exceljs");
const book = new ExcelJS.Workbook();
book.xlsx.readFile("strict.xlsx").then(() => console.log("strict.xlsx exceljs:", book.worksheets[0].getCell("A1").value));
'
seen <<'SEEN'
transitional.xlsx openpyxl: ['Form'] active: <Worksheet "Form">
transitional.xlsx calamine: [['0002000A']]
strict.xlsx openpyxl: [] active: None
strict.xlsx calamine: [['0002000A']]
strict.xlsx exceljs: 0002000A
SEEN
