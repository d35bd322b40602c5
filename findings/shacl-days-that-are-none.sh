#!/usr/bin/env bash
# 30 February is an xsd:date for rdf-validate-shacl 0.6.5 (npm), not for pySHACL 0.40.1; with the decimal 1E2 they swap.
#
# Expected: sh:datatype is broken by a text that is none of its type's (SHACL, 4.1.2), so two validators find the same.
# Seen:     rdf-validate-shacl looks at the form alone: days and hours that do not exist conform. pySHACL takes what Python's
#           own types take: decimals with an exponent, numbers with a blank before them, years of two digits. sh:hasValue 1 is
#           met by "01" for pySHACL, which compares numbers, and not for the other, which compares terms, as RDF does.
# Caller:   a pattern beside each datatype (sh:pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), a range for dates, and one validator
#           named in whatever says that a record conforms.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pyshacl==0.40.1
npm_packages rdf-validate-shacl@0.6.5 @zazuko/env-node@3.0.0
cat >cases.json <<'JSON'
[
  ["30 February", "\"2029-02-30\"^^xsd:date", "sh:datatype xsd:date"],
  ["25 o'clock", "\"2029-02-28T25:00:00\"^^xsd:dateTime", "sh:datatype xsd:dateTime"],
  ["1E2", "\"1E2\"^^xsd:decimal", "sh:datatype xsd:decimal"],
  ["a blank", "\" 1\"^^xsd:integer", "sh:datatype xsd:integer"],
  ["year 29", "\"29\"^^xsd:gYear", "sh:datatype xsd:gYear"],
  ["01 for 1", "\"01\"^^xsd:integer", "sh:hasValue 1"],
  ["28 February", "\"2029-02-28\"^^xsd:date", "sh:datatype xsd:date"]
]
JSON
cat >conforms.py <<'PYTHON'
import json
import logging
from pyshacl import validate
from rdflib import Graph

logging.disable(logging.CRITICAL)
PREFIXES = "@prefix : <urn:x:>. @prefix sh: <http://www.w3.org/ns/shacl#>. @prefix xsd: <http://www.w3.org/2001/XMLSchema#>. "
for name, value, rule in json.load(open("cases.json")):
    shape = f"{PREFIXES} :S a sh:NodeShape; sh:targetSubjectsOf :p; sh:property [sh:path :p; {rule}]."
    data = Graph().parse(data=f"{PREFIXES} :a :p {value}.", format="turtle")
    print(f"pySHACL, {name}:", validate(data, shacl_graph=Graph().parse(data=shape, format="turtle"))[0])
PYTHON
observe python conforms.py
cat >conforms.mjs <<'NODE'
import { readFileSync } from "fs";
import { Readable } from "stream";
import env from "@zazuko/env-node";
import Validator from "rdf-validate-shacl";

const PREFIXES = "@prefix : <urn:x:>. @prefix sh: <http://www.w3.org/ns/shacl#>. @prefix xsd: <http://www.w3.org/2001/XMLSchema#>. ";
const graph = (turtle) => env.dataset().import(env.formats.parsers.import("text/turtle", Readable.from([PREFIXES + turtle])));
for (const [name, value, rule] of JSON.parse(readFileSync("cases.json"))) {
  const shapes = await graph(`:S a sh:NodeShape; sh:targetSubjectsOf :p; sh:property [sh:path :p; ${rule}].`);
  const report = await new Validator(shapes, { factory: env }).validate(await graph(`:a :p ${value}.`));
  console.log(`rdf-validate-shacl, ${name}:`, report.conforms);
}
NODE
observe node conforms.mjs
seen <<'SEEN'
pySHACL, 30 February: False
pySHACL, 25 o'clock: False
pySHACL, 1E2: True
pySHACL, a blank: True
pySHACL, year 29: True
pySHACL, 01 for 1: True
pySHACL, 28 February: True
rdf-validate-shacl, 30 February: true
rdf-validate-shacl, 25 o'clock: true
rdf-validate-shacl, 1E2: false
rdf-validate-shacl, a blank: false
rdf-validate-shacl, year 29: false
rdf-validate-shacl, 01 for 1: false
rdf-validate-shacl, 28 February: true
SEEN
