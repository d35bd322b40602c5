#!/usr/bin/env bash
# For PostgreSQL (PGlite 0.5.14 is 18.6) and DuckDB 2.0.0 a year is shorter than 364 days, and a month is 30 days.
#
# Expected: periods that do not always have one length are unequal, or compare by a length that is near the truth.
# Seen:     to compare, both count 30 days for a month, so a year is 360: the greatest of "1 year" and "364 days" is the latter,
#           DISTINCT makes one of "1 month", "30 days" and "720 hours", and a key refuses "360 days" beside "1 year". Added to a
#           day they differ, of course; and PostgreSQL's epoch of a year is 365.25 days, so its two measures disagree.
# Caller:   never sort, group or deduplicate by a column of intervals; add them to one day and compare the days, or keep a
#           number of months beside a number of days.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages @electric-sql/pglite@0.5.14
pip_packages duckdb==2.0.0
cat >periods.mjs <<'NODE'
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create();
const answer = async (sql) => console.log((await db.query(sql, [], { rowMode: "array" })).rows[0].join(" | "));
await answer("select max(p)::text from (values (interval '1 year'), (interval '364 days')) t(p)");
await answer("select count(distinct p) from (values (interval '1 month'), ('30 days'), ('720 hours')) t(p)");
await answer("select (date '2029-02-01' + interval '1 month')::text, (date '2029-02-01' + interval '30 days')::text");
await answer("select extract(epoch from interval '1 year') / 86400, extract(epoch from interval '364 days') / 86400");
await db.exec("create table wait (before interval primary key); insert into wait values ('1 year')");
await db.exec("insert into wait values ('360 days')").catch((error) => console.log(error.message));
NODE
observe node periods.mjs
observe python - <<'PYTHON'
import duckdb

for asked, periods in (("max(p)::text", ("1 year", "364 days")), ("count(distinct p)", ("1 month", "30 days", "720 hours"))):
    values = ", ".join(f"(interval '{period}')" for period in periods)
    print("DuckDB:", *duckdb.sql(f"select {asked} from (values {values}) t(p)").fetchall()[0])
PYTHON
seen <<'SEEN'
364 days
1
2029-03-01 00:00:00 | 2029-03-03 00:00:00
365.2500000000000000 | 364.0000000000000000
duplicate key value violates unique constraint "wait_pkey"
DuckDB: 364 days
DuckDB: 1
SEEN
