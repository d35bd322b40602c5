#!/usr/bin/env bash
# A daily run at 01:30 in London happens twice on the last Sunday of October by croniter 7.0.0 and APScheduler 3.11.3.
#
# Expected: "30 1 * * *" is once a day, as with Vixie cron and its heirs, for which a time that comes twice counts once.
# Seen:     croniter and APScheduler run at both of them; cronsim 2.8, cron-parser 5.10.5 and croner 11.0.0 (npm) at the
#           first. In March, when there is no 01:30, all run, and at two times: APScheduler and cron-parser at half past
#           two, the other three at two o'clock, so that an expected distance of 24 hours is off by half an hour.
# Caller:   run what must happen once a day at an hour that every day has, or in UTC, and let a run know the day that it is for.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages croniter==7.0.0 cronsim==2.8 APScheduler==3.11.3 tzdata==2026.6
npm_packages cron-parser@5.10.5 croner@11.0.0
observe python -W ignore - <<'PYTHON'
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo
from apscheduler.triggers.cron import CronTrigger
from croniter import croniter
from cronsim import CronSim

london = ZoneInfo("Europe/London")
for month, day in ((3, 24), (10, 27)):
    noon = datetime(2029, month, day, 12, tzinfo=london)
    end = noon.astimezone(UTC) + timedelta(days=2)
    by_croniter = croniter("30 1 * * *", noon)
    by_cronsim = CronSim("30 1 * * *", noon)
    by_apscheduler, moment = CronTrigger.from_crontab("30 1 * * *", london), [noon]

    def after(trigger=by_apscheduler):
        later = (moment[-1].astimezone(UTC) + timedelta(seconds=1)).astimezone(london)
        moment.append(trigger.get_next_fire_time(moment[-1], later))
        return moment[-1]

    runs = {"croniter": lambda: by_croniter.get_next(datetime), "cronsim": lambda: next(by_cronsim), "APScheduler": after}
    for name, following in runs.items():
        times = [following().astimezone(UTC) for _ in range(4)]
        print(name, *(time.strftime("%d %B %H:%M UTC;") for time in times if time < end))
PYTHON
cat >runs.mjs <<'NODE'
import { CronExpressionParser } from "cron-parser";
import { Cron } from "croner";

const tz = "Europe/London";
for (const noon of ["2029-03-24T12:00:00Z", "2029-10-27T11:00:00Z"]) {
  const currentDate = new Date(noon);
  const end = Date.parse(noon) + 48 * 3600e3;
  const parsed = CronExpressionParser.parse("30 1 * * *", { currentDate, tz });
  const runs = {
    "cron-parser": Array.from({ length: 4 }, () => parsed.next().toDate()),
    croner: new Cron("30 1 * * *", { timezone: tz }).nextRuns(4, currentDate),
  };
  for (const [name, times] of Object.entries(runs))
    console.log(name, ...times.filter((time) => time < end).map((time) => time.toISOString().slice(5, 16) + "Z;"));
}
NODE
observe node runs.mjs
seen <<'SEEN'
croniter 25 March 01:00 UTC; 26 March 00:30 UTC;
cronsim 25 March 01:00 UTC; 26 March 00:30 UTC;
APScheduler 25 March 01:30 UTC; 26 March 00:30 UTC;
croniter 28 October 00:30 UTC; 28 October 01:30 UTC; 29 October 01:30 UTC;
cronsim 28 October 00:30 UTC; 29 October 01:30 UTC;
APScheduler 28 October 00:30 UTC; 28 October 01:30 UTC; 29 October 01:30 UTC;
cron-parser 03-25T01:30Z; 03-26T00:30Z;
croner 03-25T01:00Z; 03-26T00:30Z;
cron-parser 10-28T00:30Z; 10-29T01:30Z;
croner 10-28T00:30Z; 10-29T01:30Z;
SEEN
