#!/usr/bin/env bash
# holidays 0.109: the United Kingdom as a whole has no Easter Monday.
#
# Expected: GB() knows the days on which London rests, or asks for a part of the country.
# Seen:     only what all parts have in common; Easter Monday and the summer bank holiday are missing without a word.
#           Beyond 2100 it knows no holiday at all, and raises nothing.
# Caller:   always name the part: GB(subdiv="ENG"); and refuse years beyond the table.
. "$(dirname "$0")/lib.sh"
pip_packages holidays==0.109
observe python - <<'PYTHON'
import holidays

days = {"Easter Monday": "2027-03-29", "Summer Bank Holiday": "2027-08-30", "Christmas Day": "2101-12-25"}
for name, day in days.items():
    print(name, "GB:", day in holidays.GB(), "England:", day in holidays.GB(subdiv="ENG"))
PYTHON
seen <<'SEEN'
Easter Monday GB: False England: True
Summer Bank Holiday GB: False England: True
Christmas Day GB: False England: False
SEEN
