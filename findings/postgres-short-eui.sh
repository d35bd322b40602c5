#!/usr/bin/env bash
# PostgreSQL (PGlite 0.5.17 is 18.7) completes an EUI-64 that was cut short: six of its bytes are another address of eight.
#
# Expected: macaddr8, the type for an address of eight bytes, refuses "90-B3-D5-1F-30-01", an EUI-64 that lost its end, as it
#           refuses seven bytes.
# Seen:     the six are taken for a MAC address, and ff:fe is put into the middle, as the manual says of the type. The result
#           is a full address that is none of the device's; it is equal to a real one if its maker builds addresses so. With
#           colons, in groups of four or without marks it is the same.
# Caller:   keep EUI-64s as text or bytea of eight bytes, with a check of the length, before any cast; a list with one cell
#           cut short is loaded without an error, and the device is not found again under the number on its label.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages @electric-sql/pglite@0.5.17
cat >addresses.mjs <<'NODE'
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create();
for (const text of ["90-B3-D5-1F-30-01-00-12", "90-B3-D5-1F-30-01-00", "90-B3-D5-1F-30-01", "90b3:d51f:3001", "90B3D51F3001"])
  try {
    const { rows } = await db.query("select $1::macaddr8::text address", [text]);
    console.log(`${text}: ${rows[0].address}`);
  } catch (error) {
    console.log(`${text}: ${error.message}`);
  }
const { rows } = await db.query("select '90-B3-D5-1F-30-01'::macaddr8 = '90-B3-D5-FF-FE-1F-30-01'::macaddr8 same");
console.log("the cut one equals 90-B3-D5-FF-FE-1F-30-01:", rows[0].same);
NODE
observe node addresses.mjs
seen <<'SEEN'
90-B3-D5-1F-30-01-00-12: 90:b3:d5:1f:30:01:00:12
90-B3-D5-1F-30-01-00: invalid input syntax for type macaddr8: "90-B3-D5-1F-30-01-00"
90-B3-D5-1F-30-01: 90:b3:d5:ff:fe:1f:30:01
90b3:d51f:3001: 90:b3:d5:ff:fe:1f:30:01
90B3D51F3001: 90:b3:d5:ff:fe:1f:30:01
the cut one equals 90-B3-D5-FF-FE-1F-30-01: true
SEEN
