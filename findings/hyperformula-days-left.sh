#!/usr/bin/env bash
# HyperFormula 3.5.0 (npm): INT(-0.5) is 0, so a certificate that ended twelve hours ago has 0 whole days left, not -1.
#
# Expected: INT goes down to the next whole number, as in Excel and in OpenFormula: -1.
# Seen:     it cuts the fraction off, as TRUNC does, so all below nought is a day out: -1.5 is -1. IronCalc 0.9.1, formulas
#           1.3.4, pycel 1.0b30 and @formulajs/formulajs 4.6.1 (npm) give -1 and -2. ROUND(1.005, 2) is 1 for HyperFormula and
#           formulas, and 1.01 for the other three.
# Caller:   TRUNC where the fraction is to go; and ask for days below nought in the test of a sheet that warns.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages hyperformula@3.5.0 @formulajs/formulajs@4.6.1
pip_packages ironcalc==0.9.1 formulas==1.3.4 pycel==1.0b30 openpyxl==3.1.5
cat >compute.cjs <<'NODE'
const { HyperFormula } = require("hyperformula");
const { INT, ROUND } = require("@formulajs/formulajs");
const sheet = HyperFormula.buildFromArray([["=INT(-0.5)", "=INT(-1.5)", "=ROUND(1.005, 2)"]], { licenseKey: "gpl-v3" });
console.log("HyperFormula:", ...sheet.getSheetValues(0)[0]);
console.log("formulajs:", INT(-0.5), INT(-1.5), ROUND(1.005, 2));
NODE
observe node compute.cjs
observe python -W ignore - <<'PYTHON'
import formulas
import ironcalc
from openpyxl import Workbook
from pycel import ExcelCompiler

FORMULAS = ["=INT(-0.5)", "=INT(-1.5)", "=ROUND(1.005,2)"]
model = ironcalc.create("sheet", "en", "UTC", "en")
book = Workbook()
for row, formula in enumerate(FORMULAS, 1):
    model.set_user_input(0, row, 1, formula)
    book.active.cell(row, 1, formula)
model.evaluate()
book.save("sheet.xlsx")
compiled = ExcelCompiler("sheet.xlsx")
print("IronCalc:", *(model.get_formatted_cell_value(0, row, 1) for row in (1, 2, 3)))
print("formulas:", *(formulas.Parser().ast(formula)[1].compile()() for formula in FORMULAS))
print("pycel:", *(compiled.evaluate(f"Sheet!A{row}") for row in (1, 2, 3)))
PYTHON
seen <<'SEEN'
HyperFormula: 0 -1 1
formulajs: -1 -2 1.01
IronCalc: -1 -2 1.01
formulas: -1 -2 1.0
pycel: -1 -2 1.01
SEEN
