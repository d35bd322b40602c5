#!/usr/bin/env bash
# Four canonical forms of JSON and one 64-bit number of a device: jcs 0.2.1 rounds it, rfc8785 0.1.4 raises, two more differ.
#
# Expected: what stands for RFC 8785 writes 10427123456789012345, an EUI-64 as a number, as it was given, or refuses it; two
#           devices never have one canonical form, and so one hash.
# Seen:     jcs writes 10427123456789012000, as the RFC's rule for numbers (all are doubles) has it, and the next device's
#           number the same; rfc8785 refuses both; canonicaljson 2.0.0, whose form is another, keeps every digit, and
#           canonicalize 5.1.0 (npm) has lost them already in JSON.parse. None of the four warns.
# Caller:   numbers of devices, serial numbers and counters are texts in whatever is hashed or signed (RFC 8785, appendix D,
#           says so of large numbers); try one above 2**53 on both sides before the first signature is made.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages jcs==0.2.1 rfc8785==0.1.4 canonicaljson==2.0.0
npm_packages canonicalize@5.1.0
observe python - <<'PYTHON'
import canonicaljson
import jcs
import rfc8785

WRITERS = {"jcs": jcs.canonicalize, "rfc8785": rfc8785.dumps, "canonicaljson": canonicaljson.encode_canonical_json}
for name, write in WRITERS.items():
    for device in (10427123456789012345, 10427123456789012346, "90B3D51F30010000"):
        try:
            print(name, write({"device": device}).decode())
        except ValueError as error:
            print(name, type(error).__name__)
PYTHON
cat >write.mjs <<'NODE'
import canonicalize from "canonicalize";
for (const device of ["10427123456789012345", "10427123456789012346", '"90B3D51F30010000"'])
  console.log("canonicalize", canonicalize(JSON.parse(`{"device":${device}}`)));
NODE
observe node write.mjs
seen <<'SEEN'
jcs {"device":10427123456789012000}
jcs {"device":10427123456789012000}
jcs {"device":"90B3D51F30010000"}
rfc8785 IntegerDomainError
rfc8785 IntegerDomainError
rfc8785 {"device":"90B3D51F30010000"}
canonicaljson {"device":10427123456789012345}
canonicaljson {"device":10427123456789012346}
canonicaljson {"device":"90B3D51F30010000"}
canonicalize {"device":10427123456789012000}
canonicalize {"device":10427123456789012000}
canonicalize {"device":"90B3D51F30010000"}
SEEN
