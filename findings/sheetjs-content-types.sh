#!/usr/bin/env bash
# SheetJS (xlsx 0.18.5) declares the content type of binary workbooks in every plain .xlsx.
#
# Expected: [Content_Types].xml names the kinds of the parts that are there.
# Seen:     a default for the extension "bin" of the kind of a binary workbook with macros, though no such part exists.
# Caller:   tell a workbook's kind by the type of its main part, never by a word anywhere in [Content_Types].xml.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages xlsx@0.18.5
node -e '
const XLSX = require("xlsx");
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([["a value"]]), "List");
XLSX.writeFile(book, "book.xlsx");
'
observe python3 - <<'PYTHON'
import re, zipfile

parts = zipfile.ZipFile("book.xlsx")
types = parts.read("[Content_Types].xml").decode()
print(re.search(r'<Default Extension="bin"[^>]*>', types)[0])
print("parts that end in .bin:", [name for name in parts.namelist() if name.endswith(".bin")])
PYTHON
seen <<'SEEN'
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
parts that end in .bin: []
SEEN
