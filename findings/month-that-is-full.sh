#!/usr/bin/env bash
# From 31 January to 28 February it is a month, or none; six months back are "-5 months, -31 days" for date-fns 4.4.0 (npm).
#
# Expected: libraries agree on how many full months lie between two days, since a rule says "within a month".
# Seen:     from 31 January to 28 February there is a month for seven of them and none for Temporal (@js-temporal/polyfill
#           0.5.1) and DuckDB's age(), and from 29 February to 28 February 12 or 11 months, so one certificate is a year old
#           or not. DuckDB 2.0.1 answers both ways, by datesub and age. Backwards from 31 August date-fns counts five full
#           months where it counts six forwards, and 31 days beside them.
# Caller:   never ask how many months lie between two days; step from the expiry by months, and compare the days.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages python-dateutil==2.9.0.post0 duckdb==2.0.1 pendulum==3.3.0
npm_packages date-fns@4.4.0 luxon@3.7.2 dayjs@1.11.23 moment@2.31.0 @js-temporal/polyfill@0.5.1
export TZ=UTC
echo '[["2029-01-31", "2029-02-28"], ["2028-02-29", "2029-02-28"], ["2029-02-28", "2029-08-31"], ["2029-08-31", "2029-02-28"]]' >days.json
cat >count.py <<'PYTHON'
import json
from datetime import date
import duckdb
import pendulum
from dateutil.relativedelta import relativedelta

for start, end in json.load(open("days.json")):
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    step = relativedelta(last, first)
    ask = f"select datesub('month', date '{start}', date '{end}'), age(date '{end}', date '{start}')::varchar"
    months, age = duckdb.sql(ask).fetchall()[0]
    between = pendulum.instance(first).diff(pendulum.instance(last), abs=False).in_months()
    print(f"{start} to {end}: dateutil {step.years * 12 + step.months}, pendulum {between}, DuckDB {months} or {age}")
PYTHON
observe python count.py
cat >count.cjs <<'NODE'
const { differenceInMonths, intervalToDuration, add } = require("date-fns");
const { DateTime } = require("luxon");
const dayjs = require("dayjs");
const moment = require("moment");
const { Temporal } = require("@js-temporal/polyfill");
for (const [start, end] of require("./days.json")) {
  const [first, last] = [start, end].map((text) => new Date(text));
  const found = intervalToDuration({ start: first, end: last });
  const counts = {
    "date-fns": differenceInMonths(last, first),
    luxon: DateTime.fromISO(end).diff(DateTime.fromISO(start), "months").as("months"),
    "Day.js": dayjs(end).diff(start, "month"),
    moment: moment(end).diff(start, "months"),
    Temporal: Temporal.PlainDate.from(start).until(end, { largestUnit: "month" }).toString(),
  };
  console.log(`${start} to ${end}:`, ...Object.entries(counts).flat());
  console.log("  date-fns in months and days:", JSON.stringify(found), "which lead to", add(first, found).toISOString().slice(0, 10));
}
NODE
observe node count.cjs
seen <<'SEEN'
2029-01-31 to 2029-02-28: dateutil 1, pendulum 1, DuckDB 1 or 28 days
2028-02-29 to 2029-02-28: dateutil 12, pendulum 11, DuckDB 12 or 11 months 28 days
2029-02-28 to 2029-08-31: dateutil 6, pendulum 6, DuckDB 6 or 6 months 3 days
2029-08-31 to 2029-02-28: dateutil -6, pendulum -6, DuckDB -6 or -6 months -3 days
2029-01-31 to 2029-02-28: date-fns 1 luxon 1 Day.js 1 moment 1 Temporal P28D
  date-fns in months and days: {"months":1} which lead to 2029-02-28
2028-02-29 to 2029-02-28: date-fns 12 luxon 12 Day.js 12 moment 12 Temporal P11M30D
  date-fns in months and days: {"months":12} which lead to 2029-02-28
2029-02-28 to 2029-08-31: date-fns 6 luxon 6.096774193548387 Day.js 6 moment 6 Temporal P6M3D
  date-fns in months and days: {"months":6,"days":3} which lead to 2029-08-31
2029-08-31 to 2029-02-28: date-fns -5 luxon -6.096774193548387 Day.js -6 moment -6 Temporal -P6M
  date-fns in months and days: {"months":-5,"days":-31} which lead to 2029-02-28
SEEN
