#!/usr/bin/env bash
# dlms-cosem 25.1.0 reads a time that is not specified as midnight; gurux-dlms 1.0.203 says what is missing.
#
# Expected: 0xFF in an hour, minute or second of DLMS is "not specified" (IEC 62056-6-2, 4.1.6.1): None, or an error, as
#           dlms-cosem raises one for a month that is not specified.
# Seen:     a time of four times 0xFF is 00:00:00, an hour alone is that hour sharp, and a date-time whose time is not
#           specified is the first moment of its day; nothing tells them from what was sent as midnight.
# Caller:   look at the bytes for 0xFF before the library does.
. "$(dirname "$0")/lib.sh"
pip_packages dlms-cosem==25.1.0 gurux-dlms==1.0.203
observe python - <<'PYTHON'
from dlms_cosem.utils import parse_as_dlms_data
from gurux_dlms import GXDLMSClient
from gurux_dlms.enums import DataType

for words, sent in [
    ("no time", "1BFFFFFFFF"),
    ("midnight", "1B00000000"),
    ("ten", "1B0AFFFFFF"),
    ("a day", "1907ED0403FFFFFFFFFF800000"),
    ("a year and ten", "1907EDFFFFFF0A0000FF800000"),
]:
    content = bytes.fromhex(sent)
    try:
        read = parse_as_dlms_data(content)
    except Exception as error:
        read = type(error).__name__
    other = GXDLMSClient.changeType(bytearray(content[1:]), DataType(content[0]))
    print(f"{words}: dlms-cosem {read[0] if isinstance(read, tuple) else read} | gurux {other.toFormatString()}")
PYTHON
seen <<'SEEN'
no time: dlms-cosem 00:00:00 | gurux  *:*:*
midnight: dlms-cosem 00:00:00 | gurux  00:00:00
ten: dlms-cosem 10:00:00 | gurux  10:*:*
a day: dlms-cosem 2029-04-03 00:00:00 | gurux 04/03/2029 *:*:*
a year and ten: dlms-cosem TypeError | gurux */*/2029 10:00:00
SEEN
