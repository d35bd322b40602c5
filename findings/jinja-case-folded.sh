#!/usr/bin/env bash
# Jinja 3.1.6: unique drops one of two Message-IDs that differ in a capital, and groupby puts both into one group under one name.
#
# Expected: "<Ab1@maker.example>" and "<aB1@maker.example>" are two texts to a filter, as they are to == and to `in` within the
#           same template; base64 and the names of objects in a store are told apart by capitals alone as well.
# Seen:     unique, groupby, sort, min and max compare small letters unless they are told case_sensitive=true, so one of the two
#           is not in the list that a letter or a page shows. groupby's name is the first one's. nunjucks 3.2.4 (npm), made
#           after Jinja, folds in sort alone.
# Caller:   unique(true), groupby("id", case_sensitive=true), sort(case_sensitive=true) wherever the texts are identifiers.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages jinja2==3.1.6
npm_packages nunjucks@3.2.4
cat >templates.json <<'JSON'
[
  "{{ ids | unique | join(' ') }}",
  "{% for name, mails in rows | groupby('id') %}{{ name }}: {{ mails | length }} {% endfor %}",
  "{{ ['0b', '0A', '0a', '0B'] | sort | join(' ') }}",
  "{{ ids[0] == ids[1] }}"
]
JSON
observe python - <<'PYTHON'
import json
import jinja2

ids = ["<Ab1@maker.example>", "<aB1@maker.example>"]
for template in json.load(open("templates.json")):
    print("Jinja   ", jinja2.Template(template).render(ids=ids, rows=[{"id": each} for each in ids]).strip())
print("Jinja   ", jinja2.Template("{{ ids | unique(true) | join(' ') }}").render(ids=ids))
PYTHON
cat >render.cjs <<'NODE'
const nunjucks = require("nunjucks").configure({ autoescape: false });
const ids = ["<Ab1@maker.example>", "<aB1@maker.example>"];
for (const template of require("./templates.json").filter((each) => !/unique/.test(each)))
  console.log("nunjucks", nunjucks.renderString(template, { ids, rows: ids.map((id) => ({ id })) }).trim());
NODE
observe node render.cjs
seen <<'SEEN'
Jinja    <Ab1@maker.example>
Jinja    <Ab1@maker.example>: 2
Jinja    0A 0a 0b 0B
Jinja    False
Jinja    <Ab1@maker.example> <aB1@maker.example>
nunjucks <Ab1@maker.example>: 1 <aB1@maker.example>: 1
nunjucks 0A 0a 0b 0B
nunjucks false
SEEN
