#!/usr/bin/env bash
# pylightxl 1.61 reads every text that XlsxWriter 3.3.1 writes in constant memory as an empty cell.
#
# Expected: a text is read wherever it stands, or an error tells that it cannot be.
# Seen:     with constant_memory XlsxWriter keeps texts in their cells (t="inlineStr"); pylightxl gives "" for each, and the
#           numbers beside them are right, so the rows look filled in by halves.
# Caller:   a reader is tried with both ways of keeping texts before it is trusted; openpyxl reads both.
. "$(dirname "$0")/lib.sh"
pip_packages pylightxl==1.61 xlsxwriter==3.3.1 openpyxl==3.1.5
observe python - <<'PYTHON'
import openpyxl
import pylightxl
import xlsxwriter

for constant in (False, True):
    with xlsxwriter.Workbook("book.xlsx", {"constant_memory": constant}) as book:
        sheet = book.add_worksheet("List")
        sheet.write_row(0, 0, ["ESME", "0002000A", 7])
    print("constant memory:", constant)
    print("  openpyxl", [cell.value for cell in openpyxl.load_workbook("book.xlsx").active[1]])
    print("  pylightxl", pylightxl.readxl("book.xlsx").ws("List").row(1))
PYTHON
seen <<'SEEN'
constant memory: False
  openpyxl ['ESME', '0002000A', 7]
  pylightxl ['ESME', '0002000A', 7]
constant memory: True
  openpyxl ['ESME', '0002000A', 7]
  pylightxl ['', '', 7]
SEEN
