#!/usr/bin/env bash
# gurux-dlms 1.0.203 reads a binary coded decimal as a plain byte: 42 is 66.
#
# Expected: type 13 of DLMS data (IEC 62056-6-2, table of common data types) holds one decimal digit in each half of its byte.
# Seen:     0x42 is given as 66 and 0x99 as 153, a number that two decimal digits cannot hold.
# Caller:   format(value, "x") is the number that was sent.
. "$(dirname "$0")/lib.sh"
pip_packages gurux-dlms==1.0.203
observe python - <<'PYTHON'
from gurux_dlms import GXDLMSClient
from gurux_dlms.enums import DataType

for sent in ("07", "42", "99"):
    value = GXDLMSClient.changeType(bytearray.fromhex(sent), DataType.BCD)
    print(sent, value, format(value, "x"))
PYTHON
seen <<'SEEN'
07 7 7
42 66 42
99 153 99
SEEN
