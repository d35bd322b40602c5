#!/usr/bin/env bash
# dlms-cosem 25.1.0 leaves compressed values out of a load profile, and takes the capture period for minutes.
#
# Expected: null-data in the buffer of a Profile generic (class 7) says "as before" for a value, as it does for the time (the
#           Blue Book's rule for compressed buffers); the period in attribute 4 is in seconds, an hour being 3600.
# Seen:     the row has one value fewer, so the export register's reading stands where the import register's was, and a row
#           of two values ends early; given the meter's 3600 the times are 60 hours apart instead of one.
# Caller:   pad each row by the attribute that each value names, never by its place, and hand over the period divided by 60.
. "$(dirname "$0")/lib.sh"
pip_packages dlms-cosem==25.1.0
observe timeout 60 python - <<'PYTHON'
from dlms_cosem.cosem import CosemAttribute, Obis
from dlms_cosem.enumerations import CosemInterface
from dlms_cosem.parsers import ProfileGenericBufferParser

clock = CosemAttribute(CosemInterface.CLOCK, Obis.from_string("0.0.1.0.0.255"), 2)
registers = [CosemAttribute(CosemInterface.REGISTER, Obis.from_string(f"1.0.{n}.8.0.255"), 2) for n in (1, 2)]
HOUR = "090c07ed0403ff0a000000000000"
FIRST = f"0203{HOUR}06000000640600000005"
SAME_IMPORT = "020300000600000006"
SAME_EXPORT = "0203000600000065" + "00"
buffer = bytes.fromhex("0103" + FIRST + SAME_IMPORT + SAME_EXPORT)
for period in (3600, 60):
    for row in ProfileGenericBufferParser([clock, *registers], period).parse_bytes(buffer):
        print(period, *(f"{value.value:%d %b %H:%M};" if value.attribute == clock else value.value for value in row))
PYTHON
seen <<'SEEN'
3600 03 Apr 10:00; 100 5
3600 05 Apr 22:00; 6
3600 08 Apr 10:00; 101
60 03 Apr 10:00; 100 5
60 03 Apr 11:00; 6
60 03 Apr 12:00; 101
SEEN
