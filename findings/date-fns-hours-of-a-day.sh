#!/usr/bin/env bash
# date-fns 4.4.0 (npm) counts 24 hours in the day that has 25, and 50 half hours in the same day.
#
# Expected: eachHourOfInterval of a British day in October gives 25 hours, as eachMinuteOfInterval with a step of thirty gives
#           50 half hours, and one in March 23.
# Seen:     of the hour that comes twice the second is left out: behind 01:00 in summer time comes 02:00, and the two hours
#           between them are in one. Its own differenceInHours says 25, as d3-time 3.1.1 and luxon 3.7.2 do; March has 23 for
#           all.
# Caller:   count in UTC (a Date plus 3600000 ms) and turn each into local time; a table of readings made with it has a row
#           too few once a year, and what was used in that hour is lost or added to its neighbour.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages date-fns@4.4.0 d3-time@3.1.1 luxon@3.7.2
export TZ=Europe/London
cat >hours.mjs <<'NODE'
import { differenceInHours, eachHourOfInterval, eachMinuteOfInterval } from "date-fns";
import { timeHour } from "d3-time";
import { DateTime, Interval } from "luxon";

for (const [month, day] of [[3, 25], [6, 1], [10, 28]]) {
  const start = new Date(2029, month - 1, day);
  const next = new Date(2029, month - 1, day + 1);
  const interval = { start, end: new Date(next - 1) };
  const hours = eachHourOfInterval(interval);
  console.log(`${day}.${month}.`, "differenceInHours:", differenceInHours(next, start), "eachHour:", hours.length,
    "half hours:", eachMinuteOfInterval(interval, { step: 30 }).length, "d3:", timeHour.range(start, next).length,
    "luxon:", Interval.fromDateTimes(DateTime.fromJSDate(start), DateTime.fromJSDate(next)).splitBy({ hours: 1 }).length);
  console.log("begins:", ...hours.slice(0, 4).map((hour) => hour.toISOString().slice(11, 16) + "Z"));
}
NODE
observe node hours.mjs
seen <<'SEEN'
25.3. differenceInHours: 23 eachHour: 23 half hours: 46 d3: 23 luxon: 23
begins: 00:00Z 01:00Z 02:00Z 03:00Z
1.6. differenceInHours: 24 eachHour: 24 half hours: 48 d3: 24 luxon: 24
begins: 23:00Z 00:00Z 01:00Z 02:00Z
28.10. differenceInHours: 25 eachHour: 24 half hours: 50 d3: 25 luxon: 25
begins: 23:00Z 00:00Z 02:00Z 03:00Z
SEEN
