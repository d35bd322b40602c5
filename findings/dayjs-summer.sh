#!/usr/bin/env bash
# dayjs 1.11.23 (npm) keeps the offset of the day on which it begins to count: London in July is an hour behind itself.
#
# Expected: with its plugins for zones, noon in London and four months is noon in London, when the clocks have gone on:
#           11:00Z.
# Seen:     dayjs gives 12:00Z, and says "12:00" with the offset of winter when it is asked, so that what it prints looks
#           right to whoever does not look at the offset. Midnight and a day, over the night of the change, is a day that ends
#           an hour late, in October an hour early, so that both have 48 half hours. .tz() again shows the hour that it is
#           off. luxon 3.7.2 and moment-timezone 0.6.6 give the hour of the day.
# Caller:   after every sum with days or longer, make the local time anew: dayjs.tz(sum.format("YYYY-MM-DD HH:mm"), zone).
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages dayjs@1.11.23 luxon@3.7.2 moment-timezone@0.6.6
export TZ=UTC
cat >sums.cjs <<'NODE'
const dayjs = require("dayjs");
const { DateTime } = require("luxon");
const moment = require("moment-timezone");
dayjs.extend(require("dayjs/plugin/utc"));
dayjs.extend(require("dayjs/plugin/timezone"));
const zone = "Europe/London";
const asked = [["2029-03-20 12:00", 4, "months"], ["2029-03-25 00:00", 1, "days"], ["2029-10-28 00:00", 1, "days"]];
for (const [begin, number, unit] of asked) {
  const sums = {
    dayjs: dayjs.tz(begin, zone).add(number, unit),
    luxon: DateTime.fromSQL(begin, { zone }).plus({ [unit]: number }).toJSDate(),
    moment: moment.tz(begin, zone).add(number, unit),
  };
  for (const [name, sum] of Object.entries(sums))
    console.log(`${begin} and ${number} ${unit}, ${name}:`, sum.toISOString().slice(0, 16) + "Z");
  console.log("dayjs prints:", sums.dayjs.format(), "and by .tz() again:", sums.dayjs.tz(zone).format());
}
NODE
observe node sums.cjs
seen <<'SEEN'
2029-03-20 12:00 and 4 months, dayjs: 2029-07-20T12:00Z
2029-03-20 12:00 and 4 months, luxon: 2029-07-20T11:00Z
2029-03-20 12:00 and 4 months, moment: 2029-07-20T11:00Z
dayjs prints: 2029-07-20T12:00:00Z and by .tz() again: 2029-07-20T13:00:00+01:00
2029-03-25 00:00 and 1 days, dayjs: 2029-03-26T00:00Z
2029-03-25 00:00 and 1 days, luxon: 2029-03-25T23:00Z
2029-03-25 00:00 and 1 days, moment: 2029-03-25T23:00Z
dayjs prints: 2029-03-26T00:00:00Z and by .tz() again: 2029-03-26T01:00:00+01:00
2029-10-28 00:00 and 1 days, dayjs: 2029-10-28T23:00Z
2029-10-28 00:00 and 1 days, luxon: 2029-10-29T00:00Z
2029-10-28 00:00 and 1 days, moment: 2029-10-29T00:00Z
dayjs prints: 2029-10-29T00:00:00+01:00 and by .tz() again: 2029-10-28T23:00:00Z
SEEN
