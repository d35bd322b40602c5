#!/usr/bin/env bash
# Every month from 31 January: PostgreSQL (18.7), DuckDB 2.0.1 and pandas 3.1.1 go on with 28 March, polars 2.1.0 with the 31st.
#
# Expected: a series by months counts each step from its beginning, so that a day that February lacks comes back in March.
# Seen:     the first three add a month to the day before, so that what was moved to 28 February stays on the 28th for good;
#           as a series of due days, each but the first is up to three days early. polars and luxon count from the beginning.
# Caller:   step a number of months from the beginning each time: start + n * interval '1 month' over generate_series(0, n).
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pandas==3.1.1 polars==2.1.0 duckdb==2.0.1
npm_packages @electric-sql/pglite@0.5.17 luxon@3.7.2
export TZ=UTC
observe python - <<'PYTHON'
from datetime import date
import duckdb
import pandas
import polars

START, END = date(2029, 1, 31), date(2029, 5, 31)
SERIES = "select unnest(generate_series(date '2029-01-31', date '2029-05-31', interval 1 month))"
COUNTED = "select date '2029-01-31' + to_months(n::int) from range(5) r(n)"
series = {
    "DuckDB": [day for (day,) in duckdb.sql(SERIES).fetchall()],
    "DuckDB, counted": [day for (day,) in duckdb.sql(COUNTED).fetchall()],
    "pandas": pandas.date_range(START, END, freq=pandas.DateOffset(months=1)),
    "polars": polars.date_range(START, END, "1mo", eager=True),
}
for name, days in series.items():
    print(f"{name}:", *(f"{pandas.Timestamp(day):%d %b}," for day in days))
PYTHON
cat >series.mjs <<'NODE'
import { PGlite } from "@electric-sql/pglite";
import { DateTime, Interval } from "luxon";

const ask = async (sql) => (await db.query(sql)).rows.map(Object.values).flat().join(", ");
const db = await PGlite.create();
console.log((await ask("select version()")).split(" ", 2).join(" "));
console.log("PostgreSQL:", await ask("select to_char(generate_series(date '2029-01-31', '2029-05-31', '1 month'), 'DD Mon')"));
console.log("PostgreSQL, counted:", await ask("select to_char(date '2029-01-31' + n * interval '1 month', 'DD Mon') from generate_series(0, 4) n"));
const parts = Interval.after(DateTime.utc(2029, 1, 31), { months: 5 }).splitBy({ months: 1 });
console.log("luxon:", parts.map((part) => part.start.toFormat("dd MMM")).join(", "));
process.exit();
NODE
observe node series.mjs
seen <<'SEEN'
DuckDB: 31 Jan, 28 Feb, 28 Mar, 28 Apr, 28 May,
DuckDB, counted: 31 Jan, 28 Feb, 31 Mar, 30 Apr, 31 May,
pandas: 31 Jan, 28 Feb, 28 Mar, 28 Apr, 28 May,
polars: 31 Jan, 28 Feb, 31 Mar, 30 Apr, 31 May,
PostgreSQL 18.7
PostgreSQL: 31 Jan, 28 Feb, 28 Mar, 28 Apr, 28 May
PostgreSQL, counted: 31 Jan, 28 Feb, 31 Mar, 30 Apr, 31 May
luxon: 31 Jan, 28 Feb, 31 Mar, 30 Apr, 31 May
SEEN
