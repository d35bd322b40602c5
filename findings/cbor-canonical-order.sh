#!/usr/bin/env bash
# "Canonical" CBOR by cbor2 6.3.0 (PyPI) has other bytes than by cborg, cbor and cbor2 of npm, and so another hash.
#
# Expected: one deterministic encoding of one map, as there is to sign and hash over: RFC 8949 (4.2.1) has it since 2020.
# Seen:     cbor2 of PyPI keeps to the elder RFC 7049 (3.9), which sorts keys by length first: -1 (one byte) stands before 34
#           (two bytes). cborg 6.1.5, cbor 10.0.12 and cbor2 2.3.0 of npm sort by the bytes alone: 34 before -1. Keys that
#           are all texts come out alike, so most samples agree; in COSE x5t is 34, and negative numbers are keys as well.
# Caller:   hash the bytes that came, never a map encoded anew; keep to texts for keys, or to numbers from 0 to 23.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages cbor2==6.3.0
npm_packages cborg@6.1.5 cbor@10.0.12 cbor2@2.3.0
observe python - <<'PYTHON'
import cbor2

print("cbor2 (PyPI):", cbor2.dumps({-1: 1, 34: 2}, canonical=True).hex())
print("texts only:  ", cbor2.dumps({"version": 1, "id": 2}, canonical=True).hex())
PYTHON
cat >encode.mjs <<'NODE'
import cbor from "cbor";
import * as cbor2 from "cbor2";
import * as cborg from "cborg";

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const map = new Map([[-1, 1], [34, 2]]);
console.log("cborg:       ", hex(cborg.encode(map)));
console.log("cbor:        ", hex(cbor.encodeCanonical(map)));
console.log("cbor2 (npm): ", hex(cbor2.encode(map, cbor2.cdeEncodeOptions)));
console.log("texts only:  ", hex(cborg.encode({ version: 1, id: 2 })));
NODE
observe node encode.mjs
seen <<'SEEN'
cbor2 (PyPI): a22001182202
texts only:   a2626964026776657273696f6e01
cborg:        a21822022001
cbor:         a21822022001
cbor2 (npm):  a21822022001
texts only:   a2626964026776657273696f6e01
SEEN
