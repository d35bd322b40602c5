#!/usr/bin/env bash
# puremagic 1.30 says that every .xlsx is a Word document, where it is asked for the MIME type of its bytes.
#
# Expected: from_string(content, mime=True) of a workbook tells a workbook, as libmagic (file, seen with 5.44), filetype 1.2.0
#           and file-type 22.3.0 (npm) do; or application/zip.
# Seen:     those of openpyxl 3.1.5, XlsxWriter 3.3.1 and LibreOffice (seen with 7.4.7) are all called Word's: their first bytes
#           are those of any of Office's files. from_file() gives .xlsx, by looking at the name:
#           of the same bytes in a file called form.docx it says .docx.
# Caller:   look into the package: [Content_Types].xml names the kind of the part that _rels/.rels points to.
. "$(dirname "$0")/lib.sh"
apt_program soffice libreoffice-calc
apt_program file file
apt_program node nodejs
pip_packages puremagic==1.30 filetype==1.2.0 openpyxl==3.1.5 xlsxwriter==3.3.1
npm_packages file-type@22.3.0
observe python - <<'PYTHON'
import shutil
import subprocess
from pathlib import Path
import filetype
import openpyxl
import puremagic
import xlsxwriter

openpyxl.Workbook().save("openpyxl.xlsx")
xlsxwriter.Workbook("xlsxwriter.xlsx").close()
subprocess.run(["soffice", "--headless", "-env:UserInstallation=file:///proc/self/cwd/profile", "--convert-to", "xlsx",
                "--outdir", "made", "openpyxl.xlsx"], capture_output=True, timeout=120, check=True)
shutil.move("made/openpyxl.xlsx", "libreoffice.xlsx")
for path in sorted(Path().glob("*.xlsx")):
    content = path.read_bytes()
    print(path.stem, "puremagic:", puremagic.from_string(content, mime=True), puremagic.from_file(path))
    print(path.stem, "filetype: ", filetype.guess(content).mime)
    print(path.stem, "file:     ", subprocess.check_output(["file", "--brief", "--mime-type", path], text=True).strip())
shutil.copy("openpyxl.xlsx", "form.docx")
print("form.docx", puremagic.from_file("form.docx"))
PYTHON
cat >kinds.mjs <<'NODE'
import { fileTypeFromFile } from "file-type";

for (const name of ["libreoffice", "openpyxl", "xlsxwriter"])
  console.log(name, "file-type:", (await fileTypeFromFile(`${name}.xlsx`)).mime);
NODE
observe node kinds.mjs
seen <<'SEEN'
libreoffice puremagic: application/vnd.openxmlformats-officedocument.wordprocessingml.document .xlsx
libreoffice filetype:  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
libreoffice file:      application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
openpyxl puremagic: application/vnd.openxmlformats-officedocument.wordprocessingml.document .xlsx
openpyxl filetype:  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
openpyxl file:      application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
xlsxwriter puremagic: application/vnd.openxmlformats-officedocument.wordprocessingml.document .xlsx
xlsxwriter filetype:  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
xlsxwriter file:      application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
form.docx .docx
libreoffice file-type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
openpyxl file-type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
xlsxwriter file-type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
SEEN
