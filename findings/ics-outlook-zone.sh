#!/usr/bin/env bash
# ics 0.7.3 reads a meeting at 10:00 in July, in the zone that Outlook calls "GMT Standard Time", as 10:00 in Greenwich.
#
# Expected: a TZID means what the VTIMEZONE of the same file says (RFC 5545, 3.2.19), here an hour east in summer: 09:00Z. So
#           icalendar 7.3.2, ical.js 2.2.1, node-ical 0.26.1 and ts-ics 2.4.6 (npm) read it.
# Seen:     ics gives 10:00 with the offset +00:00. With TZID=Europe/London and the same rules it is right, and in winter too.
# Caller:   another reader for what comes out of Outlook; the name is that of a clock that Windows does change in summer.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages ics==0.7.3 icalendar==7.3.2
npm_packages ical.js@2.2.1 node-ical@0.26.1 ts-ics@2.4.6
cat >meetings.py <<'PYTHON'
from pathlib import Path
import icalendar
import ics

FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20290101T000000Z
DTSTART;TZID={zone}:2029{month}03T100000
SUMMARY:Audit
END:VEVENT
END:VCALENDAR
"""
for zone in ("GMT Standard Time", "Europe/London"):
    for month in ("01", "07"):
        text = FILE.format(zone=zone, month=month).replace("\n", "\r\n")
        Path(f"{zone.split()[0].split('/')[-1]}-{month}.ics").write_bytes(text.encode())
        (event,) = ics.Calendar(text).events
        start = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["DTSTART"].dt
        print(f"{zone}, month {month}: ics {event.begin.to('utc'):HH:mm}Z, icalendar {start - start.utcoffset():%H:%M}Z")
PYTHON
observe python -W ignore meetings.py
cat >meetings.mjs <<'NODE'
import { readFileSync } from "fs";
import ICAL from "ical.js";
import ical from "node-ical";
import { convertIcsCalendar } from "ts-ics";

const text = readFileSync("GMT-07.ics", "utf8");
const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent"));
const other = Object.values(ical.sync.parseICS(text)).find(({ type }) => type === "VEVENT");
console.log("ical.js", event.startDate.toJSDate().toISOString());
console.log("node-ical", other.start.toISOString());
console.log("ts-ics", convertIcsCalendar(undefined, text).events[0].start.date.toISOString());
NODE
observe node meetings.mjs
seen <<'SEEN'
GMT Standard Time, month 01: ics 10:00Z, icalendar 10:00Z
GMT Standard Time, month 07: ics 10:00Z, icalendar 09:00Z
Europe/London, month 01: ics 10:00Z, icalendar 10:00Z
Europe/London, month 07: ics 09:00Z, icalendar 09:00Z
ical.js 2029-07-03T09:00:00.000Z
node-ical 2029-07-03T09:00:00.000Z
ts-ics 2029-07-03T09:00:00.000Z
SEEN
