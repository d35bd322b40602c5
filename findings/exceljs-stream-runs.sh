#!/usr/bin/env bash
# exceljs 4.4.0: its reader of streams gives the last piece of a text as the whole; its other reader gives all of it.
#
# Expected: a cell says the same whichever reader of one library is asked.
# Seen:     of a text in two runs that stands in its cell ("0002" plain, "000A" bold) WorkbookReader gives "000A"; of a shared
#           text with a hint to how it is spoken, such as Excel keeps in Japanese, it gives the hint instead of the text.
# Caller:   read forms whole, with xlsx.readFile; half a version is a version too, and nothing tells it from a whole one.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages exceljs@4.4.0
pip_packages xlsxwriter==3.3.1
python - <<'PYTHON'
import zipfile
import xlsxwriter

for name, inside in (("shared", False), ("inline", True)):
    with xlsxwriter.Workbook(f"{name}.xlsx", {"constant_memory": inside}) as book:
        sheet = book.add_worksheet()
        sheet.write_rich_string("A1", "0002", book.add_format({"bold": True}), "000A")
        sheet.write_string("A2", "Maker")
HINT = b'<t>Maker</t><rPh sb="0" eb="5"><t>hint</t></rPh>'
with zipfile.ZipFile("shared.xlsx") as plain, zipfile.ZipFile("spoken.xlsx", "w") as spoken:
    for part in plain.namelist():
        spoken.writestr(part, plain.read(part).replace(b"<t>Maker</t>", HINT))
PYTHON
cat >read.cjs <<'NODE'
const ExcelJS = require("exceljs");
(async () => {
  for (const name of ["shared", "inline", "spoken"]) {
    const whole = [], stream = [];
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(`${name}.xlsx`);
    book.worksheets[0].eachRow((row) => whole.push(row.getCell(1).text));
    for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(`${name}.xlsx`))
      for await (const row of sheet) stream.push(row.getCell(1).text);
    console.log(name, "whole:", whole.join(" "), "stream:", stream.join(" "));
  }
})();
NODE
observe node read.cjs
seen <<'SEEN'
shared whole: 0002000A Maker stream: 0002000A Maker
inline whole: 0002000A Maker stream: 000A Maker
spoken whole: 0002000A Maker stream: 0002000A hint
SEEN
