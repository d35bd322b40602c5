#!/usr/bin/env bash
# ical.js 2.2.1 (npm) moves a yearly event of 29 February to 1 March in other years; rrule 2.8.1 and dateutil leave those out.
#
# Expected: a recurrence that names a day which does not exist leaves it out (RFC 5545, 3.3.10), so this one comes every four
#           years; that surprises people enough, but all libraries agree.
# Seen:     ical.js gives 1 March in the three years between, as JavaScript's Date does with a day that is too many. A monthly
#           event of the 31st it skips as it should. "The twentieth Monday of the year" comes in three weeks running of one
#           year, where rrule and python-dateutil 4.0.0 give one a year. No error.
# Caller:   write the days of reminders out one by one (RDATE, or an event each); where a rule must be, keep to days 1 to 28.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages ical.js@2.2.1 rrule@2.8.1
pip_packages python-dateutil==4.0.0
export TZ=UTC
cat >rules.json <<'JSON'
[
  ["20280229T100000", "FREQ=YEARLY;COUNT=5"],
  ["20290131T100000", "FREQ=MONTHLY;COUNT=3"],
  ["20290514T100000", "FREQ=YEARLY;BYDAY=20MO;COUNT=3"]
]
JSON
cat >list.cjs <<'NODE'
const ICAL = require("ical.js");
const { rrulestr } = require("rrule");
for (const [start, rule] of require("./rules.json")) {
  const lines = ["BEGIN:VEVENT", "UID:1", `DTSTART:${start}`, `RRULE:${rule}`, "END:VEVENT"];
  const steps = new ICAL.Event(ICAL.Component.fromString(lines.join("\r\n"))).iterator();
  const days = [];
  for (let day = steps.next(); day; day = steps.next()) days.push(day.toString().slice(0, 10));
  console.log(rule, "ical.js:", ...days);
  const dates = rrulestr(`DTSTART:${start}Z\nRRULE:${rule}`).all();
  console.log(rule, "rrule:", ...dates.map((date) => date.toISOString().slice(0, 10)));
}
NODE
observe node list.cjs
observe python - <<'PYTHON'
import json
from dateutil.rrule import rrulestr

for start, rule in json.load(open("rules.json")):
    print(rule, "dateutil:", *(day.date() for day in rrulestr(f"DTSTART:{start}\nRRULE:{rule}")))
PYTHON
seen <<'SEEN'
FREQ=YEARLY;COUNT=5 ical.js: 2028-02-29 2029-03-01 2030-03-01 2031-03-01 2032-02-29
FREQ=YEARLY;COUNT=5 rrule: 2028-02-29 2032-02-29 2036-02-29 2040-02-29 2044-02-29
FREQ=MONTHLY;COUNT=3 ical.js: 2029-01-31 2029-03-31 2029-05-31
FREQ=MONTHLY;COUNT=3 rrule: 2029-01-31 2029-03-31 2029-05-31
FREQ=YEARLY;BYDAY=20MO;COUNT=3 ical.js: 2029-05-14 2029-05-21 2029-05-28
FREQ=YEARLY;BYDAY=20MO;COUNT=3 rrule: 2029-05-14 2030-05-20 2031-05-19
FREQ=YEARLY;COUNT=5 dateutil: 2028-02-29 2032-02-29 2036-02-29 2040-02-29 2044-02-29
FREQ=MONTHLY;COUNT=3 dateutil: 2029-01-31 2029-03-31 2029-05-31
FREQ=YEARLY;BYDAY=20MO;COUNT=3 dateutil: 2029-05-14 2030-05-20 2031-05-19
SEEN
