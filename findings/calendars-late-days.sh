#!/usr/bin/env bash
# workalendar 17.0.0 does not know the Coronation Day of 2023, nor date-holidays 3.37.0 (npm) Scotland's day of June 2026.
#
# Expected: a calendar released years later knows every bank holiday that was proclaimed; holidays 0.109 does.
# Seen:     8 May 2023 is a working day in workalendar's UnitedKingdom and UnitedKingdomNorthernIreland, and it is the one
#           difference in twenty-two years; 15 June 2026 is one in date-holidays' GB/SCT. Both know 19 September 2022.
# Caller:   let days that come by proclamation be data of one's own, and compare two calendars over the past.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages workalendar==17.0.0 holidays==0.109
npm_packages date-holidays@3.37.0
cat >days.cjs <<'NODE'
const Holidays = require("date-holidays");
const days = {};
for (const part of ["ENG", "NIR", "SCT"]) {
  const calendar = new Holidays("GB", part);
  days[part] = [];
  for (let year = 2019; year <= 2040; year++)
    for (const day of calendar.getHolidays(year)) if (day.type === "public") days[part].push(day.date.slice(0, 10));
}
console.log(JSON.stringify(days));
NODE
node days.cjs >days.json
observe python - <<'PYTHON'
import json
from datetime import date
import holidays
from workalendar.europe import UnitedKingdom, UnitedKingdomNorthernIreland

def working(days):
    return {day for day in days if day.weekday() < 5}

years = range(2019, 2041)
other = json.load(open("days.json"))
workalendars = {"ENG": UnitedKingdom(), "NIR": UnitedKingdomNorthernIreland()}
for part in ("ENG", "NIR", "SCT"):
    known = working(holidays.UnitedKingdom(subdiv=part, years=years))
    print(part, "missing in date-holidays:", *sorted(known - working(map(date.fromisoformat, other[part]))))
    if part in workalendars:
        there = working(day for year in years for day, _ in workalendars[part].holidays(year))
        print(part, "missing in workalendar:", *sorted(known - there), "and more:", *sorted(there - known))
PYTHON
seen <<'SEEN'
ENG missing in date-holidays:
ENG missing in workalendar: 2023-05-08 and more:
NIR missing in date-holidays:
NIR missing in workalendar: 2023-05-08 and more:
SCT missing in date-holidays: 2026-06-15
SEEN
