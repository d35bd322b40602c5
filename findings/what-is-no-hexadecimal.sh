#!/usr/bin/env bash
# What is no hexadecimal: Node cuts "90-B3-D5-1F" down to one byte, crypto-js and node-forge make six of it, int() takes "_".
#
# Expected: an EUI-64 with hyphens, a version with a G or a digit too few is refused by what reads hexadecimal, as by Python's
#           bytes.fromhex and by hexToBytes of @noble/hashes 2.4.0 (npm).
# Seen:     Buffer.from(text, "hex") stops at the first letter that does not fit, and drops a digit that is alone; parseInt stops
#           likewise. crypto-js 4.2.0 and node-forge 1.4.3 go on with noughts, FF, or a digit moved by half a byte, so what is
#           hashed or compared is other bytes. Python's int(text, 16) takes a sign, an underscore, 0x and blanks, each of eight
#           characters, for a version of eight digits.
# Caller:   match [0-9A-Fa-f]{8} against the whole text first; by the length of what comes back a Buffer can be told.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages crypto-js@4.2.0 node-forge@1.4.3 @noble/hashes@2.4.0
cat >read.mjs <<'NODE'
import { hexToBytes } from "@noble/hashes/utils.js";
import cryptoJs from "crypto-js";
import forge from "node-forge";

const readers = {
  "Buffer.from": (text) => Buffer.from(text, "hex").toString("hex"),
  "parseInt": (text) => parseInt(text, 16).toString(16),
  "node-forge": (text) => Buffer.from(forge.util.hexToBytes(text), "binary").toString("hex"),
  "crypto-js": (text) => cryptoJs.enc.Hex.parse(text).toString(),
  "noble": (text) => Buffer.from(hexToBytes(text)).toString("hex"),
};
for (const text of ["90-B3-D5-1F", "0002000G", "0002000"])
  for (const [name, read] of Object.entries(readers)) {
    let said;
    try {
      said = read(text);
    } catch (error) {
      said = error.constructor.name;
    }
    console.log(text, name + ":", JSON.stringify(said));
  }
NODE
observe node read.mjs
observe python3 - <<'PYTHON'
for text in ("90-B3-D5-1F", "0002000G", "0002000"):
    try:
        print(text, "bytes.fromhex:", bytes.fromhex(text).hex())
    except ValueError as error:
        print(text, "bytes.fromhex:", type(error).__name__)
for text in ("0x02000A", "0002_00A", "+002000A", " 02000A\n"):
    print(repr(text), "int:", f"{int(text, 16):08X}")
PYTHON
seen <<'SEEN'
90-B3-D5-1F Buffer.from: "90"
90-B3-D5-1F parseInt: "90"
90-B3-D5-1F node-forge: "0900b3f3051f"
90-B3-D5-1F crypto-js: "fff503d5ff0f"
90-B3-D5-1F noble: "RangeError"
0002000G Buffer.from: "000200"
0002000G parseInt: "2000"
0002000G node-forge: "00020000"
0002000G crypto-js: "00020000"
0002000G noble: "RangeError"
0002000 Buffer.from: "000200"
0002000 parseInt: "2000"
0002000 node-forge: "00002000"
0002000 crypto-js: "00020000"
0002000 noble: "RangeError"
90-B3-D5-1F bytes.fromhex: ValueError
0002000G bytes.fromhex: ValueError
0002000 bytes.fromhex: ValueError
'0x02000A' int: 0002000A
'0002_00A' int: 0000200A
'+002000A' int: 0002000A
' 02000A\n' int: 0002000A
SEEN
