#!/usr/bin/env bash
# A period of one month in ISO 8601, P1M, is a minute for pandas 3.1.1, and 30 days for pydantic 2.14.3 and aniso8601 10.0.1.
#
# Expected: an M before the T is months (ISO 8601-1, 5.5.2), as for isodate 0.7.2 and pendulum 3.3.0; who has no months
#           refuses it, as pandas refuses "1M" and tells that a month has no fixed length.
# Seen:     pandas reads the M of P1M and P6M as of PT6M, without a warning, and stumbles over the Y of P1Y6M only. The other
#           two know a month of 30 and a year of 365 days: six months before 31 August are 4 March. pendulum's months are
#           shown as months, but taken from a date of Python's they are 30 days each as well; taken from one of its own they
#           are not.
# Caller:   read periods with isodate, and take them from the expiry itself; where a library's type holds days only, refuse a
#           period with a Y or an M before the T.
. "$(dirname "$0")/lib.sh"
pip_packages pandas==3.1.1 pydantic==2.14.3 aniso8601==10.0.1 isodate==0.7.2 pendulum==3.3.0
observe python -W ignore - <<'PYTHON'
from datetime import date, timedelta
import aniso8601
import isodate
import pandas
import pendulum
import pydantic

READERS = {
    "pandas": pandas.Timedelta, "pydantic": pydantic.TypeAdapter(timedelta).validate_python,
    "aniso8601": aniso8601.parse_duration, "isodate": isodate.parse_duration, "pendulum": pendulum.parse,
}
for text in ("P1M", "P6M", "P1Y6M", "PT6M"):
    for name, read in READERS.items():
        try:
            period = read(text)
            print(f"{text}: {name}, {period}, before 31 August 2029 on {(date(2029, 8, 31) - period):%d %B %Y}")
        except ValueError as error:
            print(f"{text}: {name}, {error}")
PYTHON
seen <<'SEEN'
P1M: pandas, 0 days 00:01:00, before 31 August 2029 on 31 August 2029
P1M: pydantic, 30 days, 0:00:00, before 31 August 2029 on 01 August 2029
P1M: aniso8601, 30 days, 0:00:00, before 31 August 2029 on 01 August 2029
P1M: isodate, 1 month, 0:00:00, before 31 August 2029 on 31 July 2029
P1M: pendulum, 1 month, before 31 August 2029 on 01 August 2029
P6M: pandas, 0 days 00:06:00, before 31 August 2029 on 31 August 2029
P6M: pydantic, 180 days, 0:00:00, before 31 August 2029 on 04 March 2029
P6M: aniso8601, 180 days, 0:00:00, before 31 August 2029 on 04 March 2029
P6M: isodate, 6 months, 0:00:00, before 31 August 2029 on 28 February 2029
P6M: pendulum, 6 months, before 31 August 2029 on 04 March 2029
P1Y6M: pandas, Invalid ISO 8601 Duration format - P1Y6M
P1Y6M: pydantic, 545 days, 0:00:00, before 31 August 2029 on 04 March 2028
P1Y6M: aniso8601, 545 days, 0:00:00, before 31 August 2029 on 04 March 2028
P1Y6M: isodate, 1 years, 6 months, 0:00:00, before 31 August 2029 on 29 February 2028
P1Y6M: pendulum, 1 year 6 months, before 31 August 2029 on 04 March 2028
PT6M: pandas, 0 days 00:06:00, before 31 August 2029 on 31 August 2029
PT6M: pydantic, 0:06:00, before 31 August 2029 on 31 August 2029
PT6M: aniso8601, 0:06:00, before 31 August 2029 on 31 August 2029
PT6M: isodate, 0:06:00, before 31 August 2029 on 31 August 2029
PT6M: pendulum, 6 minutes, before 31 August 2029 on 31 August 2029
SEEN
