#!/usr/bin/env bash
# "Natural order" puts version 0000000A before 00000009: natsort 8.4.0, Node's Intl.Collator, sort -V.
#
# Expected: an order that is kind to numbers leaves texts alone that plain order sorts rightly: eight hexadecimal digits.
# Seen:     the digits before the first letter are taken for a number by themselves, so that 0000000A begins with nought and
#           comes before 00000009, 0000001A with one and comes before it too; all three give the same wrong order.
#           Plain order is right. (Seen with Node 20.20.2 and coreutils 9.1.)
# Caller:   a table's "sort like a person" option is off for versions, hashes and addresses; the last row is not the newest.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages natsort==8.4.0
versions="00000010 0000000F 0000001A 00000009 0000000A 000000A0"
observe python - $versions <<'PYTHON'
import sys
from natsort import natsorted

print("plain:", *sorted(sys.argv[1:]))
print("natsort:", *natsorted(sys.argv[1:]))
PYTHON
cat >order.mjs <<'NODE'
const versions = process.argv.slice(2);
console.log("Intl.Collator:", ...versions.toSorted(new Intl.Collator("en", { numeric: true }).compare));
NODE
observe node order.mjs $versions
observe echo "sort -V:" $(printf '%s\n' $versions | sort -V)
seen <<'SEEN'
plain: 00000009 0000000A 0000000F 00000010 0000001A 000000A0
natsort: 0000000A 000000A0 0000000F 0000001A 00000009 00000010
Intl.Collator: 0000000A 000000A0 0000000F 0000001A 00000009 00000010
sort -V: 0000000A 000000A0 0000000F 0000001A 00000009 00000010
SEEN
