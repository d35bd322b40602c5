#!/usr/bin/env bash
# DuckDB 2.0.1: time_bucket puts half an hour of 1 July in London into June; date_trunc puts it into July.
#
# Expected: with the session's zone set to Europe/London a bucket of a day or a month begins at midnight in London, as
#           date_trunc has it, and as time_bucket itself prints its result in that zone.
# Seen:     days and months of time_bucket begin at midnight in Greenwich, which is 01:00 for half the year, so that two half
#           hours of every summer's day are the day before's, and on the first of a month the month before's. With the zone as
#           an argument of its own it agrees with date_trunc.
# Caller:   time_bucket(interval '1 day', moment, 'Europe/London'), or date_trunc; sums over a year agree, and each month's is
#           wrong by what is used between midnight and one.
. "$(dirname "$0")/lib.sh"
pip_packages duckdb==2.0.1
observe python - <<'PYTHON'
import duckdb

base = duckdb.connect()
base.execute("set timezone = 'Europe/London'")
base.execute(
    "create table readings as select moment, 1 units from generate_series(timestamptz '2029-05-31 23:00+00',"
    " timestamptz '2029-07-31 22:30+00', interval '30 minutes') hours(moment)"
)
zoned = "time_bucket(interval '1 month', moment, 'Europe/London')"
for way in ("time_bucket(interval '1 month', moment)", zoned, "date_trunc('month', moment)"):
    print(way)
    for month, units in base.execute(f"select {way}::varchar, sum(units) from readings group by all order by all").fetchall():
        print("   ", month, units)
for way in ("time_bucket(interval '1 day', moment)", "date_trunc('day', moment)"):
    print(way, base.execute(f"select ({way})::varchar from readings where moment = '2029-07-03 00:30+01'").fetchall())
PYTHON
seen <<'SEEN'
time_bucket(interval '1 month', moment)
    2029-05-01 01:00:00+01 2
    2029-06-01 01:00:00+01 1440
    2029-07-01 01:00:00+01 1486
time_bucket(interval '1 month', moment, 'Europe/London')
    2029-06-01 00:00:00+01 1440
    2029-07-01 00:00:00+01 1488
date_trunc('month', moment)
    2029-06-01 00:00:00+01 1440
    2029-07-01 00:00:00+01 1488
time_bucket(interval '1 day', moment) [('2029-07-02 01:00:00+01',)]
date_trunc('day', moment) [('2029-07-03 00:00:00+01',)]
SEEN
