#!/usr/bin/env bash
# HyperFormula 3.5.0 (npm) writes 3 April 2029 as "03 040 2029", a quarter as "0%" and 1234.5 as "1235,##0".
#
# Expected: TEXT gives what Excel and LibreOffice give for the commonest formats, or an error for one that it does not know.
# Seen:     "mmm" is the month's number and then the minutes (00 at midnight), "mmmm" the same, "ddd" the day's number twice
#           over; "#,##0" keeps the part behind the comma as letters, "%" does not multiply. "dd/mm/yyyy", "hh:mm" and "0.00"
#           are right. SSF 0.11.2, the formatter of SheetJS, writes "Apr", 25% and 1,235. @formulajs/formulajs 4.6.1 gives the
#           bare number for every format of a date.
# Caller:   give stringifyDateTime in HyperFormula's options, or take such texts from what is stored in the file; a label made
#           by ="Valid until "&TEXT(...) is a text like any other, and nothing behind it asks again.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages hyperformula@3.5.0 ssf@0.11.2 @formulajs/formulajs@4.6.1
cat >texts.cjs <<'NODE'
const { HyperFormula } = require("hyperformula");
const { TEXT } = require("@formulajs/formulajs");
const { format } = require("ssf");
const asked = [
  [47211, "dd mmm yyyy"], [47211.4375, "d mmmm yyyy hh:mm"], [47211, "ddd dd/mm/yyyy"], [47211, "dd/mm/yyyy"], [47211.4375, "hh:mm"],
  [0.25, "0%"], [1234.5, "#,##0"], [1234.5, "0.00"],
];
const sheet = HyperFormula.buildFromArray([asked.map(([number, form]) => `=TEXT(${number},"${form}")`)], { licenseKey: "gpl-v3" });
asked.forEach(([number, form], column) => {
  const byHyperFormula = sheet.getCellValue({ sheet: 0, row: 0, col: column });
  console.log(`${number} by ${form} | HyperFormula: ${byHyperFormula} | SSF: ${format(form, number)} | formulajs: ${TEXT(number, form)}`);
});
NODE
observe node texts.cjs
seen <<'SEEN'
47211 by dd mmm yyyy | HyperFormula: 03 040 2029 | SSF: 03 Apr 2029 | formulajs: 47211
47211.4375 by d mmmm yyyy hh:mm | HyperFormula: 3 0430 2029 10:30 | SSF: 3 April 2029 10:30 | formulajs: 47211
47211 by ddd dd/mm/yyyy | HyperFormula: 033 03/04/2029 | SSF: Tue 03/04/2029 | formulajs: 47211
47211 by dd/mm/yyyy | HyperFormula: 03/04/2029 | SSF: 03/04/2029 | formulajs: 47211
47211.4375 by hh:mm | HyperFormula: 10:30 | SSF: 10:30 | formulajs: 47211
0.25 by 0% | HyperFormula: 0% | SSF: 25% | formulajs: 25%
1234.5 by #,##0 | HyperFormula: 1235,##0 | SSF: 1,235 | formulajs: 1,235
1234.5 by 0.00 | HyperFormula: 1234.50 | SSF: 1234.50 | formulajs: 1234.50
SEEN
