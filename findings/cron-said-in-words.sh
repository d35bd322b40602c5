#!/usr/bin/env bash
# "0 9 13 * 5" runs on every Friday and on the 13th; cronstrue 3.39.0 (npm) says "on day 13 of the month, and on Friday".
#
# Expected: the words for a schedule, by which people approve it, say when it runs; cron-descriptor 2.2.1 says "or on Friday".
# Seen:     "and" reads as Friday the 13th, once or twice a year. Both call */40 "every 40 minutes", which runs at 00 and 40
#           and so every 40 and every 20 minutes, and */10 in the days "every 10 days", which runs on the 31st and again on
#           the 1st; likewise "every 5 hours" with four from 20:00 to midnight.
# Caller:   show the next runs beside the words, as computed by what will run it.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages cronstrue@3.39.0
pip_packages cron-descriptor==2.2.1 croniter==7.0.0
echo '["0 9 13 * 5", "*/40 * * * *", "0 9 */10 * *", "0 */5 * * *"]' >lines.json
observe python - <<'PYTHON'
import json
from datetime import datetime
from cron_descriptor import get_description
from croniter import croniter

for line in json.load(open("lines.json")):
    runs = croniter(line, datetime(2029, 5, 11, 20))
    print(f"{line} = {get_description(line)}:", *(f"{runs.get_next(datetime):%a %d %b %H:%M}," for _ in range(4)))
PYTHON
cat >say.cjs <<'NODE'
const { toString } = require("cronstrue");
for (const line of require("./lines.json")) console.log("cronstrue:", line, "=", toString(line));
NODE
observe node say.cjs
seen <<'SEEN'
0 9 13 * 5 = At 09:00 AM, on day 13 of the month, or on Friday: Sun 13 May 09:00, Fri 18 May 09:00, Fri 25 May 09:00, Fri 01 Jun 09:00,
*/40 * * * * = Every 40 minutes: Fri 11 May 20:40, Fri 11 May 21:00, Fri 11 May 21:40, Fri 11 May 22:00,
0 9 */10 * * = At 09:00 AM, every 10 days: Mon 21 May 09:00, Thu 31 May 09:00, Fri 01 Jun 09:00, Mon 11 Jun 09:00,
0 */5 * * * = Every 5 hours: Sat 12 May 00:00, Sat 12 May 05:00, Sat 12 May 10:00, Sat 12 May 15:00,
cronstrue: 0 9 13 * 5 = At 09:00 AM, on day 13 of the month, and on Friday
cronstrue: */40 * * * * = Every 40 minutes
cronstrue: 0 9 */10 * * = At 09:00 AM, every 10 days in a month
cronstrue: 0 */5 * * * = On the hour, every 5 hours
SEEN
