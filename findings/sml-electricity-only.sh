#!/usr/bin/env bash
# smllib 1.7: get_obis() of an SML frame leaves out a gas meter, a heat meter and the device's own entries, and says nothing.
#
# Expected: "Returns all obis values in the frame", as its description has it, and as parse_frame() does.
# Seen:     it looks for the bytes 77 07 01, an entry whose OBIS code begins with 1, which is electricity; 7 (gas), 6 (heat) and 0
#           (the device itself) are not among what it returns. What an electricity meter counts is all there.
# Caller:   parse_frame(), and the list in each message's body; a gateway that reads several kinds of meter shows it at once, a
#           test with one electricity meter never.
. "$(dirname "$0")/lib.sh"
pip_packages smllib==1.7 crccheck==1.3.1
observe python - <<'PYTHON'
from crccheck.crc import Crc16X25
from smllib.sml_frame import SmlFrame


def entry(code, unit, scaler, value):
    number = value.to_bytes(4, "big") + b"\1"
    return b"\x77\7" + bytes(code) + b"\1\1\x62" + bytes([unit]) + b"\x52" + scaler.to_bytes(1, "big", signed=True) + b"\x65" + number


ENTRIES = [
    entry((1, 0, 1, 8, 0, 255), 30, -1, 123456),
    entry((7, 0, 3, 0, 0, 255), 13, -2, 4567),
    entry((6, 0, 1, 0, 0, 255), 30, 3, 89),
    entry((0, 0, 96, 8, 0, 255), 7, 0, 10),
]
message = bytes.fromhex("76 0500000001 6200 6200 72 630701 77 01 050A0B0C0D 01 01") + bytes([0x70 + len(ENTRIES)])
message += b"".join(ENTRIES) + b"\1\1"
message += b"\x63" + Crc16X25.calc(message).to_bytes(2, "little") + b"\0"
frame = SmlFrame(message)
(parsed,) = frame.parse_frame()
print("parse_frame:", *(f"{entry.obis.obis_code} {entry.get_value()}," for entry in parsed.message_body.val_list))
print("get_obis:   ", *(f"{entry.obis.obis_code} {entry.get_value()}," for entry in frame.get_obis()))
PYTHON
seen <<'SEEN'
parse_frame: 1-0:1.8.0*255 12345.6, 7-0:3.0.0*255 45.67, 6-0:1.0.0*255 89000, 0-0:96.8.0*255 10,
get_obis:    1-0:1.8.0*255 12345.6,
SEEN
