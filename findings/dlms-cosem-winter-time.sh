#!/usr/bin/env bash
# dlms-cosem 25.1.0 takes a deviation of nought from UTC for "not told"; gurux-dlms 1.0.203 does not.
#
# Expected: of a date-time of DLMS, 0x0000 is Greenwich and 0x8000 is "not specified"; a clock on British local time sends
#           0xFFC4 (one hour) in summer and 0x0000 in winter, and both come out as moments.
# Seen:     dlms-cosem gives a moment in summer and a naive time in winter, and writes 0x8000 where it read 0x0000. gurux-dlms
#           tells nought from nothing.
# Caller:   a program tested in July raises in January when it compares the two, or takes winter for the machine's own
#           zone; look at the two bytes of the deviation yourself.
. "$(dirname "$0")/lib.sh"
pip_packages dlms-cosem==25.1.0 gurux-dlms==1.0.203
observe python -W ignore - <<'PYTHON'
from dlms_cosem.time import datetime_from_bytes, datetime_to_bytes
from gurux_dlms.enums import DataType
from gurux_dlms.GXDateTime import DateTimeSkips
from gurux_dlms.GXDLMSClient import GXDLMSClient

for month, deviation in ((7, "ffc4"), (1, "0000"), (1, "8000")):
    raw = bytes([0x07, 0xED, month, 3, 0xFF, 12, 0, 0, 0]) + bytes.fromhex(deviation) + b"\0"
    mine, _ = datetime_from_bytes(raw)
    theirs = GXDLMSClient.changeType(raw, DataType.DATETIME)
    told = "not told" if theirs.skip & DateTimeSkips.DEVITATION else theirs.value.utcoffset()
    print(f"{deviation}: dlms-cosem {mine.utcoffset()}, writes {datetime_to_bytes(mine)[9:11].hex()}; gurux-dlms {told}")
PYTHON
seen <<'SEEN'
ffc4: dlms-cosem 1:00:00, writes ffc4; gurux-dlms 1:00:00
0000: dlms-cosem None, writes 8000; gurux-dlms 0:00:00
8000: dlms-cosem None, writes 8000; gurux-dlms not told
SEEN
