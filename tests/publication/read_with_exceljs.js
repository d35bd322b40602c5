// Prints every cell of a workbook's tabs as exceljs reads it: {title: [[text, …], …]}, and which cells are formulas.
const ExcelJS = require("exceljs");

const text = (value) => {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  if (value.richText) return value.richText.map((run) => run.text).join("");
  return JSON.stringify(value);
};

const book = new ExcelJS.Workbook();
book.xlsx.readFile(process.argv[2]).then(() => {
  const tabs = {}, formulas = [];
  book.eachSheet((sheet) => {
    const rows = tabs[sheet.name] = [];
    sheet.eachRow({ includeEmpty: false }, (row) => {
      const cells = [];
      row.eachCell({ includeEmpty: true }, (cell, at) => {
        cells[at - 1] = cell.isMerged && cell.master !== cell ? "" : text(cell.value);
        if (cell.formula) formulas.push(`${sheet.name}!${cell.address}`);
      });
      rows.push(cells);
    });
  });
  process.stdout.write(JSON.stringify({ tabs, formulas }));
});
