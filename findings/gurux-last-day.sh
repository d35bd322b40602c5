#!/usr/bin/env bash
# gurux-dlms 1.0.203: a date that says "the last day of each month" has the first of January for its value and its text.
#
# Expected: of a DLMS date with day 0xFE (last of the month) or month 0xFE (start of daylight saving), as billing calendars
#           and clock tables hold them (IEC 62056-6-2, 4.1.6.1), value is None, or str() says what is meant.
# Seen:     value is a datetime of day 1 or month 1, and str() prints that day; whether it was sent so is told by .extra and
#           .skip alone. toFormatString() says LASTDAY. The bytes come back as they were sent.
# Caller:   look at extra before value; show toFormatString().
. "$(dirname "$0")/lib.sh"
pip_packages gurux-dlms==1.0.203
export LC_ALL=C
observe python - <<'PYTHON'
from gurux_dlms import GXDLMSClient
from gurux_dlms.enums import DataType

for words, sent in [
    ("last day, any month", "07EDFFFEFF"),
    ("last but one", "07EDFFFDFF"),
    ("daylight saving begins", "07EDFE01FF"),
    ("1 January", "07ED0101FF"),
]:
    date = GXDLMSClient.changeType(bytearray.fromhex(sent), DataType.DATE)
    print(f"{words}: {date} | {date.value:%Y-%m-%d} | extra {date.extra} | {date.toFormatString()}")
PYTHON
seen <<'SEEN'
last day, any month: /01/29 | 2029-01-01 | extra 4 | */LASTDAY/2029
last but one: /01/29 | 2029-01-01 | extra 8 | */LASTDAY2/2029
daylight saving begins: 01/01/29 | 2029-01-01 | extra 1 | BEGIN/01/2029
1 January: 01/01/29 | 2029-01-01 | extra 0 | 01/01/2029
SEEN
