#!/usr/bin/env bash
# amshan 2.1.1 reads the status of a DLMS clock from the wrong end: each time of the summer is marked "invalid".
#
# Expected: of the last byte of a date-time bit 0, the lowest, is "invalid value" and bit 7 "daylight saving active" (Blue Book,
#           4.1.6.1, to which amshan's own source refers), as dlms-cosem 25.1.0 reads it.
# Seen:     80, a clock in summer, is invalid_value; 01, a clock that lost its time, is daylight_saving_active; 02, a doubtful
#           one, is nothing, for it falls on a bit without a name. 00, which is winter and most samples, is right.
# Caller:   read clock_status_byte and look at its bits; who drops what is marked invalid loses half a year, and keeps the
#           times of a clock that stood still.
. "$(dirname "$0")/lib.sh"
pip_packages amshan==2.1.1 dlms-cosem==25.1.0
observe python - <<'PYTHON'
from attrs import asdict
from dlms_cosem.time import datetime_from_bytes
from han.cosem import DateTime


def set_bits(status):
    return [name for name, bit in status.items() if bit is True or bit == 1] or "-"


for name, status in {"winter": "00", "summer": "80", "no valid time": "01", "doubtful": "02"}.items():
    sent = bytes.fromhex("07ED 07 03 FF 0A 00 00 00 FF88" + status)
    by_amshan = DateTime.parse(b"\x0c" + sent).clock_status
    print(f"{name} ({status}): amshan {set_bits(dict(by_amshan))}, dlms-cosem {set_bits(asdict(datetime_from_bytes(sent)[1]))}")
PYTHON
seen <<'SEEN'
winter (00): amshan -, dlms-cosem -
summer (80): amshan ['invalid_value'], dlms-cosem ['daylight_saving_active']
no valid time (01): amshan ['daylight_saving_active'], dlms-cosem ['invalid']
doubtful (02): amshan -, dlms-cosem ['doubtful']
SEEN
