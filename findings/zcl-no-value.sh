#!/usr/bin/env bash
# A ZigBee meter that says "no value" has used 281,474,976,710,655 units, by zigpy 2.4.0 and zigbee-clusters 3.0.2 (npm) alike.
#
# Expected: what the ZigBee Cluster Library keeps for "not available" (its table of data types has a non-value for most: all
#           ones, or the lowest signed number) is None, null or NaN.
# Seen:     all ones of a meter's 48-bit sum are the largest number, and the lowest signed ones the lowest; a date of four
#           times FF is day 255 of month 255 of 2155 for zigpy, and UTC time of all ones 136 years after 2000. Only a boolean
#           is told apart (null, and undefined_0xff), and a float, whose non-value is NaN by itself. zigbee-clusters knows no
#           dates.
# Caller:   compare with the non-value of the attribute's type before a reading is scaled, added up or shown: what comes is a
#           number like any other, and nothing behind it asks again.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages zigpy==2.4.0
npm_packages zigbee-clusters@3.0.2
observe python - <<'PYTHON'
from zigpy import types

NOTHING = [
    (types.uint48_t, "ffffffffffff"), (types.int24s, "000080"), (types.uint8_t, "ff"), (types.Single, "ffffffff"),
    (types.Bool, "ff"), (types.UTCTime, "ffffffff"), (types.Date, "ffffffff"),
]
for kind, raw in NOTHING:
    print("zigpy", kind.__name__, raw, repr(kind.deserialize(bytes.fromhex(raw))[0]))
PYTHON
cat >read.cjs <<'NODE'
const { ZCLDataTypes } = require("zigbee-clusters");
const nothing = { uint48: "ffffffffffff", int24: "000080", uint8: "ff", single: "ffffffff", bool: "ff" };
for (const [kind, raw] of Object.entries(nothing))
  console.log("zigbee-clusters", kind, raw, ZCLDataTypes[kind].fromBuffer(Buffer.from(raw, "hex"), 0));
NODE
observe node read.cjs
seen <<'SEEN'
zigpy uint48_t ffffffffffff 281474976710655
zigpy int24s 000080 -8388608
zigpy uint8_t ff 255
zigpy Single ffffffff nan
zigpy Bool ff <Bool.undefined_0xff: 255>
zigpy UTCTime ffffffff 4294967295
zigpy Date ffffffff Date(years_since_1900=255, month=255, day=255, day_of_week=255, *year=2155)
zigbee-clusters uint48 ffffffffffff 281474976710655
zigbee-clusters int24 000080 -8388608
zigbee-clusters uint8 ff 255
zigbee-clusters single ffffffff NaN
zigbee-clusters bool ff null
SEEN
