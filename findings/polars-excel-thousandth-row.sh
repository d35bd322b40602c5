#!/usr/bin/env bash
# polars 2.1.0 and fastexcel 0.21.0 lose a version that first shows its letter below a workbook's thousandth row.
#
# Expected: a column that holds text among numbers is text, or an error says at which row; read_csv of polars does the latter.
# Seen:     the kind of a column is told by its first thousand rows. Below them "0002000A" is null and the text "00020003" the
#           number 20003; and where nothing else stands in its row, polars leaves the row out altogether, so that even the
#           count of rows is that of a shorter list. In the first thousand rows the same texts stay as they are.
# Caller:   give read_excel the kinds of the columns (schema_overrides, or infer_schema_length=None), and count the rows against
#           another reader; a list grows past a thousand entries one day, and no test with ten of them shows it.
. "$(dirname "$0")/lib.sh"
pip_packages polars==2.1.0 fastexcel==0.21.0 XlsxWriter==3.3.1
observe python - <<'PYTHON'
import fastexcel
import polars
import xlsxwriter


def workbook(name, numbers, columns):
    with xlsxwriter.Workbook(name) as book:
        sheet = book.add_worksheet()
        rows = [("version", "kind"), *((20000 + row, "ESME") for row in range(numbers))]
        rows += [("0002000A", "GSME"), ("00020003", "HCALCS")]
        for row, values in enumerate(rows):
            sheet.write_row(row, 0, values[:columns])


for numbers in (10, 1100):
    for columns in (2, 1):
        workbook("list.xlsx", numbers, columns)
        frame = polars.read_excel("list.xlsx")
        print(f"polars, {numbers + 2} rows written, {frame.height} read, the last two", frame.tail(2).rows())
    frame = fastexcel.read_excel("list.xlsx").load_sheet(0).to_polars()
    print(f"fastexcel, {numbers + 2} rows written, {frame.height} read, the last two", frame.tail(2).rows())
whole = polars.read_excel("list.xlsx", infer_schema_length=None)
print("told to look at all rows:", whole.height, whole.tail(2).rows())
PYTHON
seen <<'SEEN'
polars, 12 rows written, 12 read, the last two [('0002000A', 'GSME'), ('00020003', 'HCALCS')]
polars, 12 rows written, 12 read, the last two [('0002000A',), ('00020003',)]
fastexcel, 12 rows written, 12 read, the last two [('0002000A',), ('00020003',)]
polars, 1102 rows written, 1102 read, the last two [(None, 'GSME'), (20003, 'HCALCS')]
polars, 1102 rows written, 1101 read, the last two [(21099,), (20003,)]
fastexcel, 1102 rows written, 1102 read, the last two [(None,), (20003.0,)]
told to look at all rows: 1102 [('0002000A',), ('00020003',)]
SEEN
