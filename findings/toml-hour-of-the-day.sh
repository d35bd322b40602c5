#!/usr/bin/env bash
# A local time in TOML, 2029-07-01T10:00:00, has the hour 11 in Britain by @iarna/toml 3.0.0 and smol-toml 1.9.1 (npm).
#
# Expected: a time without an offset is the wall clock's (TOML 1.0, "Local Date-Time"), so getHours() is 10; tomllib of Python gives
#           a naive datetime with that hour.
# Seen:     both give a subclass of Date that keeps 10:00 as if it were Greenwich: toISOString() says 10:00 without a Z, all that
#           Date itself does (getHours, toLocaleString, comparing with now) is the zone's offset off. toml 5.0.1 (npm) gives a text. Of a
#           date both make a moment too: 1 July is 30 June where the clock is behind Greenwich.
# Caller:   write offsets into a settings file, or texts; read local times by toISOString() only.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages @iarna/toml@3.0.0 smol-toml@1.9.1 toml@5.0.1
cat >read.mjs <<'NODE'
import iarna from "@iarna/toml";
import * as smol from "smol-toml";
import toml from "toml";

for (const [name, parse] of [["@iarna/toml", iarna.parse], ["smol-toml", smol.parse], ["toml", toml.parse]])
  for (const text of ["2029-07-01T10:00:00", "2029-07-01"]) {
    const value = parse(`at = ${text}`).at;
    const hour = value instanceof Date ? `day ${value.getDate()}, hour ${value.getHours()}` : typeof value;
    console.log(process.env.TZ, name, JSON.stringify(value), hour);
  }
NODE
observe env TZ=Europe/London node read.mjs
observe env TZ=America/New_York node read.mjs
observe python3 -c 'import tomllib; print(tomllib.loads("at = 2029-07-01T10:00:00"))'
seen <<'SEEN'
Europe/London @iarna/toml "2029-07-01T10:00:00.000" day 1, hour 11
Europe/London @iarna/toml "2029-07-01" day 1, hour 1
Europe/London smol-toml "2029-07-01T10:00:00.000" day 1, hour 11
Europe/London smol-toml "2029-07-01" day 1, hour 1
Europe/London toml "2029-07-01T10:00:00" string
Europe/London toml "2029-07-01" string
America/New_York @iarna/toml "2029-07-01T10:00:00.000" day 1, hour 6
America/New_York @iarna/toml "2029-07-01" day 30, hour 20
America/New_York smol-toml "2029-07-01T10:00:00.000" day 1, hour 6
America/New_York smol-toml "2029-07-01" day 30, hour 20
America/New_York toml "2029-07-01T10:00:00" string
America/New_York toml "2029-07-01" string
{'at': datetime.datetime(2029, 7, 1, 10, 0)}
SEEN
