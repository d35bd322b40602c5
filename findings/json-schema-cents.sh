#!/usr/bin/env bash
# "multipleOf": 0.01 refuses 29 pence and 158 other prices below ten pounds, by jsonschema 4.26.0 and ajv 8.20.0 alike.
#
# Expected: a number with two decimals is a multiple of a hundredth, as JSON Schema has no floating point in it.
# Seen:     both divide one double by the other and ask whether an integer comes out: 0.29 / 0.01 is 28.999999999999996. Of the
#           thousand prices from 0.01 to 10.00 both refuse the same 159; fastjsonschema 2.22.3 and jsonschema-rs 0.60.3 none.
# Caller:   give prices and readings as whole numbers of the smallest unit, or as texts with a pattern; ajv has an option for
#           it (multipleOfPrecision), which others that read the same schema do not know of.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages jsonschema==4.26.0 fastjsonschema==2.22.3 jsonschema-rs==0.60.3
npm_packages ajv@8.20.0
observe python - <<'PYTHON'
import fastjsonschema
import jsonschema
import jsonschema_rs

schema = {"type": "number", "multipleOf": 0.01}
fast = fastjsonschema.compile(schema)


def by_fast(price):
    try:
        fast(price)
    except fastjsonschema.JsonSchemaException:
        return False
    return True


ways = {
    "jsonschema": jsonschema.Draft202012Validator(schema).is_valid,
    "fastjsonschema": by_fast,
    "jsonschema-rs": jsonschema_rs.validator_for(schema).is_valid,
}
for name, valid in ways.items():
    refused = [pence / 100 for pence in range(1, 1001) if not valid(pence / 100)]
    print(f"{name} refuses {len(refused)}:", *refused[:5])
PYTHON
cat >cents.cjs <<'NODE'
const Ajv = require("ajv");
const prices = Array.from({ length: 1000 }, (_, index) => (index + 1) / 100);
for (const options of [{}, { multipleOfPrecision: 6 }]) {
  const valid = new Ajv(options).compile({ type: "number", multipleOf: 0.01 });
  const refused = prices.filter((price) => !valid(price));
  console.log(`ajv ${JSON.stringify(options)} refuses ${refused.length}:`, ...refused.slice(0, 5));
}
NODE
observe node cents.cjs
seen <<'SEEN'
jsonschema refuses 159: 0.07 0.14 0.28 0.29 0.47
fastjsonschema refuses 0:
jsonschema-rs refuses 0:
ajv {} refuses 159: 0.07 0.14 0.28 0.29 0.47
ajv {"multipleOfPrecision":6} refuses 0:
SEEN
