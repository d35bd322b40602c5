#!/usr/bin/env bash
# nunjucks 3.2.4 (npm), "inspired by Jinja", renders Jinja 3.1.6's templates without an error and with other words.
#
# Expected: a template of plain conditions, loops and comparisons says the same in both, as who shares one between a server in
#           Python and pages or letters made in Node reckons.
# Seen:     an empty list is true, so "{% if faults %}" speaks of faults where there are none; "0002" equals 2; a sum made in a
#           loop is 6 there and 0 in Jinja, where it does not leave the loop; None is nothing, and 2.5 rounds to 3 and not to 2.
# Caller:   write faults|length > 0, compare texts with texts, and render each shared template in both in its test.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages jinja2==3.1.6
npm_packages nunjucks@3.2.4
cat >templates.json <<'JSON'
[
  "{% if faults %}There are faults.{% else %}All is well.{% endif %}",
  "{% if version == 2 %}the same{% else %}another{% endif %}",
  "{% set sum = 0 %}{% for n in [1, 2, 3] %}{% set sum = sum + n %}{% endfor %}{{ sum }}",
  "until {{ expiry }}",
  "{{ 2.5 | round }} {{ -7 % 3 }}"
]
JSON
cat >render.cjs <<'NODE'
const nunjucks = require("nunjucks");
const facts = { faults: [], version: "0002", expiry: null };
for (const template of require("./templates.json")) console.log("nunjucks:", nunjucks.renderString(template, facts));
NODE
observe python - <<'PYTHON'
import json
import jinja2

for template in json.load(open("templates.json")):
    print("Jinja:", jinja2.Template(template).render(faults=[], version="0002", expiry=None))
PYTHON
observe node render.cjs
seen <<'SEEN'
Jinja: All is well.
Jinja: another
Jinja: 0
Jinja: until None
Jinja: 2.0 2
nunjucks: There are faults.
nunjucks: the same
nunjucks: 6
nunjucks: until 
nunjucks: 3 -1
SEEN
