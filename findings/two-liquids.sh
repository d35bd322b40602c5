#!/usr/bin/env bash
# One Liquid template, two letters: liquidjs 10.30.1 (npm) shifts a day by the machine's zone and rounds halves otherwise.
#
# Expected: liquidjs and python-liquid 2.3.6, both made after Shopify's Liquid, write the same words from the same values.
# Seen:     in a zone west of Greenwich the date "2029-07-01" is 30 June for liquidjs, and a time in UTC is told by the wall clock;
#           python-liquid tells both as written. 2.5 is rounded to 3 and to 2, 5 divided by 2 is 2.5 and 2, three tenths are exact
#           for the second only. For both "20290403" is a number of seconds, a day in August 1970, and 03/04/2029 is in March.
# Caller:   format dates and numbers in the program, and hand texts to a template.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages python-liquid==2.3.6 python-dateutil==2.9.0.post0
npm_packages liquidjs@10.30.1
cat >letters.json <<'JSON'
["{{ '2029-07-01' | date: '%d %B %Y' }}", "{{ '2029-07-01T23:30:00Z' | date: '%d %B %Y %H:%M' }}",
 "{{ '20290403' | date: '%d %B %Y' }}", "{{ '03/04/2029' | date: '%d %B %Y' }}",
 "{{ 2.5 | round }}", "{{ 5 | divided_by: 2 }}", "{{ 0.1 | plus: 0.2 }}"]
JSON
cat >write.cjs <<'NODE'
const { Liquid } = require("liquidjs");
for (const letter of require("./letters.json")) console.log("liquidjs     ", letter, "=", new Liquid().parseAndRenderSync(letter));
NODE
observe env TZ=America/New_York node write.cjs
observe env TZ=America/New_York python - <<'PYTHON'
import json
import liquid
for letter in json.load(open("letters.json")):
    print("python-liquid", letter, "=", liquid.Environment().from_string(letter).render())
PYTHON
seen <<'SEEN'
liquidjs      {{ '2029-07-01' | date: '%d %B %Y' }} = 30 June 2029
liquidjs      {{ '2029-07-01T23:30:00Z' | date: '%d %B %Y %H:%M' }} = 01 July 2029 19:30
liquidjs      {{ '20290403' | date: '%d %B %Y' }} = 23 August 1970
liquidjs      {{ '03/04/2029' | date: '%d %B %Y' }} = 04 March 2029
liquidjs      {{ 2.5 | round }} = 3
liquidjs      {{ 5 | divided_by: 2 }} = 2.5
liquidjs      {{ 0.1 | plus: 0.2 }} = 0.30000000000000004
python-liquid {{ '2029-07-01' | date: '%d %B %Y' }} = 01 July 2029
python-liquid {{ '2029-07-01T23:30:00Z' | date: '%d %B %Y %H:%M' }} = 01 July 2029 23:30
python-liquid {{ '20290403' | date: '%d %B %Y' }} = 23 August 1970
python-liquid {{ '03/04/2029' | date: '%d %B %Y' }} = 04 March 2029
python-liquid {{ 2.5 | round }} = 2
python-liquid {{ 5 | divided_by: 2 }} = 2
python-liquid {{ 0.1 | plus: 0.2 }} = 0.3
SEEN
