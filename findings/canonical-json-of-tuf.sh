#!/usr/bin/env bash
# TUF's canonical JSON (securesystemslib 1.6.0, @tufjs/canonical-json 2.0.0 of npm) is no JSON where a text has two lines.
#
# Expected: a canonical form of JSON is JSON, and has the bytes of RFC 8785 as long as there are no fractions in it.
# Seen:     of all that a text may hold only the quotation mark and the backslash are escaped; a line's end stands as it is, which
#           RFC 8259 (7) forbids. A public key in PEM has four of them, so the bytes that are hashed for its key identifier
#           can be read by no parser, and the identifier that RFC 8785 (rfc8785 0.1.4) gives is another. A fraction raises.
# Caller:   compute and compare identifiers and signatures with these functions alone; keep the file as it came for evidence,
#           not the bytes that were signed.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages securesystemslib==1.6.0 cryptography==50.0.2 rfc8785==0.1.4
npm_packages @tufjs/canonical-json@2.0.0
observe python - <<'PYTHON'
import json
from hashlib import sha256
from pathlib import Path
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from securesystemslib.formats import encode_canonical
from securesystemslib.signer import SSlibKey

key = SSlibKey.from_crypto(ec.derive_private_key(7, ec.SECP256R1()).public_key())
theirs = encode_canonical(key.to_dict())
Path("key.json").write_text(json.dumps(key.to_dict()))
Path("canonical").write_text(theirs)
print("key identifier", key.keyid[:16], "is of these bytes:", sha256(theirs.encode()).hexdigest() == key.keyid)
print("lines' ends in them:", theirs.count("\n"))
try:
    json.loads(theirs)
except json.JSONDecodeError as error:
    print("read as JSON:", error.msg)
print("by RFC 8785:", sha256(rfc8785.dumps(key.to_dict())).hexdigest()[:16])
PYTHON
cat >same.cjs <<'NODE'
const { canonicalize } = require("@tufjs/canonical-json");
const { readFileSync } = require("fs");
const theirs = canonicalize(JSON.parse(readFileSync("key.json", "utf8")));
console.log("@tufjs/canonical-json gives the same:", theirs === readFileSync("canonical", "utf8"));
NODE
observe node same.cjs
seen <<'SEEN'
key identifier 2b295981fe4f7f65 is of these bytes: True
lines' ends in them: 4
read as JSON: Invalid control character at
by RFC 8785: afde9cf32efc8790
@tufjs/canonical-json gives the same: true
SEEN
