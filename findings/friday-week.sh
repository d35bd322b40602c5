#!/usr/bin/env bash
# "Friday week" is this Friday for chrono-node 2.10.3 (npm), and "six months before 31 August 2029" is 3 March.
#
# Expected: a British way of saying a day is understood, by the parser that is asked for British English (chrono.en.GB), or is
#           not taken for a date at all, as by dateparser 1.5.0; and six months before the 31st are the last of February.
# Seen:     chrono takes the words that it knows for the whole and leaves out the rest: "Friday week" and "a week on Friday"
#           are three days ahead and not ten, "Tuesday next" said on a Tuesday is today, a period before "from" is dropped,
#           and "28 days after receipt" is counted from now. "Before" it reads, and counts 31 February on into March.
#           parsedatetime 2.6 reads "Tuesday week" as it is meant, and not "Friday week".
# Caller:   look whether what was taken (result.text) is all that there is, and ask a person where it is not; a day that is a
#           week too early is a likely day.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages dateparser==1.5.0 parsedatetime==2.6
npm_packages chrono-node@2.10.3
export TZ=UTC
cat >texts.json <<'JSON'
["Friday week", "a week on Friday", "Tuesday week", "on Tuesday next",
 "six months from 31 August 2029", "six months before 31 August 2029", "28 days after receipt", "Friday"]
JSON
cat >days.mjs <<'NODE'
import { readFileSync } from "fs";
import * as chrono from "chrono-node";

for (const text of JSON.parse(readFileSync("texts.json", "utf8"))) {
  const results = chrono.en.GB.parse(text, new Date("2029-04-03T10:00:00Z"));
  const days = results.map((result) => `${result.start.date().toISOString().slice(0, 10)} from "${result.text}"`);
  console.log(`chrono, ${text}:`, ...days);
}
NODE
observe node days.mjs
observe python -W ignore - <<'PYTHON'
import json
from datetime import datetime
import dateparser
import parsedatetime

tuesday = datetime(2029, 4, 3, 10)
for text in json.load(open("texts.json"))[:4]:
    by_dateparser = dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": tuesday})
    print(f"dateparser, {text}: {by_dateparser}; parsedatetime: {parsedatetime.Calendar().parseDT(text, tuesday)[0].date()}")
PYTHON
seen <<'SEEN'
chrono, Friday week: 2029-04-06 from "Friday"
chrono, a week on Friday: 2029-04-06 from "on Friday"
chrono, Tuesday week: 2029-04-03 from "Tuesday"
chrono, on Tuesday next: 2029-04-03 from "on Tuesday"
chrono, six months from 31 August 2029: 2029-08-31 from "31 August 2029"
chrono, six months before 31 August 2029: 2029-03-03 from "six months before 31 August 2029"
chrono, 28 days after receipt: 2029-05-01 from "28 days after"
chrono, Friday: 2029-04-06 from "Friday"
dateparser, Friday week: None; parsedatetime: 2029-04-06
dateparser, a week on Friday: None; parsedatetime: 2029-04-10
dateparser, Tuesday week: None; parsedatetime: 2029-04-10
dateparser, on Tuesday next: None; parsedatetime: 2029-04-10
SEEN
