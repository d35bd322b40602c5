#!/usr/bin/env bash
# packaging 26.3 reads a firmware version that ends in 0A, 0B or 0C as a pre-release, older than all before it; 0D it refuses.
#
# Expected: what is no version of PEP 440 raises InvalidVersion, as most eight hexadecimal digits do.
# Seen:     PEP 440 lets a pre-release be written a, b or c, in capitals and without a point: 00.02.00.0A is the first alpha of
#           0.2.0.0, and 0002000A one of 2000. So 09 is newer than 0A, and a SpecifierSet leaves the newest out as a
#           pre-release, without an error. Two firmware versions that differ in their noughts are equal.
# Caller:   compare four bytes; a list of versions without letters, or with D to F in it, shows nothing or fails at once, and
#           the tenth build of a release is the first that is judged wrongly.
. "$(dirname "$0")/lib.sh"
pip_packages packaging==26.3
observe python - <<'PYTHON'
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

for text in ("00.02.00.09", "00.02.00.0A", "00.02.00.0B", "00.02.00.0C", "00.02.00.0D", "0002000A", "10E20304"):
    try:
        version = Version(text)
        older = version < Version("00.02.00.00")
        print(f"{text} is {version}, pre-release {version.is_prerelease}, older than 00.02.00.00: {older}")
    except InvalidVersion:
        print(f"{text} is refused")
print("at least 09:", list(SpecifierSet(">=00.02.00.09").filter(["00.02.00.09", "00.02.00.0A", "00.02.00.10"])))
print("one version:", Version("00.02.00.10") == Version("0.2.0.10"))
PYTHON
seen <<'SEEN'
00.02.00.09 is 0.2.0.9, pre-release False, older than 00.02.00.00: False
00.02.00.0A is 0.2.0.0a0, pre-release True, older than 00.02.00.00: True
00.02.00.0B is 0.2.0.0b0, pre-release True, older than 00.02.00.00: True
00.02.00.0C is 0.2.0.0rc0, pre-release True, older than 00.02.00.00: True
00.02.00.0D is refused
0002000A is 2000a0, pre-release True, older than 00.02.00.00: False
10E20304 is refused
at least 09: ['00.02.00.09', '00.02.00.10']
one version: True
SEEN
