#!/usr/bin/env bash
# DATE(29, 4, 3) is a day of 2029 in LibreOffice (seen with 7.4.7) and of 1929 in four other programs that read the same sheet.
#
# Expected: a certificate's "29" put together to a date by a formula is one date, in whatever program the list is opened.
# Seen:     LibreOffice takes a year of two digits for one of 1930 to 2029; HyperFormula 3.5.0 (npm), IronCalc 0.9.1, formulas
#           1.3.4 and pycel 1.0b30 add 1900 to all below that, as Microsoft's page on DATE has it. And of six months before 31
#           August pycel's EDATE makes 3 March; the other four know that February ends.
# Caller:   refuse years below 1900 in a formula (IF(A1 < 1900, NA(), …)); look at the first and the last date of a list that
#           was computed elsewhere.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program soffice libreoffice-calc-nogui
npm_packages hyperformula@3.5.0
pip_packages ironcalc==0.9.1 formulas==1.3.4 pycel==1.0b30 openpyxl==3.1.5
cat >compute.cjs <<'NODE'
const { HyperFormula } = require("hyperformula");
const formulas = ['=TEXT(DATE(29,4,3),"yyyy-mm-dd")', '=TEXT(EDATE(DATE(2029,8,31),-6),"yyyy-mm-dd")'];
console.log("HyperFormula:", ...HyperFormula.buildFromArray([formulas], { licenseKey: "gpl-v3" }).getSheetValues(0)[0]);
NODE
observe node compute.cjs
cat >compute.py <<'PYTHON'
import formulas
import ironcalc
from openpyxl import Workbook
from openpyxl.utils.datetime import from_excel
from pycel import ExcelCompiler

FORMULAS = ["=DATE(29,4,3)+0", "=EDATE(DATE(2029,8,31),-6)+0"]
model = ironcalc.create("sheet", "en", "UTC", "en")
book = Workbook()
for row, formula in enumerate(FORMULAS, 1):
    model.set_user_input(0, row, 1, f'=TEXT({formula[1:]},"yyyy-mm-dd")')
    book.active.cell(row, 1, formula).number_format = "yyyy-mm-dd"
model.evaluate()
book.save("sheet.xlsx")
compiled = ExcelCompiler("sheet.xlsx")
print("IronCalc:", *(model.get_formatted_cell_value(0, row, 1) for row in (1, 2)))
print("formulas:", *(from_excel(int(formulas.Parser().ast(formula)[1].compile()())).date() for formula in FORMULAS))
print("pycel:", *(from_excel(int(compiled.evaluate(f"Sheet!A{row}"))).date() for row in (1, 2)))
PYTHON
observe python -W ignore compute.py
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to csv sheet.xlsx >/dev/null 2>&1
observe echo "LibreOffice:" $(cat sheet.csv)
seen <<'SEEN'
HyperFormula: 1929-04-03 2029-02-28
IronCalc: 1929-04-03 2029-02-28
formulas: 1929-04-03 2029-02-28
pycel: 1929-04-03 2029-03-03
LibreOffice: 2029-04-03 2029-02-28
SEEN
