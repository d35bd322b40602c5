#!/usr/bin/env bash
# rrule 2.8.1 (npm) leaves out the last day of a series in British summer: it holds the end against the wrong clock.
#
# Expected: DTSTART with a zone and UNTIL in UTC, as RFC 5545 (3.3.10) asks for, end with the time that UNTIL names: the night
#           from the 5th to the 6th, 00:30 in London, is 23:30Z on the 5th.
# Seen:     three days instead of four. The local clock's digits are compared with those of UNTIL as if both were UTC, so what
#           lies an hour ahead of Greenwich is beyond the end. In winter the count is right. ical.js 2.2.1 (npm),
#           python-dateutil 2.9.0.post0 and recurring-ical-events 3.8.2 give four.
# Caller:   write COUNT in place of UNTIL, or ask another library; a reminder for the last day never comes, and nobody misses
#           what was not shown.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages rrule@2.8.1 ical.js@2.2.1
pip_packages icalendar==7.3.2 recurring-ical-events==3.8.2 python-dateutil==2.9.0.post0
export TZ=UTC
cat >series.py <<'PYTHON'
from pathlib import Path
import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

for name, start, until in (("summer", "20290403T003000", "20290405T233000Z"), ("winter", "20290103T003000", "20290106T003000Z")):
    rule = f"DTSTART;TZID=Europe/London:{start}\nRRULE:FREQ=DAILY;UNTIL={until}"
    Path(f"{name}.txt").write_text(rule)
    event = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-\nBEGIN:VEVENT\nUID:1\nDTSTAMP:{until}\n{rule}\nEND:VEVENT\nEND:VCALENDAR\n"
    calendar = icalendar.Calendar.from_ical(event.replace("\n", "\r\n"))
    calendar.add_missing_timezones()
    Path(f"{name}.ics").write_bytes(calendar.to_ical())
    days = recurring_ical_events.of(calendar).between((2029, 1, 1), (2029, 12, 31))
    print(f"{name}, recurring-ical-events:", *(day["DTSTART"].dt.strftime("%d %b;") for day in days))
    print(f"{name}, dateutil:", *(day.strftime("%d %b;") for day in rrulestr(rule)))
PYTHON
observe python series.py
cat >series.mjs <<'NODE'
import { readFileSync } from "fs";
import ICAL from "ical.js";
import rrule from "rrule";

for (const name of ["summer", "winter"]) {
  const days = rrule.rrulestr(readFileSync(`${name}.txt`, "utf8")).all();
  const london = { timeZone: "Europe/London", day: "2-digit", month: "short" };
  console.log(`${name}, rrule:`, ...days.map((day) => day.toLocaleDateString("en-GB", london) + ";"));
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(`${name}.ics`, "utf8")));
  calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  const steps = new ICAL.Event(calendar.getFirstSubcomponent("vevent")).iterator();
  const texts = [];
  for (let day = steps.next(); day; day = steps.next()) texts.push(day.toString().slice(0, 10) + ";");
  console.log(`${name}, ical.js:`, ...texts);
}
NODE
observe node series.mjs
seen <<'SEEN'
summer, recurring-ical-events: 03 Apr; 04 Apr; 05 Apr; 06 Apr;
summer, dateutil: 03 Apr; 04 Apr; 05 Apr; 06 Apr;
winter, recurring-ical-events: 03 Jan; 04 Jan; 05 Jan; 06 Jan;
winter, dateutil: 03 Jan; 04 Jan; 05 Jan; 06 Jan;
summer, rrule: 03 Apr; 04 Apr; 05 Apr;
summer, ical.js: 2029-04-03; 2029-04-04; 2029-04-05; 2029-04-06;
winter, rrule: 03 Jan; 04 Jan; 05 Jan; 06 Jan;
winter, ical.js: 2029-01-03; 2029-01-04; 2029-01-05; 2029-01-06;
SEEN
