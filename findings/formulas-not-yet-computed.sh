#!/usr/bin/env bash
# A formula that XlsxWriter 3.3.1 writes is 0 for who reads the workbook, a text's formula too; one of openpyxl 3.1.5 is nothing.
#
# Expected: a formula that no program has computed yet has no value, or reading it is an error.
# Seen:     XlsxWriter puts a 0 where the value belongs, as its documentation says, and openpyxl, python-calamine 0.9.1, polars
#           2.1.0 and exceljs 4.4.0 (npm) give it for a computed one: 0 days left, 0 where "ready" should be. openpyxl and exceljs
#           write no value; then calamine's rows end early, and polars has fewer columns than the sheet. LibreOffice (seen with
#           7.4.7) computes them all.
# Caller:   give write_formula the value, or let LibreOffice open and save what was made; of a formula without a trustworthy
#           value read the formula too, and say that it was not computed.
. "$(dirname "$0")/lib.sh"
apt_program soffice libreoffice-calc
apt_program node nodejs
pip_packages xlsxwriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1 polars==2.1.0 fastexcel==0.21.0
npm_packages exceljs@4.4.0
cat >write.cjs <<'NODE'
const { Workbook } = require("exceljs");
(async () => {
  const book = new Workbook();
  book.addWorksheet("list").addRow([5, { formula: "A1*2" }, { formula: 'IF(A1>1,"ready","return")' }]);
  await book.xlsx.writeFile("exceljs.xlsx");
})();
NODE
node write.cjs
cat >read.cjs <<'NODE'
const { Workbook } = require("exceljs");
(async () => {
  for (const name of ["xlsxwriter", "openpyxl", "exceljs"]) {
    const book = new Workbook();
    await book.xlsx.readFile(`${name}.xlsx`);
    console.log(`of ${name}, exceljs:`, [2, 3].map((column) => book.worksheets[0].getRow(1).getCell(column).result));
  }
})();
NODE
observe python - <<'PYTHON'
import subprocess
import openpyxl
import polars
import xlsxwriter
from python_calamine import CalamineWorkbook

ROW = [5, "=A1*2", '=IF(A1>1,"ready","return")']
with xlsxwriter.Workbook("xlsxwriter.xlsx") as book:
    book.add_worksheet("list").write_row(0, 0, ROW)
book = openpyxl.Workbook()
book.active.append(ROW)
book.save("openpyxl.xlsx")
for name in ("xlsxwriter", "openpyxl", "exceljs"):
    file = name + ".xlsx"
    print(f"of {name}, openpyxl:", list(openpyxl.load_workbook(file, data_only=True).active.values))
    print(f"of {name}, calamine:", CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python())
    print(f"of {name}, polars:", polars.read_excel(file, has_header=False).rows())
    subprocess.run(["soffice", "--headless", "-env:UserInstallation=file:///proc/self/cwd/profile", "--convert-to", "csv", file],
                   capture_output=True, timeout=120, check=True)
    print(f"of {name}, LibreOffice:", open(name + ".csv").read().strip())
PYTHON
observe node read.cjs
seen <<'SEEN'
of xlsxwriter, openpyxl: [(5, 0, 0)]
of xlsxwriter, calamine: [[5.0, 0.0, 0.0]]
of xlsxwriter, polars: [(5, 0, 0)]
of xlsxwriter, LibreOffice: 5,0,0
of openpyxl, openpyxl: [(5, None, None)]
of openpyxl, calamine: [[5.0]]
of openpyxl, polars: [(5,)]
of openpyxl, LibreOffice: 5,10,ready
of exceljs, openpyxl: [(5, None, None)]
of exceljs, calamine: [[5.0]]
of exceljs, polars: [(5,)]
of exceljs, LibreOffice: 5,10,ready
of xlsxwriter, exceljs: [ 0, 0 ]
of openpyxl, exceljs: [ undefined, undefined ]
of exceljs, exceljs: [ undefined, undefined ]
SEEN
