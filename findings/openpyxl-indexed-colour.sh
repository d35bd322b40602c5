#!/usr/bin/env bash
# openpyxl 3.1.5 answers an error's words where a colour was asked for.
#
# Expected: Color(indexed=42).rgb is a colour such as 00CCFFCC, or None.
# Seen:     an object that prints as the words of an error, is true in a condition and unequal to every colour.
# Caller:   look at Color.type first, and resolve an indexed or themed colour by hand.
. "$(dirname "$0")/lib.sh"
pip_packages openpyxl==3.1.5
observe python - <<'PYTHON'
import openpyxl
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import COLOR_INDEX, Color

book = openpyxl.Workbook()
book.active["A1"].fill = PatternFill("solid", fgColor=Color(indexed=42))
book.save("book.xlsx")
colour = openpyxl.load_workbook("book.xlsx").active["A1"].fill.fgColor
print(colour.type, colour.indexed, COLOR_INDEX[42])
print(type(colour.rgb).__name__, repr(colour.rgb))
PYTHON
seen <<'SEEN'
indexed 42 00CCFFCC
RGB Values must be of type <class 'str'>
SEEN
