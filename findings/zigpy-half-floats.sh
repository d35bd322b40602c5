#!/usr/bin/env bash
# zigpy 2.4.0 reads a small half float of ZigBee, 0.0000000596, as 2 times ten to the power of -311, and writes 0.00001 as 0.00016.
#
# Expected: a semi-precision number (type 0x38 of the ZigBee Cluster Library, which is IEEE 754's binary16) is what
#           struct.unpack("<e") makes of its two bytes, and comes back as the same two.
# Seen:     all numbers below 0.000061 are wrong, and 0.000061 itself is read rightly and written as its double; what was read
#           wrongly is written rightly, so a test that reads and writes passes. Others are cut instead of rounded: 0.30004 goes
#           out as its lower neighbour.
# Caller:   where a device's attribute has this type, take its bytes by struct's "e".
. "$(dirname "$0")/lib.sh"
pip_packages zigpy==2.4.0
observe python - <<'PYTHON'
import struct
from zigpy.types import Half

for raw in ("003c", "0004", "ff03", "0100"):
    read = Half.deserialize(bytes.fromhex(raw))[0]
    print(raw, "zigpy:", float(read), "struct:", struct.unpack("<e", bytes.fromhex(raw))[0], "written:", read.serialize().hex())
for number in (0.1, 0.30004, 0.00001):
    written = Half(number).serialize()
    print(number, "zigpy:", written.hex(), struct.unpack("<e", written)[0], "struct:", struct.pack("<e", number).hex())
PYTHON
seen <<'SEEN'
003c zigpy: 1.0 struct: 1.0 written: 003c
0004 zigpy: 6.103515625e-05 struct: 6.103515625e-05 written: 0008
ff03 zigpy: 2.222900934817253e-308 struct: 6.097555160522461e-05 written: ff03
0100 zigpy: 2.1729236899484e-311 struct: 5.960464477539063e-08 written: 0100
0.1 zigpy: 662e 0.0999755859375 struct: 662e
0.30004 zigpy: cc34 0.2998046875 struct: cd34
1e-05 zigpy: 3e09 0.00015997886657714844 struct: a800
SEEN
