#!/usr/bin/env bash
# xlsx2csv 0.8.6 writes midnight as 12:00 and half past one in the afternoon as 01:30, where a cell's format has one h.
#
# Expected: an h without AM/PM in the format counts to 24 (ECMA-376 part 1, 18.8.31), and openpyxl gives dates with a time
#           "yyyy-mm-dd h:mm:ss" by itself, so midnight is 0:00:00.
# Seen:     with one h the hour is counted to twelve, and there is no word for the half of the day: 00:00 is 12:00:00 and
#           13:30 is 01:30, like the times they are mixed up with; with hh they are right. 23:30 is 23:29:59, or 11:29, as the
#           fraction is cut. Hours of [h]:mm are days, 1.25.
# Caller:   -f %Y-%m-%dT%H:%M:%S gives all dates the whole clock; the cut second remains.
. "$(dirname "$0")/lib.sh"
pip_packages xlsx2csv==0.8.6 openpyxl==3.1.5
observe python - <<'PYTHON'
from datetime import datetime, timedelta
import openpyxl

book = openpyxl.Workbook()
for hour in (0, 1, 12, 13, 23):
    moment = datetime(2029, 4, 3, hour, 30 if hour else 0)
    book.active.append([moment, moment, moment, timedelta(hours=hour + 30)])
    for cell, shown in zip(book.active[book.active.max_row], ("yyyy-mm-dd h:mm:ss", "yyyy-mm-dd hh:mm:ss", "dd/mm/yyyy h:mm", "[h]:mm")):
        cell.number_format = shown
book.save("times.xlsx")
PYTHON
observe xlsx2csv times.xlsx
observe xlsx2csv -f %Y-%m-%dT%H:%M:%S times.xlsx
seen <<'SEEN'
2029-04-03 12:00:00,2029-04-03 00:00:00,03/04/2029 12:00,1.25
2029-04-03 01:30:00,2029-04-03 01:30:00,03/04/2029 01:30,1.291667
2029-04-03 12:30:00,2029-04-03 12:30:00,03/04/2029 12:30,1.75
2029-04-03 01:30:00,2029-04-03 13:30:00,03/04/2029 01:30,1.791667
2029-04-03 11:29:59,2029-04-03 23:29:59,03/04/2029 11:29,2.208333
2029-04-03T00:00:00,2029-04-03T00:00:00,2029-04-03T00:00:00,1.25
2029-04-03T01:30:00,2029-04-03T01:30:00,2029-04-03T01:30:00,1.291667
2029-04-03T12:30:00,2029-04-03T12:30:00,2029-04-03T12:30:00,1.75
2029-04-03T13:30:00,2029-04-03T13:30:00,2029-04-03T13:30:00,1.791667
2029-04-03T23:29:59,2029-04-03T23:29:59,2029-04-03T23:29:59,2.208333
SEEN
