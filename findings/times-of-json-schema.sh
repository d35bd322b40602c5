#!/usr/bin/env bash
# ajv-formats 3.0.1 (npm) takes "2029-04-03 10:00:00Z" and an offset of "+01" for a date-time; three of Python do not.
#
# Expected: the format "date-time" is the production of RFC 3339 (JSON Schema validation, 7.3.1), so two validators that check
#           it agree.
# Seen:     ajv takes a blank for the T and an offset without minutes or without its colon, which many a reader behind it
#           refuses; fastjsonschema 2.22.3 takes the colon's lack, too, and a 60th second at any minute. jsonschema 4.26.0
#           with rfc3339-validator 0.1.4, which it uses, refuses the leap second that the standard has.
# Caller:   a pattern beside the format for what another program must read.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages jsonschema==4.26.0 rfc3339-validator==0.1.4 jsonschema-rs==0.61.2 fastjsonschema==2.22.3
npm_packages ajv@8.20.0 ajv-formats@3.0.1
echo '["2029-04-03T10:00:00Z", "2029-04-03 10:00:00Z", "2029-04-03T10:00:00+01",
  "2029-04-03T10:00:00+0100", "2029-04-03T23:59:60Z", "2029-04-03T10:00:60Z", "2029-04-03T10:00:00"]' >times.json
observe python - <<'PYTHON'
import json
import fastjsonschema
import jsonschema
import jsonschema_rs

schema = {"type": "string", "format": "date-time"}
for text in json.load(open("times.json")):
    try:
        by_fastjsonschema = bool(fastjsonschema.validate(schema, text))
    except fastjsonschema.JsonSchemaException:
        by_fastjsonschema = False
    by_jsonschema = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).is_valid(text)
    by_rust = jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(text)
    print(f"{text}: jsonschema {by_jsonschema}, jsonschema-rs {by_rust}, fastjsonschema {by_fastjsonschema}")
PYTHON
cat >ask.cjs <<'NODE'
const ajv = new (require("ajv"))();
require("ajv-formats")(ajv);
for (const text of require("./times.json")) console.log(`${text}: ajv ${ajv.validate({ type: "string", format: "date-time" }, text)}`);
NODE
observe node ask.cjs
seen <<'SEEN'
2029-04-03T10:00:00Z: jsonschema True, jsonschema-rs True, fastjsonschema True
2029-04-03 10:00:00Z: jsonschema False, jsonschema-rs False, fastjsonschema False
2029-04-03T10:00:00+01: jsonschema False, jsonschema-rs False, fastjsonschema False
2029-04-03T10:00:00+0100: jsonschema False, jsonschema-rs False, fastjsonschema True
2029-04-03T23:59:60Z: jsonschema False, jsonschema-rs True, fastjsonschema True
2029-04-03T10:00:60Z: jsonschema False, jsonschema-rs False, fastjsonschema True
2029-04-03T10:00:00: jsonschema False, jsonschema-rs False, fastjsonschema False
2029-04-03T10:00:00Z: ajv true
2029-04-03 10:00:00Z: ajv true
2029-04-03T10:00:00+01: ajv true
2029-04-03T10:00:00+0100: ajv true
2029-04-03T23:59:60Z: ajv true
2029-04-03T10:00:60Z: ajv false
2029-04-03T10:00:00: ajv false
SEEN
