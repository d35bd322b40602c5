#!/usr/bin/env bash
# 24:00 on 3 April is the beginning of 3 April for aniso8601 10.0.1 and, in date(), for SQLite 3.39.3; five others say 4 April.
#
# Expected: "2029-04-03T24:00:00Z", the end of that day (XML Schema part 2, 3.2.7.1, and so DUIS; ISO 8601 again since its
#           amendment of 2022), is the midnight with which 4 April begins; or it is refused, as Python's fromisoformat does.
# Seen:     aniso8601 sets the hour to nought and leaves the day, so a day from 00:00 to 24:00 is 0:00:00 long. SQLite 3.39.3
#           (sql.js 1.8.0, npm) keeps 24:00 as text, so that date() is the day before and a comparison of texts says earlier,
#           and moves it by the next step that calculates; 3.54.1 (sql.js 1.17.0) always does. dateutil 2.9.0.post0, arrow
#           1.4.0, DuckDB 2.0.1, luxon 3.7.2 and Node (seen with 20.20.2) give 4 April.
# Caller:   replace an hour of 24 by nought and add a day before any of these reads it; a time that ends a period is where it
#           comes from.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages aniso8601==10.0.1 python-dateutil==2.9.0.post0 arrow==1.4.0 duckdb==2.0.1
npm_packages sql.js@1.17.0 older@npm:sql.js@1.8.0 luxon@3.7.2
export TZ=UTC
observe python - <<'PYTHON'
import aniso8601
import arrow
import duckdb
from dateutil.parser import isoparse

TEXT = "2029-04-03T24:00:00Z"
start, end = aniso8601.parse_interval(f"2029-04-03T00:00:00Z/{TEXT}")
print("aniso8601:", aniso8601.parse_datetime(TEXT), "and the day from 00:00 to 24:00 is", end - start, "long")
print("dateutil:", isoparse(TEXT))
print("arrow:", arrow.get(TEXT))
print("DuckDB:", duckdb.sql(f"select '{TEXT}'::timestamp").fetchall()[0][0])
PYTHON
cat >read.cjs <<'NODE'
const { DateTime } = require("luxon");
console.log("Node:", new Date("2029-04-03T24:00:00Z").toISOString());
console.log("luxon:", DateTime.fromISO("2029-04-03T24:00:00Z").toISO());
(async () => {
  for (const library of ["older", "sql.js"]) {
    const { Database } = await require(library)();
    const ask = (sql) => new Database().exec(sql)[0].values[0][0];
    for (const call of ["date(t)", "datetime(t)", "datetime(t, '+0 days')", "datetime(t) < datetime('2029-04-04')"])
      console.log(`SQLite ${ask("select sqlite_version()")}, ${call}:`, ask(`select ${call} from (select '2029-04-03T24:00:00Z' as t)`));
  }
})();
NODE
observe node read.cjs
seen <<'SEEN'
aniso8601: 2029-04-03 00:00:00+00:00 and the day from 00:00 to 24:00 is 0:00:00 long
dateutil: 2029-04-04 00:00:00+00:00
arrow: 2029-04-04T00:00:00+00:00
DuckDB: 2029-04-04 00:00:00
Node: 2029-04-04T00:00:00.000Z
luxon: 2029-04-04T00:00:00.000+00:00
SQLite 3.39.3, date(t): 2029-04-03
SQLite 3.39.3, datetime(t): 2029-04-03 24:00:00
SQLite 3.39.3, datetime(t, '+0 days'): 2029-04-04 00:00:00
SQLite 3.39.3, datetime(t) < datetime('2029-04-04'): 1
SQLite 3.54.1, date(t): 2029-04-04
SQLite 3.54.1, datetime(t): 2029-04-04 00:00:00
SQLite 3.54.1, datetime(t, '+0 days'): 2029-04-04 00:00:00
SQLite 3.54.1, datetime(t) < datetime('2029-04-04'): 0
SEEN
