#!/usr/bin/env bash
# netaddr 1.3.0 takes the EUI-64 "0000000000000012" for the number twelve: 00-00-00-00-00-0C, of 48 bits.
#
# Expected: sixteen hexadecimal digits are eight bytes, whichever digits they are; so says its own valid_eui64.
# Seen:     where all sixteen happen to be decimal and the number is below 2 to the power of 48, EUI() counts them as a
#           decimal number of a MAC address: "0001020304050607" is 00-ED-8E-DC-49-AF. Above it, and with a letter among the
#           digits, it reads eight bytes, so only some of a list go astray; the noughts in front are just what test devices
#           and placeholders have. With version=64 all are right. macaddress 2.0.2 reads them all.
# Caller:   EUI(text, version=64), always; or bytes.fromhex. The result is an address that is as good as any.
. "$(dirname "$0")/lib.sh"
pip_packages netaddr==1.3.0 macaddress==2.0.2
observe python - <<'PYTHON'
import macaddress
from netaddr import EUI, valid_eui64

for text in ("0000000000000012", "0001020304050607", "000000000000001A", "1020304050607080", "00-00-00-00-00-00-00-12"):
    read = EUI(text)
    print(f"{text}: valid {valid_eui64(text)}, EUI {read} of {read.version} bits")
    print(f"    version=64 {EUI(text, version=64)}, macaddress {macaddress.EUI64(text)}")
PYTHON
seen <<'SEEN'
0000000000000012: valid True, EUI 00-00-00-00-00-0C of 48 bits
    version=64 00-00-00-00-00-00-00-12, macaddress 00-00-00-00-00-00-00-12
0001020304050607: valid True, EUI 00-ED-8E-DC-49-AF of 48 bits
    version=64 00-01-02-03-04-05-06-07, macaddress 00-01-02-03-04-05-06-07
000000000000001A: valid True, EUI 00-00-00-00-00-00-00-1A of 64 bits
    version=64 00-00-00-00-00-00-00-1A, macaddress 00-00-00-00-00-00-00-1A
1020304050607080: valid True, EUI 10-20-30-40-50-60-70-80 of 64 bits
    version=64 10-20-30-40-50-60-70-80, macaddress 10-20-30-40-50-60-70-80
00-00-00-00-00-00-00-12: valid True, EUI 00-00-00-00-00-00-00-12 of 64 bits
    version=64 00-00-00-00-00-00-00-12, macaddress 00-00-00-00-00-00-00-12
SEEN
