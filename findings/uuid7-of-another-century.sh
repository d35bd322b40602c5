#!/usr/bin/env bash
# uuid7 0.1.0: an identifier that it makes on 8 April 2029 is one of October 2212 for who reads a UUID of version 7.
#
# Expected: the first 48 bits are the milliseconds since 1970 (RFC 9562, 5.7), so identifiers sort by time and tell it.
# Seen:     it follows an early draft, with whole seconds in 36 bits, and the version number is 7 all the same: of 8 April 2029
#           uuid-utils 1.2.0 and uuid6 2025.0.1 read a day in 2212. Beside identifiers of other libraries these sort behind
#           all, and take the place of the newest.
# Caller:   uuid-utils, or uuid.uuid7 of Python from 3.14 on; where such identifiers are stored keep the time in a column of
#           its own.
. "$(dirname "$0")/lib.sh"
pip_packages uuid7==0.1.0 uuid-utils==1.2.0 uuid6==2025.0.1
observe python - <<'PYTHON'
from datetime import UTC, datetime, timedelta
import uuid6
import uuid_utils
from uuid_extensions import uuid7

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
made = datetime(2029, 4, 8, tzinfo=UTC)
seconds = int(made.timestamp())
theirs = uuid7(seconds * 10**9)
other = uuid_utils.uuid7(nanoseconds=seconds * 10**9)
for name, identifier in (("uuid7", theirs), ("uuid-utils", other)):
    by_utils = EPOCH + timedelta(milliseconds=uuid_utils.UUID(str(identifier)).timestamp)
    by_uuid6 = EPOCH + timedelta(milliseconds=uuid6.UUID(str(identifier)).time)
    print(f"{name}, made {made:%Y-%m-%d}: version {identifier.version}, {by_utils:%Y-%m-%d} and {by_uuid6:%Y-%m-%d}")
far = int(datetime(2200, 1, 1, tzinfo=UTC).timestamp()) * 10**9
print("sorted behind one of 2200:", str(theirs) > str(uuid_utils.uuid7(nanoseconds=far)))
PYTHON
seen <<'SEEN'
uuid7, made 2029-04-08: version 7, 2212-10-05 and 2212-10-05
uuid-utils, made 2029-04-08: version 7, 2029-04-08 and 2029-04-08
sorted behind one of 2200: True
SEEN
