#!/usr/bin/env bash
# pydantic 2.14.3 takes the date 20290403, as ISO 8601 may write it, for seconds since 1970: August of that year.
#
# Expected: a date without hyphens (ISO 8601's basic form) is that day, as for datetime.fromisoformat, or an error.
# Seen:     a datetime field takes texts of digits for a count of seconds, and from a size on of milliseconds: 20290403 is in
#           August 1970, the year 2029 34 minutes after midnight of 1970, and 20290403120000 in 2612; from JSON, and with
#           strict=True there as well. A date field raises. msgspec 0.21.1 refuses all of them.
# Caller:   ask for a pattern with hyphens before, or refuse years far off; as the field is filled, nothing looks amiss.
. "$(dirname "$0")/lib.sh"
pip_packages pydantic==2.14.3 msgspec==0.21.1
observe python - <<'PYTHON'
from datetime import date, datetime
import msgspec
from pydantic import TypeAdapter, ValidationError

reads = {
    "datetime": TypeAdapter(datetime).validate_python,
    "JSON, strict": lambda text: TypeAdapter(datetime).validate_json(f'"{text}"', strict=True),
    "date": TypeAdapter(date).validate_python,
    "msgspec": lambda text: msgspec.convert(text, datetime),
}
for text in ("20290403", "2029", "20290403120000", "2029-04-03T12:00:00Z"):
    for name, read in reads.items():
        try:
            print(text, name, read(text))
        except (ValidationError, msgspec.ValidationError) as error:
            print(text, name, "refused")
PYTHON
seen <<'SEEN'
20290403 datetime 1970-08-23 20:13:23+00:00
20290403 JSON, strict 1970-08-23 20:13:23+00:00
20290403 date refused
20290403 msgspec refused
2029 datetime 1970-01-01 00:33:49+00:00
2029 JSON, strict 1970-01-01 00:33:49+00:00
2029 date refused
2029 msgspec refused
20290403120000 datetime 2612-12-23 15:05:20+00:00
20290403120000 JSON, strict 2612-12-23 15:05:20+00:00
20290403120000 date refused
20290403120000 msgspec refused
2029-04-03T12:00:00Z datetime 2029-04-03 12:00:00+00:00
2029-04-03T12:00:00Z JSON, strict 2029-04-03 12:00:00+00:00
2029-04-03T12:00:00Z date refused
2029-04-03T12:00:00Z msgspec 2029-04-03 12:00:00+00:00
SEEN
