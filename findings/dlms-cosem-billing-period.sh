#!/usr/bin/env bash
# dlms-cosem 25.1.0 reads the last group of an OBIS code and then says 255, whatever was written.
#
# Expected: Obis.from_string("1-0:1.8.0*1") names what a past billing period left in the register (group F of IEC 62056-6-1),
#           or an error says that F is not supported.
# Seen:     F is 255 in every notation, so the code names the running register. Obis.from_bytes keeps F.
# Caller:   a code written as text is split by hand and given to Obis(a, b, c, d, e, f); the wrong register answers with a
#           value just as likely, so no check of the value finds it.
. "$(dirname "$0")/lib.sh"
pip_packages dlms-cosem==25.1.0
observe python - <<'PYTHON'
from dlms_cosem.cosem import Obis

for text in ("1-0:1.8.0*255", "1-0:1.8.0*1", "1-0:1.8.0.1", "1.0.1.8.0.101"):
    print(text, "is", Obis.from_string(text).to_string())
print("from bytes", Obis.from_bytes(bytes([1, 0, 1, 8, 0, 1])).to_string())
PYTHON
seen <<'SEEN'
1-0:1.8.0*255 is 1-0:1.8.0.255
1-0:1.8.0*1 is 1-0:1.8.0.255
1-0:1.8.0.1 is 1-0:1.8.0.255
1.0.1.8.0.101 is 1-0:1.8.0.255
from bytes 1-0:1.8.0.1
SEEN
