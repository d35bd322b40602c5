#!/usr/bin/env bash
# markitdown 0.1.9 turns the texts "N/A", "NA", "null" and "None" of a workbook into NaN, a yes into 1.0, and 12 into 12.0.
#
# Expected: the Markdown of a sheet, as people and language models read it, has the words and numbers that stand in its cells.
# Seen:     a cell in which somebody wrote "N/A" or "None" is like one that was left empty; one empty cell in a column makes
#           TRUE 1.0 and whole numbers fractions; 12345678901234567 is 1.234568e+16. kreuzberg 4.10.4 keeps the words, and
#           gives 41:30 hours as 17:30 on 1 January 1900.
# Caller:   openpyxl for what is judged; if Markdown is wanted, write it from there.
. "$(dirname "$0")/lib.sh"
pip_packages markitdown==0.1.9 pandas==3.1.1 openpyxl==3.1.5 kreuzberg==4.10.4
observe python -W ignore - <<'PYTHON'
from datetime import timedelta
import kreuzberg
import openpyxl
from markitdown import MarkItDown

book = openpyxl.Workbook()
book.active.append(["device", "hash", "signed", "rows", "counter", "outage"])
for row in (["ESME", "N/A", True, 12, 1, timedelta(hours=41, minutes=30)], ["GSME", "None", False, 7, 12345678901234567], ["NA", "null"]):
    book.active.append(row)
book.save("form.xlsx")
print(MarkItDown().convert("form.xlsx").text_content)
print(kreuzberg.extract_file_sync("form.xlsx").content)
PYTHON
seen <<'SEEN'
## Sheet
| device | hash | signed | rows | counter | outage |
| --- | --- | --- | --- | --- | --- |
| ESME | NaN | 1.0 | 12.0 | 1.000000e+00 | 1 days 17:30:00 |
| GSME | NaN | 0.0 | 7.0 | 1.234568e+16 | NaT |
| NaN | NaN | NaN | NaN | NaN | NaT |
Sheet

device hash signed rows counter outage
ESME N/A true 12 1 1900-01-01 17:30:00
GSME None false 7 12345678901234570 
NA null
SEEN
