#!/usr/bin/env bash
# Units of a meter: mathjs 15.2.0 (npm) takes a volt-ampere for a watt and MJ/m3 for a pressure; pint 0.25.3 weighs a quarter.
#
# Expected: "39.5 MJ/m3" is a calorific value, kVAh is no kWh, and a unit that is not known is an error.
# Seen:     mathjs prints 39.5 MJ/m3 as 39.5 MPa, since both have one dimension, and converts VA to W; its gallon, pint and ton are
#           American, unasked. pint knows no m3, ft3, kvarh or kVAh (meter**3 it knows), and takes "1 quarter" for 12.7 kilograms
#           and "5 pm" for picometres. For both mWh is a milliwatt hour, and a month 30.4375 days.
# Caller:   match a reading's unit against a list of one's own before a library converts it.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pint==0.25.3
npm_packages mathjs@15.2.0
cat >read.cjs <<'NODE'
const math = require("mathjs");
for (const text of ["39.5 MJ/m3", "1 VA to W", "1 kVAh", "1 gallon to l", "1 ton to kg", "1 mWh to J", "1 month to day", "1 quarter"]) {
  let said;
  try {
    said = String(math.evaluate(text));
  } catch (error) {
    said = error.message;
  }
  console.log("mathjs", text, "=", said);
}
NODE
observe node read.cjs
observe python - <<'PYTHON'
import pint

units = pint.UnitRegistry()
for text in ("39.5 MJ/m3", "39.5 MJ/m**3", "1 kvarh", "1 kVAh", "1 quarter", "5 pm", "1 mWh", "1 month"):
    try:
        said = f"{units(text)}, {units(text).to_base_units():.6g}"
    except pint.UndefinedUnitError as error:
        said = str(error)
    print("pint", text, "=", said)
PYTHON
seen <<'SEEN'
mathjs 39.5 MJ/m3 = 39.5 MPa
mathjs 1 VA to W = 1 W
mathjs 1 kVAh = Undefined symbol kVAh
mathjs 1 gallon to l = 3.785411784 l
mathjs 1 ton to kg = 907.18474 kg
mathjs 1 mWh to J = 3.6 J
mathjs 1 month to day = 30.4375 day
mathjs 1 quarter = Undefined symbol quarter
pint 39.5 MJ/m3 = 'm3' is not defined in the unit registry
pint 39.5 MJ/m**3 = 39.5 megajoule / meter ** 3, 3.95e+07 kilogram / meter / second ** 2
pint 1 kvarh = 'kvarh' is not defined in the unit registry
pint 1 kVAh = 'kVAh' is not defined in the unit registry
pint 1 quarter = 1 quarter, 12.7006 kilogram
pint 5 pm = 5 picometer, 5e-12 meter
pint 1 mWh = 1 milliwatt_hour, 3.6 kilogram * meter ** 2 / second ** 2
pint 1 month = 1 month, 2.6298e+06 second
SEEN
