#!/usr/bin/env bash
# "03 Sept 2029": in British English September has four letters, and four libraries cannot read each other's dates that month.
#
# Expected: "dd MMM yyyy" writes three letters for a month, in English anyway, and what one library writes another reads.
# Seen:     Node (seen with 20.20.2), luxon 3.7.2 and Babel 2.19.0 write "Sept" for en-GB, as CLDR has it, date-fns 4.4.0 and
#           Python "Sep". So luxon cannot read date-fns' and Python's dates, nor they its; each of the eleven other months is
#           read by all. In American English luxon writes and reads "Sep".
# Caller:   months in digits, or in full; and a test of dates goes through all twelve.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages luxon@3.7.2 date-fns@4.4.0
pip_packages Babel==2.19.0
cat >months.mjs <<'NODE'
import { format, isValid, parse } from "date-fns";
import { enGB } from "date-fns/locale";
import { DateTime } from "luxon";

const locale = "en-GB";
const byLuxon = (date) => DateTime.fromJSDate(date).setLocale(locale).toFormat("dd LLL yyyy");
const byDateFns = (date) => format(date, "dd MMM yyyy", { locale: enGB });
const lost = { luxon: [], "date-fns": [] };
for (let month = 0; month < 12; month++) {
  const date = new Date(2029, month, 3);
  if (!DateTime.fromFormat(byDateFns(date), "dd LLL yyyy", { locale }).isValid) lost.luxon.push(byDateFns(date));
  if (!isValid(parse(byLuxon(date), "dd MMM yyyy", new Date(), { locale: enGB }))) lost["date-fns"].push(byLuxon(date));
}
console.log("Node writes", new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(2029, 8, 3)));
for (const [library, texts] of Object.entries(lost)) console.log(`${library} cannot read`, texts);
NODE
observe node months.mjs
observe python - <<'PYTHON'
from datetime import date, datetime
from babel.dates import format_date

written = format_date(date(2029, 9, 3), "dd MMM yyyy", locale="en_GB")
try:
    datetime.strptime(written, "%d %b %Y")
except ValueError:
    print("Babel writes", written, "which strptime cannot read; strftime writes", date(2029, 9, 3).strftime("%d %b %Y"))
PYTHON
seen <<'SEEN'
Node writes 3 Sept 2029
luxon cannot read [ '03 Sep 2029' ]
date-fns cannot read [ '03 Sept 2029' ]
Babel writes 03 Sept 2029 which strptime cannot read; strftime writes 03 Sep 2029
SEEN
