#!/usr/bin/env bash
# icalendar 7.3.2 gives every Todo.new() another UID and the present moment, while Todo() has neither.
#
# Expected: what is built of the same facts is the same task.
# Seen:     two UIDs; a calendar that takes both shows the task twice. With uid= and stamp= the bytes are equal.
# Caller:   derive the UID from what the task is about, or a step that runs twice sends two tasks.
. "$(dirname "$0")/lib.sh"
pip_packages icalendar==7.3.2
observe python - <<'PYTHON'
from datetime import UTC, datetime
from icalendar import Todo

def made(**more):
    return Todo.new(summary="Renew", **more)

print("same UID:", made()["UID"] == made()["UID"])
print("UID of a plain one:", Todo().get("UID"))
known = {"uid": "certificate-7@example.test", "stamp": datetime(2029, 1, 1, tzinfo=UTC)}
print("same bytes when told:", made(**known).to_ical() == made(**known).to_ical())
PYTHON
seen <<'SEEN'
same UID: False
UID of a plain one: None
same bytes when told: True
SEEN
