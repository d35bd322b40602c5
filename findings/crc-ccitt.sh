#!/usr/bin/env bash
# "CRC-CCITT" has three values by five libraries, and the check of an HDLC frame of a DLMS meter is none of them.
#
# Expected: one name is one check; the one of ISO/IEC 13239 (HDLC), which DLMS uses, is often described by it.
# Seen:     of the nine digits that are the usual test crc 4.3.2 (npm) and crcmod 1.7 make 29b1, crccheck 1.3.1 and libscrc
#           1.8.1 make 2189, and Python's crc_hqx, whose documentation has the name too, 31c3. HDLC wants 906e, which crcmod and
#           crc 8.0.0 (PyPI) call X-25; the class for it in dlms-cosem 25.1.0 is called CRCCCITT all the same.
# Caller:   choose a check by its value for "123456789", never by its name; HDLC sends the low one of its two bytes first.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages crcmod==1.7 crccheck==1.3.1 libscrc==1.8.1 crc==8.0.0 dlms-cosem==25.1.0
npm_packages crc@4.3.2
observe python -W ignore - <<'PYTHON'
import binascii
import libscrc
from crc import Calculator, Crc16
from crccheck.crc import Crc16Ccitt
from crcmod.predefined import mkCrcFun
from dlms_cosem.crc import CRCCCITT

text = b"123456789"
named = {
    "crcmod, crc-ccitt-false": mkCrcFun("crc-ccitt-false")(text),
    "crccheck, Crc16Ccitt": Crc16Ccitt.calc(text),
    "libscrc, ccitt": libscrc.ccitt(text),
    "binascii, crc_hqx": binascii.crc_hqx(text, 0),
    "HDLC: crcmod, x-25": mkCrcFun("x-25")(text),
    "HDLC: crc, X25": Calculator(Crc16.X25).checksum(text),
    "HDLC: dlms-cosem, CRCCCITT": int.from_bytes(CRCCCITT().calculate_for(text), "little"),
}
for name, value in named.items():
    print(f"{name}: {value:04x}")
PYTHON
cat >check.cjs <<'NODE'
console.log("crc (npm), crc16ccitt:", require("crc").crc16ccitt(Buffer.from("123456789")).toString(16));
NODE
observe node check.cjs
seen <<'SEEN'
crcmod, crc-ccitt-false: 29b1
crccheck, Crc16Ccitt: 2189
libscrc, ccitt: 2189
binascii, crc_hqx: 31c3
HDLC: crcmod, x-25: 906e
HDLC: crc, X25: 906e
HDLC: dlms-cosem, CRCCCITT: 906e
crc (npm), crc16ccitt: 29b1
SEEN
