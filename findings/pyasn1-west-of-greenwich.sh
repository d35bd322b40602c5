#!/usr/bin/env bash
# pyasn1 0.6.5 writes a time from west of Greenwich as one from far east of it, a day off.
#
# Expected: GeneralizedTime.fromDateTime(d).asDateTime == d for every aware d (both are its own methods).
# Seen:     -0500 becomes +1900, which is the same clock a day earlier; UTCTime does the same, and five hours and a half
#           become "+051800", which it cannot read back. UTC and whole hours to the east are right.
# Caller:   convert to UTC first, which DER asks for anyway; a time stamp a day early is still a valid time stamp.
. "$(dirname "$0")/lib.sh"
pip_packages pyasn1==0.6.5
observe python - <<'PYTHON'
from datetime import datetime, timedelta, timezone
from pyasn1.error import PyAsn1Error
from pyasn1.type.useful import GeneralizedTime, UTCTime

for kind in (GeneralizedTime, UTCTime):
    for hours in (0, 1, -5, 5.5):
        moment = datetime(2029, 4, 3, 12, tzinfo=timezone(timedelta(hours=hours)))
        written = kind.fromDateTime(moment)
        try:
            off = written.asDateTime - moment
        except PyAsn1Error:
            off = "cannot be read back"
        print(kind.__name__, hours, written, off)
PYTHON
seen <<'SEEN'
GeneralizedTime 0 20290403120000Z 0:00:00
GeneralizedTime 1 20290403120000+0100 0:00:00
GeneralizedTime -5 20290403120000+1900 -1 day, 0:00:00
GeneralizedTime 5.5 20290403120000+051800 cannot be read back
UTCTime 0 290403120000Z 0:00:00
UTCTime 1 290403120000+0100 0:00:00
UTCTime -5 290403120000+1900 -1 day, 0:00:00
UTCTime 5.5 290403120000+051800 cannot be read back
SEEN
