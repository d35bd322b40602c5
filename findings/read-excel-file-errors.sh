#!/usr/bin/env bash
# read-excel-file 9.3.17 (npm) reads an error in a cell, and a formula that was not computed, as an empty cell.
#
# Expected: "#N/A" tells that something is wrong; exceljs 4.4.0 gives {error: "#N/A"}.
# Seen:     null, as for a cell that holds nothing; so a value that could not be looked up passes for one that was left out.
#           Blanks around a text are cut off as well.
# Caller:   where an empty cell means something, read with a library that has a word for an error.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages openpyxl==3.1.5
npm_packages read-excel-file@9.3.17 exceljs@4.4.0
python - <<'PYTHON'
import openpyxl

book = openpyxl.Workbook()
for value in ("#N/A", "=1+1", None, " A7 "):
    book.active.append(["value", value])
book.save("book.xlsx")
PYTHON
cat >read.mjs <<'NODE'
import readXlsxFile from "read-excel-file/node";
import ExcelJS from "exceljs";
const read = await readXlsxFile("book.xlsx");
const rows = read[0].data ?? read;
const book = new ExcelJS.Workbook();
await book.xlsx.readFile("book.xlsx");
rows.forEach((row, number) =>
  console.log(JSON.stringify(row[1] ?? null), "|", JSON.stringify(book.worksheets[0].getCell(`B${number + 1}`).value)),
);
NODE
observe node read.mjs
seen <<'SEEN'
null | {"error":"#N/A"}
null | {"formula":"1+1"}
null | null
"A7" | " A7 "
SEEN
