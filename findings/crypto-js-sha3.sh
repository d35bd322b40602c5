#!/usr/bin/env bash
# crypto-js 4.2.0 (npm): what it calls SHA3 is not SHA-3; the hash of every firmware image is another one.
#
# Expected: CryptoJS.SHA3(image, { outputLength: 256 }) is SHA3-256 of FIPS 202, as Node and Python have it.
# Seen:     it is Keccak as it was sent in to the contest, before the standard put two bits behind the message: for the text
#           ABC e1629b9d…, where Node (seen with 20.20.2) and Python have 7fb50120…. js-sha3 0.13.0 has both, each under its
#           own name. SHA256 of crypto-js is right.
# Caller:   a hash that is listed as SHA3-256 and never fits may be a Keccak-256: both are 64 digits, and nothing in either
#           tells which it is. Check a hash function by one known value before a list is filled with it.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages crypto-js@4.2.0 js-sha3@0.13.0
cat >hash.cjs <<'NODE'
const { createHash } = require("crypto");
const { SHA256, SHA3 } = require("crypto-js");
const { keccak256, sha3_256 } = require("js-sha3");
const short = (hash) => String(hash).slice(0, 16);
console.log("Node sha3-256:     ", short(createHash("sha3-256").update("ABC").digest("hex")));
console.log("js-sha3 sha3_256:  ", short(sha3_256("ABC")));
console.log("js-sha3 keccak256: ", short(keccak256("ABC")));
console.log("crypto-js SHA3:    ", short(SHA3("ABC", { outputLength: 256 })));
console.log("SHA256 is right:   ", String(SHA256("ABC")) === createHash("sha256").update("ABC").digest("hex"));
NODE
observe node hash.cjs
observe python3 -c 'import hashlib; print("Python sha3_256:   ", hashlib.sha3_256(b"ABC").hexdigest()[:16])'
seen <<'SEEN'
Node sha3-256:      7fb50120d9d1bc75
js-sha3 sha3_256:   7fb50120d9d1bc75
js-sha3 keccak256:  e1629b9dda060bb3
crypto-js SHA3:     e1629b9dda060bb3
SHA256 is right:    true
Python sha3_256:    7fb50120d9d1bc75
SEEN
