#!/usr/bin/env bash
# jsonpath-plus 10.4.0 (npm): the last entry, [-1], is none, and version 00020003 equals the number 20003.
#
# Expected: RFC 9535: [-1] is the last element (2.3.3), and a text never equals a number (2.3.5.2.2).
# Seen:     [-1] and -1 among others find nothing and raise nothing; [-1:] finds it. A filter is a piece of JavaScript, where
#           == turns texts into numbers: 20003 finds "00020003", and 20 finds "0002E001" where === finds neither.
#           python-jsonpath 2.2.2 and jsonpath-ng 1.16.0 keep to the RFC.
# Caller:   [-1:], and quotes around what is text; try every path on a document in which it must find something.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages python-jsonpath==2.2.2 jsonpath-ng==1.16.0
npm_packages jsonpath-plus@10.4.0
cat >asked.json <<'JSON'
{"list": ["00020003", "0002E001", "0002000A"],
 "paths": ["$.list[-1]", "$.list[0,-1]", "$.list[-1:]", "$.list[?(@ == 20003)]", "$.list[?(@ == 20)]", "$.list[?(@ == '00020003')]"]}
JSON
observe python - <<'PYTHON'
import json
import jsonpath
from jsonpath_ng.ext import parse

asked = json.load(open("asked.json"))
for path in asked["paths"]:
    print(path, "python-jsonpath", jsonpath.findall(path, asked), "jsonpath-ng", [found.value for found in parse(path).find(asked)])
PYTHON
cat >ask.cjs <<'NODE'
const { JSONPath } = require("jsonpath-plus");
const json = require("./asked.json");
for (const path of json.paths) console.log(path, "jsonpath-plus", JSON.stringify(JSONPath({ path, json })));
NODE
observe node ask.cjs
seen <<'SEEN'
$.list[-1] python-jsonpath ['0002000A'] jsonpath-ng ['0002000A']
$.list[0,-1] python-jsonpath ['00020003', '0002000A'] jsonpath-ng ['00020003', '0002000A']
$.list[-1:] python-jsonpath ['0002000A'] jsonpath-ng ['0002000A']
$.list[?(@ == 20003)] python-jsonpath [] jsonpath-ng []
$.list[?(@ == 20)] python-jsonpath [] jsonpath-ng []
$.list[?(@ == '00020003')] python-jsonpath ['00020003'] jsonpath-ng ['00020003']
$.list[-1] jsonpath-plus []
$.list[0,-1] jsonpath-plus ["00020003"]
$.list[-1:] jsonpath-plus ["0002000A"]
$.list[?(@ == 20003)] jsonpath-plus ["00020003"]
$.list[?(@ == 20)] jsonpath-plus ["0002E001"]
$.list[?(@ == '00020003')] jsonpath-plus ["00020003"]
SEEN
