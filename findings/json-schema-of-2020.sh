#!/usr/bin/env bash
# fastjsonschema 2.22.3 passes what a JSON schema of 2020-12 forbids: it leaves out the words that draft 7 did not have.
#
# Expected: a schema whose $schema names 2020-12, which OpenAPI 3.1 uses, is applied as that, or refused as unknown.
# Seen:     it is read as draft 7 without a word: prefixItems, dependentRequired, unevaluatedProperties, minContains and what
#           stands beside a $ref are not looked at, so a version of one letter, a hash that is missing and a field with a
#           wrong name are all valid. jsonschema 4.26.0 and jsonschema-rs 0.61.2 refuse each.
# Caller:   jsonschema or jsonschema-rs for new schemas; keep with each schema one file that it must refuse.
. "$(dirname "$0")/lib.sh"
pip_packages fastjsonschema==2.22.3 jsonschema==4.26.0 jsonschema-rs==0.61.2
observe python - <<'PYTHON'
import fastjsonschema
import jsonschema
import jsonschema_rs


def by_fastjsonschema(schema, value):
    try:
        fastjsonschema.compile(schema)(value)
    except fastjsonschema.JsonSchemaException:
        return False
    return True


WRONG = [
    ({"prefixItems": [{"type": "string"}]}, [20003]),
    ({"dependentRequired": {"version": ["hash"]}}, {"version": "0002000A"}),
    ({"properties": {"version": {}}, "unevaluatedProperties": False}, {"verison": "0002000A"}),
    ({"$defs": {"text": {"type": "string"}}, "$ref": "#/$defs/text", "minLength": 8}, "A"),
    ({"contains": {"const": "ESME"}, "minContains": 2}, ["ESME"]),
]
for keywords, value in WRONG:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **keywords}
    by_jsonschema = jsonschema.Draft202012Validator(schema).is_valid(value)
    print(list(keywords)[-1], value, by_fastjsonschema(schema, value), by_jsonschema, jsonschema_rs.is_valid(schema, value))
PYTHON
seen <<'SEEN'
prefixItems [20003] True False False
dependentRequired {'version': '0002000A'} True False False
unevaluatedProperties {'verison': '0002000A'} True False False
minLength A True False False
minContains ['ESME'] True False False
SEEN
