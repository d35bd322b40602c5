#!/usr/bin/env bash
# ajv 8.20.0 (npm) refuses by a draft-07 schema what jsonschema 4.26.0 and two others pass: it reads what stands beside a $ref.
#
# Expected: draft 7 has what stands beside a $ref ignored (core, 8.3), and 2019-09 has it applied; libraries agree on a schema
#           that names its draft.
# Seen:     with a minLength or an enum beside the reference ajv applies both, whatever draft is named; jsonschema,
#           jsonschema-rs 0.61.2 and fastjsonschema 2.22.3 the reference alone. What a browser refuses the server takes, and
#           who tests with one of them sees no difference. Its ignoreKeywordsWithRef, which keeps to draft 7, is deprecated.
# Caller:   put the reference into an allOf, which all drafts read alike.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages ajv@8.20.0
pip_packages fastjsonschema==2.22.3 jsonschema==4.26.0 jsonschema-rs==0.61.2
cat >schemas.json <<'JSON'
{
  "beside": {"$ref": "#/definitions/version", "minLength": 8},
  "in allOf": {"allOf": [{"$ref": "#/definitions/version"}, {"minLength": 8}]},
  "an enum": {"$ref": "#/definitions/version", "enum": ["0002000A"]}
}
JSON
observe python - <<'PYTHON'
import json
import fastjsonschema
import jsonschema
import jsonschema_rs

for name, part in json.load(open("schemas.json")).items():
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"version": {"type": "string"}}, "properties": {"v": part}}
    answers = {"jsonschema": jsonschema.Draft7Validator(schema).is_valid({"v": "2A"}), "jsonschema-rs": jsonschema_rs.is_valid(schema, {"v": "2A"})}
    try:
        answers["fastjsonschema"] = bool(fastjsonschema.compile(schema)({"v": "2A"}))
    except fastjsonschema.JsonSchemaException:
        answers["fastjsonschema"] = False
    print(f"{name}:", answers)
PYTHON
cat >ask.cjs <<'NODE'
const Ajv = require("ajv");
for (const [name, v] of Object.entries(require("./schemas.json"))) {
  const $schema = "http://json-schema.org/draft-07/schema#";
  const schema = { $schema, definitions: { version: { type: "string" } }, properties: { v } };
  console.log(`${name}: ajv`, new Ajv({ strictTypes: false }).validate(schema, { v: "2A" }));
}
NODE
observe node ask.cjs
seen <<'SEEN'
beside: {'jsonschema': True, 'jsonschema-rs': True, 'fastjsonschema': True}
in allOf: {'jsonschema': False, 'jsonschema-rs': False, 'fastjsonschema': False}
an enum: {'jsonschema': True, 'jsonschema-rs': True, 'fastjsonschema': True}
beside: ajv false
in allOf: ajv false
an enum: ajv false
SEEN
