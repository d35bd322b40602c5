#!/usr/bin/env bash
# DuckDB 2.0.1: an interval of 1.5 hour is one hour, and one of 0.5 day is nothing; with the unit inside the quotes it is right.
#
# Expected: interval 1.5 hour, which DuckDB lets be written without quotes, is 90 minutes, or an error.
# Seen:     the number before a unit is cut to a whole one, whether it is written or comes from a column: 0.5 day is nothing.
#           In PostgreSQL (PGlite 0.5.17) interval '1.5' hour is one hour too, which its documentation has; without quotes it
#           takes no number. Both read '1.5 hours' in one text as 90 minutes, and multiply rightly.
# Caller:   multiply: hours * interval 1 hour; or write the number and its unit into one text.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages duckdb==2.0.1
npm_packages @electric-sql/pglite@0.5.17
observe python - <<'PYTHON'
import duckdb

for way in (
    "interval 1.5 hour", "interval (41.5) hour", "interval (hours) hour", "interval 0.5 day", "interval 1.5 year",
    "interval '1.5' hour", "interval '1.5 hours'", "hours * interval 1 hour",
):
    print(f"DuckDB {way}:", duckdb.sql(f"select ({way})::varchar from (select 1.5 as hours)").fetchall()[0][0])
PYTHON
cat >ask.mjs <<'NODE'
import { PGlite } from "@electric-sql/pglite";
const db = await PGlite.create();
for (const way of ["interval 1.5 hour", "interval '1.5' hour", "interval '1.5 hours'", "1.5 * interval '1 hour'"]) {
  const answer = db.query(`select (${way})::text as t`);
  console.log(`PostgreSQL ${way}:`, await answer.then(({ rows }) => rows[0].t, (error) => error.message));
}
process.exit();
NODE
observe node ask.mjs
seen <<'SEEN'
DuckDB interval 1.5 hour: 01:00:00
DuckDB interval (41.5) hour: 41:00:00
DuckDB interval (hours) hour: 01:00:00
DuckDB interval 0.5 day: 00:00:00
DuckDB interval 1.5 year: 1 year
DuckDB interval '1.5' hour: 01:00:00
DuckDB interval '1.5 hours': 01:30:00
DuckDB hours * interval 1 hour: 01:30:00
PostgreSQL interval 1.5 hour: syntax error at or near "1.5"
PostgreSQL interval '1.5' hour: 01:00:00
PostgreSQL interval '1.5 hours': 01:30:00
PostgreSQL 1.5 * interval '1 hour': 01:30:00
SEEN
