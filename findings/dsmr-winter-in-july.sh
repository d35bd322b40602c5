#!/usr/bin/env bash
# dsmr-parser 1.11.2 reads a meter's 10:00 in winter time as 10:00 in summer time, an hour off, from March to October.
#
# Expected: the last letter of a time in a P1 telegram says which time it is: S with daylight saving, W without (DSMR P1, the
#           format TST); a meter whose clock keeps winter time all year sends W in July, and 100000W is 09:00Z.
# Seen:     290701100000W and 290701100000S are the same moment, 08:00Z, the zone being Amsterdam's; and so are both in
#           January. The letter counts in the one hour of October that comes twice, and nowhere else.
# Caller:   read the letter: S is two hours east of Greenwich and W one. Who compares such times with those of a meter that
#           does change has a gap of an hour in March and an hour twice in October that no reading has.
. "$(dirname "$0")/lib.sh"
pip_packages dsmr-parser==1.11.2
observe python - <<'PYTHON'
from dsmr_parser.value_types import timestamp

for sent in ("290701100000S", "290701100000W", "290101100000S", "290101100000W", "291028023000S", "291028023000W"):
    print(sent, timestamp(sent))
PYTHON
seen <<'SEEN'
290701100000S 2029-07-01 08:00:00+00:00
290701100000W 2029-07-01 08:00:00+00:00
290101100000S 2029-01-01 09:00:00+00:00
290101100000W 2029-01-01 09:00:00+00:00
291028023000S 2029-10-28 00:30:00+00:00
291028023000W 2029-10-28 01:30:00+00:00
SEEN
