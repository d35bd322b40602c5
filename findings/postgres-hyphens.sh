#!/usr/bin/env bash
# PostgreSQL's text search (PGlite 0.5.14 is 18.6) reads the hyphens of an EUI-64, a version or a date as minus signs.
#
# Expected: "10-20-00-0A" is one word, or the words 10, 20, 00 and 0A; whoever looks for a part of it finds it.
# Seen:     with the plainest configuration ("simple") the words are 10, -20, -00, -0 and a. "20" is not there, nor is "20-00";
#           10-20 is. Where letters stand next to the hyphen the cut is another, so that one address has -01, b3 and b3-d5-1f
#           in it. Colons are no such trap: 00:02:00:0A gives its four parts.
# Caller:   put blanks or nothing in place of hyphens before to_tsvector and before the query alike, or look for such texts
#           with LIKE on an index of trigrams; the whole address is found in a test, a part of it never.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages @electric-sql/pglite@0.5.14
cat >words.mjs <<'NODE'
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create();
for (const text of ["10-20-00-0A", "90-B3-D5-1F-30-01-00-00", "00:02:00:0A", "2029-04-03", "CPA 1-2"]) {
  const { rows } = await db.query("select to_tsvector('simple', $1)::text words", [text]);
  console.log(`${text}: ${rows[0].words}`);
}
for (const asked of ["10-20-00-0A", "10-20", "20", "20-00", "-20"]) {
  const search = "select to_tsvector('simple', 'image 10-20-00-0A') @@ phraseto_tsquery('simple', $1) hit";
  console.log(`${asked} found: ${(await db.query(search, [asked])).rows[0].hit}`);
}
NODE
observe node words.mjs
seen <<'SEEN'
10-20-00-0A: '-0':4 '-00':3 '-20':2 '10':1 'a':5
90-B3-D5-1F-30-01-00-00: '-00':8,9 '-01':7 '1f':5 '30':6 '90':1 'b3':3 'b3-d5-1f':2 'd5':4
00:02:00:0A: '00':1,3 '02':2 '0a':4
2029-04-03: '-03':3 '-04':2 '2029':1
CPA 1-2: '-2':3 '1':2 'cpa':1
10-20-00-0A found: true
10-20 found: true
20 found: false
20-00 found: false
-20 found: true
SEEN
