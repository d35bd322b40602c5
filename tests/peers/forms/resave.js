// Saves a workbook again: node resave.js PROGRAM FROM TO
"use strict";

const [program, from, to] = process.argv.slice(2);

async function exceljs() {
  const { Workbook } = require("exceljs");
  const book = new Workbook();
  await book.xlsx.readFile(from);
  await book.xlsx.writeFile(to);
}

function sheetjs() {
  const { readFile, writeFile } = require("xlsx");
  writeFile(readFile(from, { cellStyles: true }), to, { bookType: to.endsWith(".ods") ? "ods" : "xlsx" });
}

const programs = { exceljs, sheetjs };

Promise.resolve(programs[program]()).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
