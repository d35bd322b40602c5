#!/usr/bin/env bash
# Node (seen with 20.20.2) and luxon 3.7.2: the zone "BST" is that of Bangladesh, five hours off British Summer Time.
#
# Expected: an error, as from Python's zoneinfo and for BDST, for the tz database has no zone of this name; or an hour east of
#           Greenwich, as PostgreSQL's own table of abbreviations has it (PGlite 0.5.14 is PostgreSQL 18.6).
# Seen:     Intl takes it for Asia/Dhaka, though supportedValuesOf does not name it, and so luxon: noon is 06:00 in Greenwich.
# Caller:   never hand a zone's abbreviation from a mail, a log or a spreadsheet to Intl; a full name has a stroke in it, or
#           is UTC. The time is wrong by less than a day, so it lands on a likely hour.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages luxon@3.7.2 @electric-sql/pglite@0.5.14
cat >read.mjs <<'NODE'
import { PGlite } from "@electric-sql/pglite";
import { DateTime } from "luxon";

const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: "BST" }).resolvedOptions();
console.log("Intl", timeZone, "among those that it names:", Intl.supportedValuesOf("timeZone").includes("BST"));
for (const zone of ["Europe/London", "BST", "BDST"]) {
  const noon = DateTime.fromISO("2029-07-03T12:00", { zone });
  console.log("luxon", zone, noon.isValid ? noon.toUTC().toISO() : noon.invalidReason);
}
const { rows } = await new PGlite().query("select '2029-07-03 12:00 BST'::timestamptz as noon");
console.log("PostgreSQL BST", rows[0].noon.toISOString());
NODE
observe node read.mjs
observe python3 - <<'PYTHON'
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

try:
    print("Python BST", ZoneInfo("BST"))
except ZoneInfoNotFoundError as error:
    print("Python BST", error.args[0])
PYTHON
seen <<'SEEN'
Intl Asia/Dhaka among those that it names: false
luxon Europe/London 2029-07-03T11:00:00.000Z
luxon BST 2029-07-03T06:00:00.000Z
luxon BDST unsupported zone
PostgreSQL BST 2029-07-03T11:00:00.000Z
Python BST No time zone found with key BST
SEEN
