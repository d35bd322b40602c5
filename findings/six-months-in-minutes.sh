#!/usr/bin/env bash
# "6M" is six minutes for ms 2.1.3 and parse-duration 2.1.9 (npm); "P6M" of ISO 8601 is six minutes for the second, too.
#
# Expected: a capital M is months, as in ISO 8601, or an error; "1Y" beside it is a year.
# Seen:     both put the whole into small letters first, so that M is m: 360 seconds. Of "P6M" parse-duration leaves the P
#           out and reads the rest; ms gives undefined for it, and for "6 months", which parse-duration reads as 182.6 days.
# Caller:   a time for which evidence is kept, or a warning before a certificate ends, is given in days; and a test has the
#           number that comes out, since six minutes work as well as six months until something is deleted.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages ms@2.1.3 parse-duration@2.1.9
cat >parse.mjs <<'NODE'
import ms from "ms";
import parse from "parse-duration";

const seconds = (milliseconds) => (milliseconds == null ? String(milliseconds) : `${milliseconds / 1000} s`);
for (const text of ["6m", "6M", "P6M", "6 months", "1Y"])
  console.log(`${text}: ms ${seconds(ms(text))}, parse-duration ${seconds(parse(text))}`);
NODE
observe node parse.mjs
seen <<'SEEN'
6m: ms 360 s, parse-duration 360 s
6M: ms 360 s, parse-duration 360 s
P6M: ms undefined, parse-duration 360 s
6 months: ms undefined, parse-duration 15778800 s
1Y: ms 31557600 s, parse-duration 31557600 s
SEEN
