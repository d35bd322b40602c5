#!/usr/bin/env bash
# The last moment of 2029 as .NET writes it, 23:59:59.9999999Z, is in 2030 for msgspec 0.23.0, arrow 1.4.0 and PostgreSQL (18.7).
#
# Expected: a seventh digit of a second, as programs for .NET write it (the end of a day or a year is one tick of 100 ns before
#           midnight), is cut off by who keeps six, so that the day is still the day.
# Seen:     msgspec, arrow and PostgreSQL (PGlite 0.5.17) round to microseconds, and date-fns 4.4.0 (npm) to milliseconds: it is
#           midnight, of another day, month and year. fromisoformat of Python, pydantic 2.14.3, dateutil 4.0.0, pendulum 3.3.0,
#           polars 2.1.0, DuckDB 2.0.1, Node's Date and luxon 3.7.2 cut the digits off.
# Caller:   who compares a date that two programs made of one such text, or keeps "valid to" in a database, says which of the
#           two it does; cut to six digits before the text is read.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages msgspec==0.23.0 arrow==1.4.0 pydantic==2.14.3 python-dateutil==4.0.0 pendulum==3.3.0 polars==2.1.0 duckdb==2.0.1
npm_packages @electric-sql/pglite@0.5.17 luxon@3.7.2 date-fns@4.4.0
observe python - <<'PYTHON'
from datetime import UTC, datetime
import arrow
import dateutil.parser
import duckdb
import msgspec
import pendulum
import polars
import pydantic

TEXT = "2029-12-31T23:59:59.9999999Z"
READERS = {
    "msgspec": lambda: msgspec.convert(TEXT, datetime),
    "arrow": lambda: arrow.get(TEXT).datetime,
    "fromisoformat": lambda: datetime.fromisoformat(TEXT),
    "pydantic": lambda: pydantic.TypeAdapter(datetime).validate_python(TEXT),
    "dateutil": lambda: dateutil.parser.parse(TEXT),
    "pendulum": lambda: pendulum.parse(TEXT),
    "polars": lambda: polars.Series([TEXT]).str.to_datetime()[0],
    "duckdb": lambda: duckdb.sql(f"select '{TEXT}'::timestamptz").fetchall()[0][0],
}
for name, read in READERS.items():
    print(name, read().astimezone(UTC).replace(tzinfo=None).isoformat())
PYTHON
cat >read.mjs <<'NODE'
import { PGlite } from "@electric-sql/pglite";
import { parseISO } from "date-fns";
import { DateTime } from "luxon";

const text = "2029-12-31T23:59:59.9999999Z";
console.log("date-fns", parseISO(text).toISOString());
console.log("Date", new Date(text).toISOString());
console.log("luxon", DateTime.fromISO(text, { zone: "utc" }).toISO());
const db = await PGlite.create();
console.log("PostgreSQL", (await db.query("select ($1::timestamptz at time zone 'UTC')::text as said", [text])).rows[0].said);
NODE
observe node read.mjs
seen <<'SEEN'
msgspec 2030-01-01T00:00:00
arrow 2030-01-01T00:00:00
fromisoformat 2029-12-31T23:59:59.999999
pydantic 2029-12-31T23:59:59.999999
dateutil 2029-12-31T23:59:59.999999
pendulum 2029-12-31T23:59:59.999999
polars 2029-12-31T23:59:59.999999
duckdb 2029-12-31T23:59:59.999999
date-fns 2030-01-01T00:00:00.000Z
Date 2029-12-31T23:59:59.999Z
luxon 2029-12-31T23:59:59.999Z
PostgreSQL 2030-01-01 00:00:00
SEEN
