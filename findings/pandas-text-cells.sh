#!/usr/bin/env bash
# pandas 3.1.1 makes numbers of a workbook's TEXT cells: "0002" is 2, and "10E20304" is infinite.
#
# Expected: of a workbook, unlike CSV, the kind of each cell is in the file; a text is read as a text, as openpyxl 3.1.5 and
#           python-calamine 0.9.1, which pandas reads with, both give it.
# Seen:     read_excel hands the cells to the reader of CSV behind it, which guesses by column: three firmware versions are
#           2.0, inf and 20003.0, with either engine, and one letter A to D or F in the column leaves all of them as they are.
#           A text " 7 " is 7, and a text "NA" is missing.
# Caller:   dtype=object and keep_default_na=False give the cells as they are (dtype=str would make texts of real numbers); a
#           sample that has a letter in it proves nothing.
. "$(dirname "$0")/lib.sh"
pip_packages pandas==3.1.1 openpyxl==3.1.5 python-calamine==0.9.1
observe python - <<'PYTHON'
import openpyxl
import pandas
from python_calamine import CalamineWorkbook

COLUMNS = {"digits": ["0002", "10E20304", "00020003"], "letter": ["0002", "10E20304", "0002000A"], "other": [" 7 ", "NA", "7"]}
book = openpyxl.Workbook()
for row in [list(COLUMNS), *zip(*COLUMNS.values(), strict=True)]:
    book.active.append(row)
book.save("versions.xlsx")
print("openpyxl:", *openpyxl.load_workbook("versions.xlsx").active.iter_rows(min_row=2, values_only=True))
print("calamine:", *CalamineWorkbook.from_path("versions.xlsx").get_sheet_by_index(0).to_python()[1:])
for engine in ("openpyxl", "calamine"):
    for name, options in (("bare", {}), ("as it is", {"dtype": object, "keep_default_na": False})):
        frame = pandas.read_excel("versions.xlsx", engine=engine, **options)
        print(f"pandas, {engine}, {name}:", *(frame[column].tolist() for column in COLUMNS))
PYTHON
seen <<'SEEN'
openpyxl: ('0002', '0002', ' 7 ') ('10E20304', '10E20304', 'NA') ('00020003', '0002000A', '7')
calamine: ['0002', '0002', ' 7 '] ['10E20304', '10E20304', 'NA'] ['00020003', '0002000A', '7']
pandas, openpyxl, bare: [2.0, inf, 20003.0] ['0002', '10E20304', '0002000A'] [7.0, nan, 7.0]
pandas, openpyxl, as it is: ['0002', '10E20304', '00020003'] ['0002', '10E20304', '0002000A'] [' 7 ', 'NA', '7']
pandas, calamine, bare: [2.0, inf, 20003.0] ['0002', '10E20304', '0002000A'] [7.0, nan, 7.0]
pandas, calamine, as it is: ['0002', '10E20304', '00020003'] ['0002', '10E20304', '0002000A'] [' 7 ', 'NA', '7']
SEEN
