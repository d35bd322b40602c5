#!/usr/bin/env bash
# PostgreSQL (PGlite 0.5.17 is 18.7): "version.*?(\d+)" takes one digit of 00020003, and \b is no edge of a word.
#
# Expected: in a regular expression each quantifier is greedy or not by itself, so the digits behind "the least of anything"
#           are all of them; and \bversion\b finds the word. So it is in DuckDB 2.0.1 and in Node.
# Seen:     the first quantifier decides for the whole expression (PostgreSQL's manual, 9.7.3.5): behind a lazy .*? the group
#           has one digit, and behind a greedy one ".*?" runs to the end of the text, so that two marks and all between them
#           are replaced as if they were one. \b is a backspace there, so the second finds nothing; \y is the edge. No warning
#           in any of them.
# Caller:   say what must not come between instead of .*? ([^0-9]*), close with \M, or read such texts in the program; a query
#           that was tried on one digit or in another database is no proof.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages duckdb==2.0.1
npm_packages @electric-sql/pglite@0.5.17
cat >patterns.json <<'JSON'
[
  ["version of the image 00020003", "version.*?(\\d+)"],
  ["version of the image 00020003", "version[^0-9]*(\\d+)"],
  ["note 1: [0002] [0003]", "note \\d+: (\\[.*?\\])"],
  ["the version 2", "(\\bversion\\b)"],
  ["the version 2", "(\\yversion\\y)"]
]
JSON
cat >postgres.mjs <<'NODE'
import { readFileSync } from "fs";
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create();
for (const [text, pattern] of JSON.parse(readFileSync("patterns.json", "utf8"))) {
  const { rows } = await db.query("select substring($1, $2) part", [text, pattern]);
  console.log(`${pattern} PostgreSQL: ${rows[0].part}, Node: ${(text.match(new RegExp(pattern)) || [])[1]}`);
}
NODE
observe node postgres.mjs
observe python - <<'PYTHON'
import json
import duckdb

for text, pattern in json.load(open("patterns.json"))[:4]:
    print(pattern, "DuckDB:", duckdb.execute("select regexp_extract(?, ?, 1)", [text, pattern]).fetchall()[0][0])
PYTHON
seen <<'SEEN'
version.*?(\d+) PostgreSQL: 0, Node: 00020003
version[^0-9]*(\d+) PostgreSQL: 00020003, Node: 00020003
note \d+: (\[.*?\]) PostgreSQL: [0002] [0003], Node: [0002]
(\bversion\b) PostgreSQL: null, Node: version
(\yversion\y) PostgreSQL: version, Node: undefined
version.*?(\d+) DuckDB: 00020003
version[^0-9]*(\d+) DuckDB: 00020003
note \d+: (\[.*?\]) DuckDB: [0002]
(\bversion\b) DuckDB: version
SEEN
