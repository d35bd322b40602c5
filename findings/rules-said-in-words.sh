#!/usr/bin/env bash
# rrule 2.8.1 (npm) calls the last working day of a month "every month on weekdays", and half past nine "at 9".
#
# Expected: toText(), for people to see what they approve, says what the rule does, or that it cannot.
# Seen:     BYSETPOS, which picks one of the days, is left out, so one day a month reads as each of them, and so is BYMINUTE.
#           isFullyConvertibleToText() says true of all of these.
# Caller:   show the next five days of the series beside the words.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages rrule@2.8.1
cat >say.cjs <<'NODE'
const { RRule } = require("rrule");
for (const text of [
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=5",
  "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30",
  "FREQ=YEARLY;BYDAY=-1FR",
  "FREQ=YEARLY;BYMONTH=4;BYDAY=MO;BYSETPOS=2",
]) {
  const rule = RRule.fromString(`DTSTART:20290101T090000Z\nRRULE:${text};COUNT=3`);
  const days = rule.all().map((day) => day.toISOString().slice(5, 16).replace("T", " "));
  console.log(text, "=", rule.toText(), `(convertible: ${rule.isFullyConvertibleToText()}):`, days.join(", "));
}
NODE
observe node say.cjs
seen <<'SEEN'
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 = every month on weekdays for 3 times (convertible: true): 01-31 09:00, 02-28 09:00, 03-30 09:00
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=5 = every month on weekdays for 3 times (convertible: true): 01-05 09:00, 02-07 09:00, 03-07 09:00
FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30 = every day at 9 and 17 for 3 times (convertible: true): 01-01 09:30, 01-01 17:30, 01-02 09:30
FREQ=YEARLY;BYDAY=-1FR = every year on the last Friday for 3 times (convertible: true): 12-28 09:00, 12-27 09:00, 12-26 09:00
FREQ=YEARLY;BYMONTH=4;BYDAY=MO;BYSETPOS=2 = every April on Monday for 3 times (convertible: true): 04-09 09:00, 04-08 09:00, 04-14 09:00
SEEN
