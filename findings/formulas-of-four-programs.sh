#!/usr/bin/env bash
# A tick joined to a text is 1 for LibreOffice, the last week of 2029 is its first, and 03/04/2029 is April for HyperFormula only.
#
# Expected: a workbook's small formulas have the values that Excel documents, whichever program computes them: TRUE as text is
#           "TRUE", TRUE = 1 is false, WEEKNUM of 31 December is 53; and a date in words is one everywhere or nowhere.
# Seen:     for LibreOffice (seen with 7.4.7) TRUE is the number 1, and WEEKNUM of Monday, 31 December 2029 is 1; Gnumeric (seen
#           with 1.12.55), HyperFormula 3.5.0 (npm) and IronCalc 0.9.1 say 53. DATEVALUE("3 Apr 2029") is a day for Gnumeric
#           alone. DATEVALUE("03/04/2029") is 4 March by three of them, in their English of America, and 3 April for HyperFormula.
# Caller:   write the values of formulas down with the program that computed them; IF(A1,"yes","no") instead of joining a tick,
#           DATE(2029,4,3) instead of a text.
. "$(dirname "$0")/lib.sh"
apt_program soffice libreoffice-calc
apt_program ssconvert gnumeric
apt_program node nodejs
pip_packages openpyxl==3.1.5 ironcalc==0.9.1
npm_packages hyperformula@3.5.0
cat >formulas.json <<'JSON'
["A1&\" ticked\"", "A1=1", "WEEKNUM(DATE(2029,12,31))", "DATEVALUE(\"3 Apr 2029\")", "DATEVALUE(\"03/04/2029\")"]
JSON
cat >compute.mjs <<'NODE'
import { HyperFormula } from "hyperformula";
import { readFileSync } from "fs";

const formulas = JSON.parse(readFileSync("formulas.json", "utf8"));
const book = HyperFormula.buildFromArray([[true], ...formulas.map((each) => ["=" + each])], { licenseKey: "gpl-v3" });
const values = formulas.map((_, row) => book.getCellValue({ sheet: 0, row: row + 1, col: 0 }));
console.log("HyperFormula", values.map((each) => String(each?.value ?? each)).join(" | "));
NODE
observe python - <<'PYTHON'
import csv
import json
import subprocess
import ironcalc
import openpyxl

formulas = json.load(open("formulas.json"))
book = openpyxl.Workbook()
for row in (True, *("=" + each for each in formulas)):
    book.active.append([row])
book.save("book.xlsx")
subprocess.run(["soffice", "--headless", "-env:UserInstallation=file:///proc/self/cwd/profile", "--convert-to", "csv", "book.xlsx"],
               capture_output=True, timeout=120, check=True)
subprocess.run(["ssconvert", "--recalc", "book.xlsx", "gnumeric.csv"], capture_output=True, timeout=120, check=True)
for program, file in {"LibreOffice": "book.csv", "Gnumeric": "gnumeric.csv"}.items():
    print(program, " | ".join(row[0] for row in list(csv.reader(open(file)))[1:]))
model = ironcalc.create("book", "en", "UTC")
for row, text in enumerate(["TRUE", *("=" + each for each in formulas)], 1):
    model.set_user_input(0, row, 1, text)
model.evaluate()
print("IronCalc", " | ".join(model.get_formatted_cell_value(0, row, 1) for row in range(2, len(formulas) + 2)))
PYTHON
observe node compute.mjs
seen <<'SEEN'
LibreOffice 1 ticked | TRUE | 1 | Err:502 | 47181
Gnumeric TRUE ticked | FALSE | 53 | 47211 | 47181
IronCalc TRUE ticked | FALSE | 53 | #VALUE! | 47181
HyperFormula TRUE ticked | false | 53 | #VALUE! | 47211
SEEN
