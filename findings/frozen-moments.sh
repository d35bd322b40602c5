#!/usr/bin/env bash
# A moment that freezegun 1.5.5 has frozen cannot be written by msgspec 0.23.0 or orjson 3.13.0; pydantic 2.14.4 fails when it is over.
#
# Expected: datetime.now() in a test with a frozen clock gives what it gives without one, with another value, and after the test
#           all is as before.
# Seen:     it gives a FakeDatetime, a class derived from datetime. msgspec and orjson write instances of datetime itself only and
#           raise. pydantic, first used while the clock stands, keeps the class that it found: it writes the frozen moment, and
#           has no schema for datetime for the rest of the process. time-machine 3.6.0 patches the calls below and leaves the class
#           alone: the three write, and go on to.
# Caller:   time-machine, or a clock that is handed over; a test that fails by its order may have a frozen clock before it.
. "$(dirname "$0")/lib.sh"
pip_packages freezegun==1.5.5 time-machine==3.6.0 msgspec==0.23.0 orjson==3.13.0 pydantic==2.14.4
cat >write.py <<'PYTHON'
import datetime
import sys
import freezegun
import msgspec
import orjson
import pydantic
import time_machine

ways = {
    "msgspec": msgspec.json.encode,
    "orjson": orjson.dumps,
    "pydantic": lambda moment: pydantic.TypeAdapter(datetime.datetime).dump_json(moment),
}
moment = datetime.datetime(2029, 4, 3, 10, tzinfo=datetime.UTC)
clock = {"freezegun": freezegun.freeze_time, "time-machine": time_machine.travel}[sys.argv[1]](moment)


def tell(when, now):
    for library, write in ways.items():
        try:
            said = write(now).decode()
        except Exception as error:
            said = type(error).__name__
        print(sys.argv[1], when, type(now).__name__, library, said)


with clock:
    tell("during", datetime.datetime.now(datetime.UTC))
tell("after", moment)
PYTHON
observe python write.py freezegun
observe python write.py time-machine
seen <<'SEEN'
freezegun during FakeDatetime msgspec TypeError
freezegun during FakeDatetime orjson TypeError
freezegun during FakeDatetime pydantic "2029-04-03T10:00:00Z"
freezegun after datetime msgspec "2029-04-03T10:00:00Z"
freezegun after datetime orjson "2029-04-03T10:00:00+00:00"
freezegun after datetime pydantic PydanticSchemaGenerationError
time-machine during datetime msgspec "2029-04-03T10:00:00Z"
time-machine during datetime orjson "2029-04-03T10:00:00+00:00"
time-machine during datetime pydantic "2029-04-03T10:00:00Z"
time-machine after datetime msgspec "2029-04-03T10:00:00Z"
time-machine after datetime orjson "2029-04-03T10:00:00+00:00"
time-machine after datetime pydantic "2029-04-03T10:00:00Z"
SEEN
