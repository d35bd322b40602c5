#!/usr/bin/env bash
# luxon 3.7.2 (npm): what the hour that comes twice means hangs on the season in which the program runs.
#
# Expected: 01:30 on the night when British clocks go back is the first or the second of its two moments, as Temporal and
#           Python's zoneinfo say which, and tomorrow the same as today.
# Seen:     run in summer it is 00:30 in Greenwich, run in winter 01:30: luxon guesses with the offset of the present moment.
#           fromISO, fromFormat and fromObject all do.
# Caller:   a file read anew half a year later gives another moment, and so another hash, order and period; store moments in
#           UTC, or fix Settings.now while reading, and run tests with both seasons.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages luxon@3.7.2
cat >read.cjs <<'NODE'
const { DateTime, Settings } = require("luxon");
for (const today of ["2029-01-10", "2029-07-10"]) {
  Settings.now = () => Date.parse(today);
  const zone = "Europe/London";
  const read = [
    DateTime.fromISO("2029-10-28T01:30:00", { zone }),
    DateTime.fromFormat("28/10/2029 01:30", "dd/MM/yyyy HH:mm", { zone }),
    DateTime.fromObject({ year: 2029, month: 10, day: 28, hour: 1, minute: 30 }, { zone }),
  ];
  console.log("run on", today, ...read.map((time) => time.toUTC().toISO()));
}
NODE
observe node read.cjs
seen <<'SEEN'
run on 2029-01-10 2029-10-28T01:30:00.000Z 2029-10-28T01:30:00.000Z 2029-10-28T01:30:00.000Z
run on 2029-07-10 2029-10-28T00:30:00.000Z 2029-10-28T00:30:00.000Z 2029-10-28T00:30:00.000Z
SEEN
