#!/usr/bin/env bash
# "0 9 * * 1" is Monday for cron and Tuesday for APScheduler 3.11.3; "the 13th, Friday" is every Friday for the others.
#
# Expected: from_crontab reads the five fields as cron does: 0 and 7 are Sunday, 1 is Monday; and where both a day of the
#           month and a day of the week are named, either will do (POSIX, crontab).
# Seen:     APScheduler counts its weekdays from Monday, in from_crontab too, so that numbers are a day late and "1-5" runs on
#           Saturdays and not on Mondays; names (mon-fri) are right. It wants both days to fit, where croniter 7.0.0, cronsim
#           2.8 and croner 11.0.1 (npm) take either: of four runs none is the same. cronstrue 3.39.0 (npm), which tells people
#           in words when it is, says "on day 13 of the month, and on Friday"; cron-descriptor 2.2.1 says "or".
# Caller:   write weekdays as names and leave one of the two fields free; let the job itself ask whether it is the day.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages APScheduler==3.11.3 croniter==7.0.0 cronsim==2.8 cron-descriptor==2.2.1
npm_packages croner@11.0.1 cronstrue@3.39.0
cat >lines.json <<'JSON'
["0 9 * * 1", "0 9 * * mon", "0 9 * * 1-5", "0 9 13 * 5"]
JSON
observe python -W ignore - <<'PYTHON'
import json
from datetime import UTC, datetime, timedelta
from apscheduler.triggers.cron import CronTrigger
from cron_descriptor import get_description
from croniter import croniter
from cronsim import CronSim

begin = datetime(2029, 4, 1, tzinfo=UTC)
for line in json.load(open("lines.json")):
    trigger, moments = CronTrigger.from_crontab(line, UTC), [begin]
    while len(moments) < 5:
        moments.append(trigger.get_next_fire_time(None, moments[-1] + timedelta(seconds=1)))
    by_croniter, by_cronsim = croniter(line, begin), CronSim(line, begin)
    runs = {
        "APScheduler": moments[1:],
        "croniter": [by_croniter.get_next(datetime) for _ in range(4)],
        "cronsim": [next(by_cronsim) for _ in range(4)],
    }
    for name, days in runs.items():
        print(f"{line}, {name}:", *(day.strftime("%a %d %b %Y;") for day in days))
    print(f"{line}, cron-descriptor:", get_description(line))
PYTHON
cat >runs.mjs <<'NODE'
import { readFileSync } from "fs";
import { Cron } from "croner";
import cronstrue from "cronstrue";

for (const line of JSON.parse(readFileSync("lines.json", "utf8"))) {
  const days = new Cron(line, { timezone: "UTC" }).nextRuns(4, new Date("2029-04-01T00:00:00Z"));
  console.log(`${line}, croner:`, ...days.map((day) => day.toUTCString().slice(0, 16).replace(",", "") + ";"));
  console.log(`${line}, cronstrue:`, cronstrue.toString(line));
}
NODE
observe node runs.mjs
seen <<'SEEN'
0 9 * * 1, APScheduler: Tue 03 Apr 2029; Tue 10 Apr 2029; Tue 17 Apr 2029; Tue 24 Apr 2029;
0 9 * * 1, croniter: Mon 02 Apr 2029; Mon 09 Apr 2029; Mon 16 Apr 2029; Mon 23 Apr 2029;
0 9 * * 1, cronsim: Mon 02 Apr 2029; Mon 09 Apr 2029; Mon 16 Apr 2029; Mon 23 Apr 2029;
0 9 * * 1, cron-descriptor: At 09:00 AM, only on Monday
0 9 * * mon, APScheduler: Mon 02 Apr 2029; Mon 09 Apr 2029; Mon 16 Apr 2029; Mon 23 Apr 2029;
0 9 * * mon, croniter: Mon 02 Apr 2029; Mon 09 Apr 2029; Mon 16 Apr 2029; Mon 23 Apr 2029;
0 9 * * mon, cronsim: Mon 02 Apr 2029; Mon 09 Apr 2029; Mon 16 Apr 2029; Mon 23 Apr 2029;
0 9 * * mon, cron-descriptor: At 09:00 AM, only on Monday
0 9 * * 1-5, APScheduler: Tue 03 Apr 2029; Wed 04 Apr 2029; Thu 05 Apr 2029; Fri 06 Apr 2029;
0 9 * * 1-5, croniter: Mon 02 Apr 2029; Tue 03 Apr 2029; Wed 04 Apr 2029; Thu 05 Apr 2029;
0 9 * * 1-5, cronsim: Mon 02 Apr 2029; Tue 03 Apr 2029; Wed 04 Apr 2029; Thu 05 Apr 2029;
0 9 * * 1-5, cron-descriptor: At 09:00 AM, Monday through Friday
0 9 13 * 5, APScheduler: Sat 13 Oct 2029; Sat 13 Apr 2030; Sat 13 Jul 2030; Sat 13 Sep 2031;
0 9 13 * 5, croniter: Fri 06 Apr 2029; Fri 13 Apr 2029; Fri 20 Apr 2029; Fri 27 Apr 2029;
0 9 13 * 5, cronsim: Fri 06 Apr 2029; Fri 13 Apr 2029; Fri 20 Apr 2029; Fri 27 Apr 2029;
0 9 13 * 5, cron-descriptor: At 09:00 AM, on day 13 of the month, or on Friday
0 9 * * 1, croner: Mon 02 Apr 2029; Mon 09 Apr 2029; Mon 16 Apr 2029; Mon 23 Apr 2029;
0 9 * * 1, cronstrue: At 09:00 AM, only on Monday
0 9 * * mon, croner: Mon 02 Apr 2029; Mon 09 Apr 2029; Mon 16 Apr 2029; Mon 23 Apr 2029;
0 9 * * mon, cronstrue: At 09:00 AM, only on Monday
0 9 * * 1-5, croner: Mon 02 Apr 2029; Tue 03 Apr 2029; Wed 04 Apr 2029; Thu 05 Apr 2029;
0 9 * * 1-5, cronstrue: At 09:00 AM, Monday through Friday
0 9 13 * 5, croner: Fri 06 Apr 2029; Fri 13 Apr 2029; Fri 20 Apr 2029; Fri 27 Apr 2029;
0 9 13 * 5, cronstrue: At 09:00 AM, on day 13 of the month, and on Friday
SEEN
