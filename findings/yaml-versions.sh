#!/usr/bin/env bash
# One list of versions in YAML: PyYAML 6.0.4, ruamel.yaml 0.19.1, yaml 2.9.1 and js-yaml 5.5.0 (npm) agree on one of five.
#
# Expected: eight hexadecimal digits are text, or all readers spoil the same ones (the noughts in front).
# Seen:     00012345 is 5349 or 12345; 08000001 is text or a number; 10E20304 is infinite for ruamel.yaml and yaml, and text
#           for PyYAML and js-yaml; 12:34:56 is 45296 for PyYAML alone. Only a version with a letter A to D or F is safe.
# Caller:   quote every version, hash and address in YAML that others read, and refuse those that come without quotes.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages yaml@2.9.1 js-yaml@5.5.0
pip_packages pyyaml==6.0.4 ruamel.yaml==0.19.1
printf -- '- 0002000A\n- 00012345\n- 08000001\n- 10E20304\n- 12:34:56\n' >list.yaml
observe python - <<'PYTHON'
import ruamel.yaml
import yaml

text = open("list.yaml").read()
print("PyYAML     ", *map(repr, yaml.safe_load(text)))
print("ruamel.yaml", *map(repr, ruamel.yaml.YAML(typ="safe", pure=True).load(text)))
PYTHON
observe node -e '
const text = require("fs").readFileSync("list.yaml", "utf8");
const told = (values) => values.map((value) => (typeof value === "string" ? `\x27${value}\x27` : value)).join(" ");
console.log("yaml       ", told(require("yaml").parse(text)));
console.log("js-yaml    ", told(require("js-yaml").load(text)));
'
seen <<'SEEN'
PyYAML      '0002000A' 5349 '08000001' '10E20304' 45296
ruamel.yaml '0002000A' 12345 8000001 inf '12:34:56'
yaml        '0002000A' 12345 8000001 Infinity '12:34:56'
js-yaml     '0002000A' 12345 8000001 '10E20304' '12:34:56'
SEEN
