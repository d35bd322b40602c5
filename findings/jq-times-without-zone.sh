#!/usr/bin/env bash
# jq (1.13.0 of PyPI) reads the offset of a time by %z, and takes the time for one in Greenwich all the same.
#
# Expected: "10:00+0100" by strptime with %z and mktime is 09:00 in Greenwich, or %z is an error.
# Seen:     the offset must be there and may be any; the number that comes out is that of 10:00 in Greenwich. From -0500 it is
#           another day. What strptime hands on has no place for an offset, so nothing behind it can know. jq-wasm 1.0.1
#           (npm), another build of jq, does the same.
# Caller:   let logs and lists have times with a Z; else take the offset out by capture() and subtract it.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages jq==1.13.0
npm_packages jq-wasm@1.0.1
cat >moments.json <<'JSON'
["2029-07-03T10:00:00Z", "2029-07-03T10:00:00+0100", "2029-07-03T23:30:00-0500"]
JSON
cat >program.jq <<'JQ'
.[] | "\(.) is \(strptime("%Y-%m-%dT%H:%M:%S%z") | mktime | todate)"
JQ
observe python - <<'PYTHON'
from pathlib import Path
import jq

for line in jq.compile(Path("program.jq").read_text()).input_text(Path("moments.json").read_text()):
    print("jq of PyPI:", line)
PYTHON
cat >moments.cjs <<'NODE'
const { readFileSync } = require("fs");
require("jq-wasm").raw(JSON.parse(readFileSync("moments.json", "utf8")), readFileSync("program.jq", "utf8"), ["-r"])
  .then((text) => text.trim().split("\n").forEach((line) => console.log("jq-wasm:", line)));
NODE
observe node moments.cjs
seen <<'SEEN'
jq of PyPI: 2029-07-03T10:00:00Z is 2029-07-03T10:00:00Z
jq of PyPI: 2029-07-03T10:00:00+0100 is 2029-07-03T10:00:00Z
jq of PyPI: 2029-07-03T23:30:00-0500 is 2029-07-03T23:30:00Z
jq-wasm: 2029-07-03T10:00:00Z is 2029-07-03T10:00:00Z
jq-wasm: 2029-07-03T10:00:00+0100 is 2029-07-03T10:00:00Z
jq-wasm: 2029-07-03T23:30:00-0500 is 2029-07-03T23:30:00Z
SEEN
