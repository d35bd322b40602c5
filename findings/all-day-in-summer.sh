#!/usr/bin/env bash
# An event of the whole 1 July is one of 30 June for ical-generator 10.2.0 and calendar-link 2.11.5 (npm) run in London.
#
# Expected: start: new Date(2029, 6, 1) with allDay: true is DTSTART;VALUE=DATE:20290701 wherever the program runs.
# Seen:     both take the day of Greenwich, where it is still 30 June; in winter, or on a server in UTC, they are right. With
#           a timezone ical-generator takes the day there.
# Caller:   give ical-generator the zone, and calendar-link the day as the text 2029-07-01; run one test with TZ=Europe/London
#           on a day in July.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages ical-generator@10.2.0 calendar-link@2.11.5
cat >write.cjs <<'NODE'
const { default: ical } = require("ical-generator");
const { google, ics } = require("calendar-link");
const line = (text) => text.match(/DTSTART[^\r\n%]*/)[0];
for (const [year, month, day] of [[2029, 0, 1], [2029, 6, 1]]) {
  const start = new Date(year, month, day);
  const made = (event) => line(ical({ events: [{ allDay: true, summary: "Certificate expires", ...event }] }).toString());
  console.log(start.toDateString());
  console.log("  ical-generator:", made({ start }));
  console.log("  ical-generator, with a zone:", made({ start, timezone: "Europe/London" }));
  console.log("  calendar-link, ics:", line(ics({ title: "Certificate expires", start, allDay: true })));
  console.log("  calendar-link, of a text:", line(ics({ title: "Certificate expires", start: "2029-07-01", allDay: true })));
  console.log("  calendar-link, google:", google({ title: "Certificate expires", start, allDay: true }).match(/dates=[^&]*/)[0]);
}
NODE
observe env TZ=Europe/London node write.cjs
seen <<'SEEN'
Mon Jan 01 2029
  ical-generator: DTSTART;VALUE=DATE:20290101
  ical-generator, with a zone: DTSTART;VALUE=DATE:20290101
  calendar-link, ics: DTSTART:20290101
  calendar-link, of a text: DTSTART:20290701
  calendar-link, google: dates=20290101%2F20290102
Sun Jul 01 2029
  ical-generator: DTSTART;VALUE=DATE:20290630
  ical-generator, with a zone: DTSTART;VALUE=DATE:20290701
  calendar-link, ics: DTSTART:20290630
  calendar-link, of a text: DTSTART:20290701
  calendar-link, google: dates=20290630%2F20290701
SEEN
