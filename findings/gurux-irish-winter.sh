#!/usr/bin/env bash
# gurux-dlms 1.0.203 marks Irish times as daylight saving in winter and not in summer, from what Python's tzdata says.
#
# Expected: the clock status of a DLMS date-time (bit 0x80, "daylight saving active") is set in July, in Dublin as in London,
#           whose clocks never differ.
# Seen:     in London 80 in July; in Dublin 80 in January, the deviation being right in all four. By Irish law summer is the
#           standard time, and the tz database says so: datetime.dst() is nought in July and minus an hour in January, which
#           is true in a condition. luxon 3.7.2 compares offsets and says summer in July for both.
# Caller:   never ask whether dst() is true; compare the offset with that of January. For a meter that looks at the bit the
#           two halves of the year are exchanged.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages gurux-dlms==1.0.203 tzdata==2026.6
npm_packages luxon@3.7.2
observe env PYTHONTZPATH= python - <<'PYTHON'
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from gurux_dlms import GXByteBuffer, GXDateTime
from gurux_dlms.enums import DataType
from gurux_dlms.internal._GXCommon import _GXCommon

for zone in ("Europe/London", "Europe/Dublin"):
    for month in (1, 7):
        noon = datetime(2029, month, 3, 12, tzinfo=ZoneInfo(zone))
        written = GXByteBuffer()
        _GXCommon.setData(None, written, DataType.OCTET_STRING, GXDateTime(noon))
        status = str(written).split()[-1]
        print(zone, noon.strftime("%B"), "dst", noon.dst() / timedelta(hours=1), "offset", noon.utcoffset(), "status", status)
PYTHON
observe node -e '
const { DateTime } = require("luxon");
for (const zone of ["Europe/London", "Europe/Dublin"]) {
  console.log("luxon", zone, ...[1, 7].map((month) => DateTime.fromObject({ year: 2029, month }, { zone }).isInDST));
}
'
seen <<'SEEN'
Europe/London January dst 0.0 offset 0:00:00 status 00
Europe/London July dst 1.0 offset 1:00:00 status 80
Europe/Dublin January dst -1.0 offset 0:00:00 status 80
Europe/Dublin July dst 0.0 offset 1:00:00 status 00
luxon Europe/London false true
luxon Europe/Dublin false true
SEEN
