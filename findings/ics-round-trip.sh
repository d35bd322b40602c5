#!/usr/bin/env bash
# ics 0.7.3 writes a calendar that it has only read back with a scale that does not exist, and a day as a moment.
#
# Expected: Calendar(text).serialize() says what the text said; RFC 5545 knows the one scale GREGORIAN, and a task that is due
#           on a day (DUE;VALUE=DATE) stays due on that day.
# Seen:     CALSCALE:GEORGIAN where the text named no scale, and DUE:20290403T000000Z: midnight in Greenwich, which west of it
#           is the day before. Its own events keep their days; only tasks lose them.
# Caller:   do not pass calendars through it; a reader that checks the scale refuses the whole of what others show.
. "$(dirname "$0")/lib.sh"
pip_packages ics==0.7.3
observe python - <<'PYTHON'
import ics

TEXT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//maker//list//EN
BEGIN:VTODO
UID:certificate-7@example.test
DTSTAMP:20290101T000000Z
SUMMARY:Renew
DUE;VALUE=DATE:20290403
END:VTODO
END:VCALENDAR
"""
for line in sorted(set(ics.Calendar(TEXT).serialize().splitlines()) - set(TEXT.splitlines())):
    print(line)
PYTHON
seen <<'SEEN'
CALSCALE:GEORGIAN
DUE:20290403T000000Z
SEEN
