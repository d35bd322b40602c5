#!/usr/bin/env bash
# zigbee-herdsman 11.1.1 (npm): once it is imported, JSON.stringify of the whole program writes a BigInt as a text.
#
# Expected: JSON.stringify raises a TypeError for a BigInt (ECMA-262, 25.5.2), so that nobody writes one unawares; a library leaves
#           the language's own objects as they are.
# Seen:     it gives BigInt.prototype a toJSON. Of a meter's counters those up to 48 bits are numbers in JSON and those of 56 and 64
#           bits are texts; and what other parts of the program relied on to fail is written as a text from then on.
# Caller:   write counters as texts of one's own, whatever their length, and test for a BigInt instead of waiting for the error.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
echo '{"overrides": {"zigbee-on-host": "0.3.0"}}' >package.json
npm_packages zigbee-herdsman@11.1.1
cat >write.cjs <<'NODE'
const own = { serial: 2n ** 60n };
try {
  console.log("before", JSON.stringify(own));
} catch (error) {
  console.log("before", error.name);
}
const { Zcl } = require("zigbee-herdsman");
const { BuffaloZcl } = require("zigbee-herdsman/dist/zspec/zcl/buffaloZcl.js");
console.log("after", JSON.stringify(own));
for (const type of ["UINT40", "UINT48", "UINT56", "UINT64"]) {
  const counter = new BuffaloZcl(Buffer.from("2a00000000000000", "hex")).read(Zcl.DataType[type], {});
  console.log(type, typeof counter, JSON.stringify({ counter }));
}
NODE
observe node write.cjs
seen <<'SEEN'
before TypeError
after {"serial":"1152921504606846976"}
UINT40 number {"counter":42}
UINT48 number {"counter":42}
UINT56 bigint {"counter":"42"}
UINT64 bigint {"counter":"42"}
SEEN
