#!/usr/bin/env bash
# DuckDB 2.0.1: what 03/04/2029 in a CSV file is hangs on the other rows, and 03/04/29 is 29 April 2003.
#
# Expected: a column of dates is read by one rule, or stays text where it is in doubt; a row that is added changes no other.
# Seen:     read_csv tries ways of writing a date until one fits the whole column: the day is first, until a single row has a
#           number above 12 in the second place; then the month is first in all rows, and 3 April becomes 4 March. Of years of
#           two digits it takes the first number for the year: 03/04/29 and 05/06/29 are days in 2003 and 2005. pandas 3.1.1
#           goes by the first row, with the month first where that fits, and raises where a later row does not.
# Caller:   give the type and dateformat='%d/%m/%Y' by hand, or all_varchar; a list that was right yesterday has other days
#           today because somebody added a row.
. "$(dirname "$0")/lib.sh"
pip_packages duckdb==2.0.1 pandas==3.1.1
observe python -W ignore - <<'PYTHON'
from pathlib import Path
import duckdb
import pandas

LISTS = [
    ["03/04/2029", "05/06/2029"],
    ["03/04/2029", "05/06/2029", "05/25/2029"],
    ["03/04/2029", "05/06/2029", "25/05/2029"],
    ["03/04/29", "05/06/29"],
    ["03/04/29", "25/06/29"],
    ["03/04/29", "05/06/49"],
]
for dates in LISTS:
    Path("list.csv").write_text("\n".join(["name,expires", *(f"meter,{date}" for date in dates)]) + "\n")
    by_duckdb = [str(row[1]) for row in duckdb.sql("from read_csv('list.csv')").fetchall()]
    try:
        by_pandas = [str(day.date()) for day in pandas.to_datetime(dates)]
    except ValueError:
        by_pandas = ["raises"]
    print(*dates, "| DuckDB:", *by_duckdb, "| pandas:", *by_pandas)
PYTHON
seen <<'SEEN'
03/04/2029 05/06/2029 | DuckDB: 2029-04-03 2029-06-05 | pandas: 2029-03-04 2029-05-06
03/04/2029 05/06/2029 05/25/2029 | DuckDB: 2029-03-04 2029-05-06 2029-05-25 | pandas: 2029-03-04 2029-05-06 2029-05-25
03/04/2029 05/06/2029 25/05/2029 | DuckDB: 2029-04-03 2029-06-05 2029-05-25 | pandas: raises
03/04/29 05/06/29 | DuckDB: 2003-04-29 2005-06-29 | pandas: 2029-03-04 2029-05-06
03/04/29 25/06/29 | DuckDB: 2003-04-29 2025-06-29 | pandas: 2029-03-04 2029-06-25
03/04/29 05/06/49 | DuckDB: 2029-04-03 2049-06-05 | pandas: 2029-03-04 2049-05-06
SEEN
