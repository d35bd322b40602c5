#!/usr/bin/env bash
# dayfirst=True makes 2029-04-03 the fourth of March, for dateutil 4.0.0 and for pandas 3.1.1.
#
# Expected: the option that British dates need says how 03/04/2029 is meant; a date in ISO 8601 has one meaning.
# Seen:     dateutil swaps day and month of an ISO date, with a time and a zone behind it too, as long as the day is 12 or less;
#           the 13th of a month stays. pandas reads a whole column as its first date: so of one with the days 3 and 12 each
#           date is another, with 13 and 3 none, and with 3 and 13 it raises. dateparser 1.5.0, told the same by
#           DATE_ORDER="DMY" or by the locale en-GB, leaves ISO dates as they are.
# Caller:   read ISO dates by fromisoformat or isoparse first; an expiry a month early is a likely day. A test with a date
#           late in the month passes.
. "$(dirname "$0")/lib.sh"
pip_packages python-dateutil==4.0.0 pandas==3.1.1 dateparser==1.5.0
observe python -W ignore - <<'PYTHON'
import dateparser
import pandas
from dateutil.parser import isoparse, parse

for text in ("03/04/2029", "2029-04-03", "2029-04-03T10:00:00Z", "2029-04-13"):
    print(f"{text}: dateutil {parse(text, dayfirst=True):%d %B}, isoparse", end=" ")
    print("-" if "/" in text else f"{isoparse(text):%d %B}", end=", ")
    print(f"dateparser {dateparser.parse(text, settings={'DATE_ORDER': 'DMY'}):%d %B}", end=", ")
    print(f"en-GB {dateparser.parse(text, locales=['en-GB']):%d %B}")
for days in (["2029-04-03", "2029-05-12"], ["2029-04-13", "2029-05-03"], ["2029-04-03", "2029-05-13"]):
    try:
        print("pandas", *days, "->", *pandas.to_datetime(pandas.Series(days), dayfirst=True).dt.strftime("%d %B;"))
    except ValueError as error:
        print("pandas", *days, "-> ValueError")
PYTHON
seen <<'SEEN'
03/04/2029: dateutil 03 April, isoparse -, dateparser 03 April, en-GB 03 April
2029-04-03: dateutil 04 March, isoparse 03 April, dateparser 03 April, en-GB 03 April
2029-04-03T10:00:00Z: dateutil 04 March, isoparse 03 April, dateparser 03 April, en-GB 03 April
2029-04-13: dateutil 13 April, isoparse 13 April, dateparser 13 April, en-GB 13 April
pandas 2029-04-03 2029-05-12 -> 04 March; 05 December;
pandas 2029-04-13 2029-05-03 -> 13 April; 03 May;
pandas 2029-04-03 2029-05-13 -> ValueError
SEEN
