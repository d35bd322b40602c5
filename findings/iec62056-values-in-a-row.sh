#!/usr/bin/env bash
# iec62056-21 0.0.2 takes the unit for a part of the value where a meter leaves the address out: "000111.11*kWh", no unit.
#
# Expected: a reading without its address, as in the answer to a request that named it or behind another value of the same
#           line, has a value and a unit like any other, for both stand in the brackets.
# Seen:     (000111.11*kWh) alone, or as the second value of a line, is the value "000111.11*kWh" with no unit; with the address
#           before it, it is 000111.11 and kWh. Written again the line has the word None in it. The time of a maximum, which
#           comes in the same way, has no unit, so that the commonest case looks well.
# Caller:   split at the star by hand where the address is None, take the last address that was one, and keep the line as sent.
. "$(dirname "$0")/lib.sh"
pip_packages iec62056-21==0.0.2
observe python - <<'PYTHON'
from iec62056_21.messages import DataLine

for sent in ("1.8.1(000111.11*kWh)", "(000111.11*kWh)", "1.8.1*01(000123.45*kWh)(000111.11*kWh)", "1.6.1(0.512*kW)(2904031015)"):
    line = DataLine.from_representation(sent)
    print(*((data.address, data.value, data.unit) for data in line.data_sets))
    print("written:", line.to_representation())
PYTHON
seen <<'SEEN'
('1.8.1', '000111.11', 'kWh')
written: 1.8.1(000111.11*kWh)
(None, '000111.11*kWh', None)
written: None(000111.11*kWh)
('1.8.1*01', '000123.45', 'kWh') (None, '000111.11*kWh', None)
written: 1.8.1*01(000123.45*kWh)None(000111.11*kWh)
('1.6.1', '0.512', 'kW') (None, '2904031015', None)
written: 1.6.1(0.512*kW)None(2904031015)
SEEN
