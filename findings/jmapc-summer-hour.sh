#!/usr/bin/env bash
# jmapc 0.4.0 writes a local time with a Z behind it: all that it asks of a mail server in summer is an hour off.
#
# Expected: a datetime with a zone is the moment that it names, so before=10:00 in London is 09:00Z in April (RFC 8620, 1.4: a
#           UTCDate is in UTC, a Date keeps its offset).
# Seen:     the clock's digits stay and the zone is dropped: 10:00 British Summer Time is written 10:00:00Z, in filters, and
#           in a mail's sentAt, which was read with its +01:00 and keeps it until it is written. In winter, and in tests that
#           are in UTC, all is right.
# Caller:   .astimezone(timezone.utc) on every datetime that goes to jmapc, sentAt of a mail that was read as well.
. "$(dirname "$0")/lib.sh"
pip_packages jmapc==0.4.0 tzdata==2026.6
observe python - <<'PYTHON'
from datetime import datetime, timezone
from zoneinfo import ZoneInfo
from jmapc import Email, EmailQueryFilterCondition
from jmapc.methods import EmailQuery

for month in (1, 4):
    moment = datetime(2029, month, 3, 10, tzinfo=ZoneInfo("Europe/London"))
    for asked in (moment, moment.astimezone(timezone.utc)):
        print(asked.isoformat(), "->", EmailQuery(filter=EmailQueryFilterCondition(before=asked)).to_json())
mail = Email.from_dict({"sentAt": "2029-04-03T11:00:00+01:00"})
print(mail.sent_at.isoformat(), "->", mail.to_json())
PYTHON
seen <<'SEEN'
2029-01-03T10:00:00+00:00 -> {"filter": {"before": "2029-01-03T10:00:00Z"}}
2029-01-03T10:00:00+00:00 -> {"filter": {"before": "2029-01-03T10:00:00Z"}}
2029-04-03T10:00:00+01:00 -> {"filter": {"before": "2029-04-03T10:00:00Z"}}
2029-04-03T09:00:00+00:00 -> {"filter": {"before": "2029-04-03T09:00:00Z"}}
2029-04-03T11:00:00+01:00 -> {"sentAt": "2029-04-03T11:00:00Z"}
SEEN
