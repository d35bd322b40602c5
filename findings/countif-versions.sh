#!/usr/bin/env bash
# COUNTIF: for HyperFormula 3.5.0 (npm) the texts "0002E001" and "20" are one version, for LibreOffice they are two.
#
# Expected: a formula that looks for doubles in a column of texts counts equal texts, and every program counts the same.
# Seen:     HyperFormula takes criterion and cells for numbers where they can be read so, an E and all, as Microsoft's own
#           page on the function warns for long digits: "00020003" equals "20003", and two serial numbers of sixteen digits
#           are one. LibreOffice (seen with 7.4.7) counts each once. For @formulajs/formulajs 4.6.1 "20" is there three times
#           and "0002E001", which is one of them, once. MATCH tells all of them apart in all three.
# Caller:   count with SUMPRODUCT(--(A1:A8=A1)), which compares texts as texts, or MATCH; never look for doubles of firmware
#           versions with COUNTIF, nor with the rules for colouring that stand on it.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program soffice libreoffice-calc-nogui
pip_packages openpyxl==3.1.5
npm_packages hyperformula@3.5.0 @formulajs/formulajs@4.6.1
export LC_ALL=C.UTF-8
echo '["0002E001", "20", "0002E0001", "00020003", "20003", "0002000A", "1000000000000001", "1000000000000002"]' >versions.json
python - <<'PYTHON'
import json
import openpyxl

book = openpyxl.Workbook()
for row, version in enumerate(json.load(open("versions.json")), 1):
    book.active.append([version, f"=COUNTIF(A$1:A$8,A{row})", f"=SUMPRODUCT(--(A$1:A$8=A{row}))", f"=MATCH(A{row},A$1:A$8,0)"])
book.save("versions.xlsx")
PYTHON
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to csv versions.xlsx >/dev/null 2>&1
cat >count.cjs <<'NODE'
const { HyperFormula } = require("hyperformula");
const { COUNTIF, MATCH } = require("@formulajs/formulajs");
const versions = require("./versions.json");
const rows = versions.map((version, row) => [
  `'${version}`,
  `=COUNTIF(A$1:A$8,A${row + 1})`,
  `=SUMPRODUCT(--(A$1:A$8=A${row + 1}))`,
  `=MATCH(A${row + 1},A$1:A$8,0)`,
]);
const book = HyperFormula.buildFromArray(rows, { licenseKey: "gpl-v3" });
console.log("HyperFormula");
for (const row of book.getSheetValues(0)) console.log(row.join(","));
console.log("formulajs");
for (const version of versions) console.log([version, COUNTIF(versions, version), MATCH(version, versions, 0)].join(","));
NODE
echo LibreOffice >observed
cat versions.csv >>observed
cat observed
observe node count.cjs
seen <<'SEEN'
LibreOffice
0002E001,1,1,1
20,1,1,2
0002E0001,1,1,3
00020003,1,1,4
20003,1,1,5
0002000A,1,1,6
1000000000000001,1,1,7
1000000000000002,1,1,8
HyperFormula
0002E001,3,1,1
20,3,1,2
0002E0001,3,1,3
00020003,2,1,4
20003,2,1,5
0002000A,1,1,6
1000000000000001,2,1,7
1000000000000002,2,1,8
formulajs
0002E001,1,1
20,3,2
0002E0001,1,3
00020003,2,4
20003,2,5
0002000A,1,6
1000000000000001,1,7
1000000000000002,1,8
SEEN
