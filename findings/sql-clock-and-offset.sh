#!/usr/bin/env bash
# "2029-04-03 23:30:00-05:00" as a timestamp is 3 April for PostgreSQL and DuckDB 2.0.1, the 4th for SQLite and DuckDB 1.3.2.
#
# Expected: a time with an offset is the moment that it names wherever it is read, or is refused where the type has no zone.
# Seen:     PostgreSQL (PGlite 0.5.17 is 18.7) takes the clock and drops the offset without a notice. SQLite (APSW 3.54.1.0)
#           counts back to Greenwich in its datetime(), and gives NULL where the offset has no colon. DuckDB 1.3.2 counted
#           back as well, and 2.0.1 drops the offset, so one query on one file has other hours, and at the day's end another
#           day, since the upgrade.
# Caller:   cast to timestamptz first, and say the zone in which the day is asked for; a query that is to run on two databases
#           is tried with an offset that is not nought.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages @electric-sql/pglite@0.5.17
cat >postgres.mjs <<'NODE'
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create();
for (const text of ["2029-04-03 23:30:00-05:00", "2029-07-03 10:00:00+01:00", "2029-07-03 10:00:00+0100"])
  console.log(`PostgreSQL, ${text}:`, (await db.query("select $1::text::timestamp::text moment", [text])).rows[0].moment);
NODE
cat >moments.py <<'PYTHON'
import apsw
import duckdb

for text in ("2029-04-03 23:30:00-05:00", "2029-07-03 10:00:00+01:00", "2029-07-03 10:00:00+0100"):
    try:
        by_duckdb = duckdb.execute("select (?::varchar::timestamp)::varchar", [text]).fetchall()[0][0]
    except duckdb.Error:
        by_duckdb = "raises"
    by_sqlite = apsw.Connection("").execute("select datetime(?)", [text]).fetchall()[0][0]
    print(f"DuckDB {duckdb.__version__}, {text}: {by_duckdb}, SQLite: {by_sqlite}")
PYTHON
observe node postgres.mjs
for version in 1.3.2 2.0.1; do
  pip_packages duckdb==$version apsw==3.54.1.0
  observe python moments.py
done
seen <<'SEEN'
PostgreSQL, 2029-04-03 23:30:00-05:00: 2029-04-03 23:30:00
PostgreSQL, 2029-07-03 10:00:00+01:00: 2029-07-03 10:00:00
PostgreSQL, 2029-07-03 10:00:00+0100: 2029-07-03 10:00:00
DuckDB 1.3.2, 2029-04-03 23:30:00-05:00: 2029-04-04 04:30:00, SQLite: 2029-04-04 04:30:00
DuckDB 1.3.2, 2029-07-03 10:00:00+01:00: 2029-07-03 09:00:00, SQLite: 2029-07-03 09:00:00
DuckDB 1.3.2, 2029-07-03 10:00:00+0100: 2029-07-03 09:00:00, SQLite: None
DuckDB 2.0.1, 2029-04-03 23:30:00-05:00: 2029-04-03 23:30:00, SQLite: 2029-04-04 04:30:00
DuckDB 2.0.1, 2029-07-03 10:00:00+01:00: 2029-07-03 10:00:00, SQLite: 2029-07-03 09:00:00
DuckDB 2.0.1, 2029-07-03 10:00:00+0100: 2029-07-03 10:00:00, SQLite: None
SEEN
