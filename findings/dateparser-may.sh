#!/usr/bin/env bash
# "The firmware may be installed": dateparser 1.5.0 finds a day in May; "we sat with" is two days in the last week.
#
# Expected: search_dates finds dates in a text, and English words that are none are left alone.
# Seen:     "may" is the first of May, "sat" last Saturday, "We" last Wednesday, "model 1200" a day in the year 1200, "now" this
#           moment; all with languages=["en"]. The true date beside them is found as well, behind them. No answer says
#           how much of a date it stands on.
# Caller:   keep what has a year and two more numbers or words in it, and let a person see the words that were taken; never
#           take the first.
. "$(dirname "$0")/lib.sh"
pip_packages dateparser==1.5.0
observe python -W ignore - <<'PYTHON'
from datetime import datetime
from dateparser.search import search_dates

SENTENCES = [
    "The firmware may be installed by 3 April 2029.",
    "We sat with the test house.",
    "Model 1200 is in 40 homes.",
    "It is in use now.",
]
for sentence in SENTENCES:
    found = search_dates(sentence, languages=["en"], settings={"RELATIVE_BASE": datetime(2026, 12, 1, 12)})
    print(sentence, [(words, f"{day:%Y-%m-%d}") for words, day in found or []])
PYTHON
seen <<'SEEN'
The firmware may be installed by 3 April 2029. [('may', '2026-05-01'), ('by 3 April 2029', '2029-04-03')]
We sat with the test house. [('We', '2026-11-25'), ('sat', '2026-11-28')]
Model 1200 is in 40 homes. [('1200', '1200-12-01')]
It is in use now. [('now', '2026-12-01')]
SEEN
