#!/usr/bin/env bash
# One working day after a Saturday is Tuesday for numpy 2.4.6, and Monday for pandas 3.1.1 and date-fns 4.4.0 (npm).
#
# Expected: libraries agree on "within five working days" of a mail that came on a Saturday; or at least pandas agrees with
#           numpy, on whose calendars it stands.
# Seen:     busday_offset wants to be told how a day off is rolled, and rolls it before it counts: "forward", the word that
#           sounds right, makes the Monday the start and no longer the first day; the other two count the Monday. With
#           "backward" it agrees, and then nought days after the Saturday is the Friday before. Of nought days there are three
#           answers; pandas goes on to Monday, date-fns stays on the Saturday.
# Caller:   roll="backward" for a number above nought, "forward" for nought; and write into the rule itself which day is the
#           first. A test that begins on weekdays sees none of this.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages numpy==2.4.6 pandas==3.1.1
npm_packages date-fns@4.4.0
export TZ=UTC
observe python - <<'PYTHON'
from datetime import date
import numpy
import pandas

for start in (date(2026, 12, 4), date(2026, 12, 5)):
    for days in (0, 1, 5):
        answers = {f"numpy {roll}": numpy.busday_offset(start, days, roll=roll).item() for roll in ("forward", "backward")}
        answers["pandas"] = pandas.Timestamp(start) + pandas.offsets.BDay(days)
        print(f"{start:%a %d} + {days}:", *(f"{name} {day:%a %d}," for name, day in answers.items()))
PYTHON
cat >add.cjs <<'NODE'
const { addBusinessDays, format } = require("date-fns");
for (const start of ["2026-12-04T12:00", "2026-12-05T12:00"])
  console.log("date-fns:", ...[0, 1, 5].map((days) => format(addBusinessDays(new Date(start), days), "EEE dd")));
NODE
observe node add.cjs
seen <<'SEEN'
Fri 04 + 0: numpy forward Fri 04, numpy backward Fri 04, pandas Fri 04,
Fri 04 + 1: numpy forward Mon 07, numpy backward Mon 07, pandas Mon 07,
Fri 04 + 5: numpy forward Fri 11, numpy backward Fri 11, pandas Fri 11,
Sat 05 + 0: numpy forward Mon 07, numpy backward Fri 04, pandas Mon 07,
Sat 05 + 1: numpy forward Tue 08, numpy backward Mon 07, pandas Mon 07,
Sat 05 + 5: numpy forward Mon 14, numpy backward Fri 11, pandas Fri 11,
date-fns: Fri 04 Mon 07 Fri 11
date-fns: Sat 05 Mon 07 Fri 11
SEEN
