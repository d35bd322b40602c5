#!/usr/bin/env bash
# Temporal (@js-temporal/polyfill 0.5.1, temporal-polyfill 1.0.8 of npm) makes 30 April of the parts 31, 4 and 2029.
#
# Expected: a day that does not exist is refused, as PlainDate.from("2029-04-31") is, and Python's date(2029, 4, 31).
# Seen:     from an object each part is moved to the nearest that can be: day 31 to 30, month 13 to December, 10:75 to 10:59,
#           25:00 to 23:00. No error, as "overflow" is "constrain" unless one says otherwise. A text with the same parts raises.
# Caller:   { overflow: "reject" } wherever the parts come from three fields of a form: a mistyped expiry is otherwise stored as
#           a likely one.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages @js-temporal/polyfill@0.5.1 temporal-polyfill@1.0.8
cat >parts.mjs <<'NODE'
import { Temporal as first } from "@js-temporal/polyfill";
import { Temporal as second } from "temporal-polyfill";

const told = (make) => {
  try {
    return String(make());
  } catch (error) {
    return error.name;
  }
};
for (const { PlainDate, PlainTime } of [first, second]) {
  console.log("31, 4, 2029:", told(() => PlainDate.from({ year: 2029, month: 4, day: 31 })));
  console.log("1, 13, 2029:", told(() => PlainDate.from({ year: 2029, month: 13, day: 1 })));
  console.log("10, 75:", told(() => PlainTime.from({ hour: 10, minute: 75 })));
  console.log("2029-04-31:", told(() => PlainDate.from("2029-04-31")));
  console.log("rejecting:", told(() => PlainDate.from({ year: 2029, month: 4, day: 31 }, { overflow: "reject" })));
}
NODE
observe node parts.mjs
seen <<'SEEN'
31, 4, 2029: 2029-04-30
1, 13, 2029: 2029-12-01
10, 75: 10:59:00
2029-04-31: RangeError
rejecting: RangeError
31, 4, 2029: 2029-04-30
1, 13, 2029: 2029-12-01
10, 75: 10:59:00
2029-04-31: RangeError
rejecting: RangeError
SEEN
