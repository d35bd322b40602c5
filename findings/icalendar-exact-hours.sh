#!/usr/bin/env bash
# icalendar 7.3.2 writes "24 hours" as "1 day", and node-ical 0.26.1 (npm) reads "1 day" as 24 hours.
#
# Expected: DURATION:PT24H is 24 hours whatever the clocks do, and P1D the same time on the next day (RFC 5545, 3.3.6: hours
#           are exact, days are nominal); what is read and written unchanged says the same.
# Seen:     on the night when British clocks go forward icalendar ends an event of PT24H after 23 hours and writes it as P1D,
#           the alarm's -PT24H as -P1D. node-ical ends both after 24 hours. So each hides the other's fault, and any third
#           program is an hour out. ical.js 2.2.1 keeps either as it is written.
# Caller:   neither timedelta nor milliseconds tell a day from 24 hours; give an end (DTEND) and not a duration, in UTC where
#           hours are meant, and do not pass others' calendars through them.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages icalendar==7.3.2 tzdata==2026.6
npm_packages node-ical@0.26.1 ical.js@2.2.1
observe python - <<'PYTHON'
from pathlib import Path
from icalendar import Calendar

lines = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.test//EN
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20290101T000000Z
DTSTART;TZID=Europe/London:20290324T120000
DURATION:PT24H
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:expiry
TRIGGER:-PT24H
END:VALARM
END:VEVENT
END:VCALENDAR
"""
text = lines.replace("\n", "\r\n")
calendar = Calendar.from_ical(text)
Path("before.ics").write_text(text, newline="")
Path("after.ics").write_bytes(calendar.to_ical())
for line in calendar.to_ical().decode().split():
    if line.startswith(("DURATION", "TRIGGER")):
        print("icalendar writes", line)
event = calendar.events[0]
print("icalendar ends it", event.end.isoformat(), "hours:", (event.end.timestamp() - event.start.timestamp()) / 3600)
PYTHON
cat >read.mjs <<'NODE'
import { readFileSync } from "fs";
import ICAL from "ical.js";
import ical from "node-ical";

for (const name of ["before.ics", "after.ics"]) {
  const text = readFileSync(name, "utf8");
  const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
  const { start, end } = ical.sync.parseICS(text)["1"];
  console.log(name, "node-ical, hours:", (end - start) / 3600e3, "ical.js", event.getFirstProperty("duration").toICALString());
}
NODE
observe node read.mjs
seen <<'SEEN'
icalendar writes DURATION:P1D
icalendar writes TRIGGER:-P1D
icalendar ends it 2029-03-25T12:00:00+01:00 hours: 23.0
before.ics node-ical, hours: 24 ical.js DURATION:PT24H
after.ics node-ical, hours: 24 ical.js DURATION:P1D
SEEN
