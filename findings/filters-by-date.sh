#!/usr/bin/env bash
# @jmespath-community/jmespath 1.3.0 (npm) finds no certificate that expires before 2030; jmespath of PyPI and npm find it.
#
# Expected: "[?expires < '2030-01-01']" of JMESPath gives one list whichever library is asked; or an error, where texts cannot
#           be put in order.
# Seen:     the grammar has orders of numbers only, and null for others: the community's library keeps to it, and an empty
#           list comes out, as if nothing expired. jmespath 1.1.0 (PyPI) and 0.16.0 (npm) compare texts. max_by, which may
#           take texts by the same grammar, gives the entry in PyPI's and null in both of npm's.
# Caller:   sort_by and cut in the program; test each filter with an entry that it must find.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages jmespath==1.1.0
npm_packages @jmespath-community/jmespath@1.3.0 jmespath@0.16.0
cat >asked.json <<'JSON'
{"list": [{"device": "ESME", "expires": "2029-04-03"}, {"device": "GSME", "expires": "2031-05-01"}],
 "queries": ["list[?expires < '2030-01-01'].device", "list[?expires == '2029-04-03'].device",
             "max_by(list, &expires).device", "sort_by(list, &expires)[-1].device"]}
JSON
observe python - <<'PYTHON'
import json
import jmespath

asked = json.load(open("asked.json"))
for query in asked["queries"]:
    print("PyPI:", query, json.dumps(jmespath.search(query, asked)))
PYTHON
cat >ask.cjs <<'NODE'
const asked = require("./asked.json");
for (const name of ["jmespath", "@jmespath-community/jmespath"])
  for (const query of asked.queries) console.log(`${name}:`, query, JSON.stringify(require(name).search(asked, query)));
NODE
observe node ask.cjs
seen <<'SEEN'
PyPI: list[?expires < '2030-01-01'].device ["ESME"]
PyPI: list[?expires == '2029-04-03'].device ["ESME"]
PyPI: max_by(list, &expires).device "GSME"
PyPI: sort_by(list, &expires)[-1].device "GSME"
jmespath: list[?expires < '2030-01-01'].device ["ESME"]
jmespath: list[?expires == '2029-04-03'].device ["ESME"]
jmespath: max_by(list, &expires).device null
jmespath: sort_by(list, &expires)[-1].device "GSME"
@jmespath-community/jmespath: list[?expires < '2030-01-01'].device []
@jmespath-community/jmespath: list[?expires == '2029-04-03'].device ["ESME"]
@jmespath-community/jmespath: max_by(list, &expires).device null
@jmespath-community/jmespath: sort_by(list, &expires)[-1].device "GSME"
SEEN
