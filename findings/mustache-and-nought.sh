#!/usr/bin/env bash
# chevron 0.14.0 leaves a nought out of a list; a section over 0 is written by Handlebars 4.7.10 and left out by Mustache.
#
# Expected: {{#counts}}{{.}}{{/counts}} writes every member, and four readers of Mustache's templates write one letter.
# Seen:     of the list 0, 1, 2 chevron writes "1 2"; of null pystache 0.6.8 writes "None", chevron and the two of npm nothing; of
#           false the two of Python "False". With {"waiting": 0} Handlebars writes {{#waiting}}…{{/waiting}}, mustache 4.2.0 (npm),
#           chevron and pystache write the inverted section.
# Caller:   hand over texts, and a value of its own for "there is one" beside a number.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages chevron==0.14.0 pystache==0.6.8
npm_packages mustache@4.2.0 handlebars@4.7.10
cat >letters.json <<'JSON'
[["{{#counts}}{{.}} {{/counts}}", {"counts": [0, 1, 2]}], ["{{none}}, {{signed}}", {"none": null, "signed": false}],
 ["{{#waiting}}{{.}} waiting{{/waiting}}{{^waiting}}nothing said{{/waiting}}", {"waiting": 0}]]
JSON
cat >write.cjs <<'NODE'
const mustache = require("mustache");
const handlebars = require("handlebars");
for (const [letter, values] of require("./letters.json")) {
  console.log("mustache  ", JSON.stringify(mustache.render(letter, values)));
  console.log("handlebars", JSON.stringify(handlebars.compile(letter)(values)));
}
NODE
observe node write.cjs
observe python - <<'PYTHON'
import json
import chevron
import pystache
for letter, values in json.load(open("letters.json")):
    print("chevron   ", json.dumps(chevron.render(letter, values)))
    print("pystache  ", json.dumps(pystache.render(letter, values)))
PYTHON
seen <<'SEEN'
mustache   "0 1 2 "
handlebars "0 1 2 "
mustache   ", false"
handlebars ", false"
mustache   "nothing said"
handlebars "0 waiting"
chevron    "1 2 "
pystache   "0 1 2 "
chevron    ", False"
pystache   "None, False"
chevron    "nothing said"
pystache   "nothing said"
SEEN
