#!/usr/bin/env bash
# pendulum 3.3.0: from 31 August back to 28 February is "-6 months -3 days", which from 31 August is 25 February.
#
# Expected: a + (b - a) is b, forwards and backwards; a day of 23 hours is one day, or none, by whichever name it is asked.
# Seen:     backwards the days are counted as if forwards, and are then taken off a month that has others: three days too
#           many, and no error. From 29 February to 28 February of the next year it is 11 months, 4 weeks and 2 days. The day
#           on which summer begins has 23 hours, is "1 day" in words and by in_days(), and 0 days by .days, which is what
#           timedelta has; the longer day in October has one by all.
# Caller:   go from the earlier day to the later one, or count from the expiry with add(months=-6) itself; ask in_days().
. "$(dirname "$0")/lib.sh"
pip_packages pendulum==3.3.0
observe python - <<'PYTHON'
import pendulum

for start, end in (("2029-02-28", "2029-08-31"), ("2029-08-31", "2029-02-28"), ("2029-03-31", "2029-02-28"), ("2028-02-29", "2029-02-28")):
    first, last = (pendulum.parse(text).date() for text in (start, end))
    interval = last - first
    print(f"{start} to {end}: {interval.in_words()}, and {start} with that is {first + interval}")
for day in (pendulum.datetime(2029, 3, 25, tz="Europe/London"), pendulum.datetime(2029, 10, 28, tz="Europe/London")):
    interval = day.add(days=1) - day
    print(f"{day:%d %B}: {interval.in_words()}, in_days {interval.in_days()}, days {interval.days}, hours {interval.in_hours()}")
PYTHON
seen <<'SEEN'
2029-02-28 to 2029-08-31: 6 months 3 days, and 2029-02-28 with that is 2029-08-31
2029-08-31 to 2029-02-28: -6 months -3 days, and 2029-08-31 with that is 2029-02-25
2029-03-31 to 2029-02-28: -1 month -3 days, and 2029-03-31 with that is 2029-02-25
2028-02-29 to 2029-02-28: 11 months 4 weeks 2 days, and 2028-02-29 with that is 2029-02-28
25 March: 1 day, in_days 1, days 0, hours 23
28 October: 1 day, in_days 1, days 1, hours 25
SEEN
