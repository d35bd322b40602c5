#!/usr/bin/env bash
# imapclient 4.1.0: the hour at which a mail came, in a program on British time, hangs on the season in which it is asked.
#
# Expected: INTERNALDATE and a mail's own date come as a datetime in local time (normalise_times, as documented): 10:00 in
#           Greenwich is 10:00 in London in January and 11:00 in July.
# Seen:     the machine's offset of today is taken for all mails, so both come at one hour, without a zone that would tell; which
#           one it is hangs on the day on which the program runs. append() with a naive time writes that offset, too.
# Caller:   IMAPClient(...).normalise_times = False right after the constructor: the datetimes then have their offset.
. "$(dirname "$0")/lib.sh"
pip_packages imapclient==4.1.0
observe env TZ=Europe/London python - <<'PYTHON'
from datetime import datetime
from zoneinfo import ZoneInfo
from imapclient.datetime_util import datetime_to_INTERNALDATE
from imapclient.response_parser import parse_fetch_response

came = {}
for month in ("Jan", "Jul"):
    answer = [f'1 (UID 1 INTERNALDATE "03-{month}-2029 10:00:00 +0000")'.encode()]
    for normalise in (True, False):
        came[month, normalise] = parse_fetch_response(answer, normalise_times=normalise)[1][b"INTERNALDATE"]
print("hours that July's clock is ahead of January's:", came["Jul", True].hour - came["Jan", True].hour)
london = [came[month, False].astimezone(ZoneInfo("Europe/London")).hour for month in ("Jan", "Jul")]
print("and by zoneinfo:", london[1] - london[0])
written = [datetime_to_INTERNALDATE(datetime(2029, month, 3, 10)).split()[-1] for month in (1, 7)]
print("append() writes one offset for both:", written[0] == written[1])
PYTHON
seen <<'SEEN'
hours that July's clock is ahead of January's: 0
and by zoneinfo: 1
append() writes one offset for both: True
SEEN
