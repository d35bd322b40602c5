#!/usr/bin/env bash
# Eight working hours from nine on Maundy Thursday end on Thursday for businesstimedelta 1.0.1, and on Tuesday for pandas 3.1.1.
#
# Expected: with working days from 9:00 to 17:00 and the holidays of England, eight hours from 9:00 end at 17:00 that day.
# Seen:     pandas (CustomBusinessHour) moves what ends at the close of a day to the next opening: the Tuesday after Easter, 9:00.
#           Four hours from 13:00 likewise; from 13:00 and eight hours the two agree. Counted back it is the other way round:
#           from Tuesday 9:00 pandas goes to Wednesday 17:00, businesstimedelta to Thursday 9:00. The second gives a time without
#           zone back as one in Greenwich, and has 8 hours for a difference in either order.
# Caller:   say for a deadline whether the close of a day or the next opening is meant, and test with the day before a holiday.
. "$(dirname "$0")/lib.sh"
pip_packages pandas==3.1.1 businesstimedelta==1.0.1 holidays==0.109
observe python -W ignore - <<'PYTHON'
from datetime import datetime, time
import businesstimedelta
import holidays
import pandas

days = holidays.UnitedKingdom(subdiv="ENG", years=[2029])
week = businesstimedelta.WorkDayRule(start_time=time(9), end_time=time(17), working_days=[0, 1, 2, 3, 4])
rules = businesstimedelta.Rules([week, businesstimedelta.HolidayRule(days)])
hour = pandas.offsets.CustomBusinessHour(start="09:00", end="17:00", holidays=list(days))
for text, hours in (("2029-03-29 09:00", 8), ("2029-03-29 13:00", 4), ("2029-03-29 13:00", 8), ("2029-03-31 10:00", 8), ("2029-04-03 09:00", -8)):
    start = datetime.fromisoformat(text)
    step = businesstimedelta.BusinessTimeDelta(rules, hours=abs(hours))
    print(text, hours, "pandas", pandas.Timestamp(start) + hours * hour, "businesstimedelta", start + step if hours > 0 else start - step)
begin, end = datetime(2029, 3, 29, 10), datetime(2029, 4, 3, 10)
print("difference", rules.difference(begin, end).hours, rules.difference(end, begin).hours)
PYTHON
seen <<'SEEN'
2029-03-29 09:00 8 pandas 2029-04-03 09:00:00 businesstimedelta 2029-03-29 17:00:00+00:00
2029-03-29 13:00 4 pandas 2029-04-03 09:00:00 businesstimedelta 2029-03-29 17:00:00+00:00
2029-03-29 13:00 8 pandas 2029-04-03 13:00:00 businesstimedelta 2029-04-03 13:00:00+00:00
2029-03-31 10:00 8 pandas 2029-04-04 09:00:00 businesstimedelta 2029-04-03 17:00:00+00:00
2029-04-03 09:00 -8 pandas 2029-03-28 17:00:00 businesstimedelta 2029-03-29 09:00:00+00:00
difference 8 8
SEEN
