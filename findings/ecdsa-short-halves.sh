#!/usr/bin/env bash
# asn1crypto 1.5.1 writes one ECDSA signature in 65,536 two bytes too short; jsrsasign 11.1.5 refuses to write one in 32,768.
#
# Expected: a P-256 signature as its two numbers side by side is 64 bytes, each number filled up with noughts to 32 (IEEE
#           P1363; JWS, XML signatures and GB Smart Metering's commands have it so).
# Seen:     asn1crypto fills the shorter number up to the longer one: where both begin with a byte of nought, 62 bytes come
#           out. jsrsasign fills one byte up, and raises where a number begins with two bytes of nought.
# Caller:   write the numbers with int.to_bytes(32), as cryptography's decode_dss_signature gives them; try any such code with
#           numbers that are made short, since signing in a test does not meet them.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages asn1crypto==1.5.1
npm_packages jsrsasign@11.1.5
observe python - <<'PYTHON'
from asn1crypto.algos import DSASignature

for r, s in ((32, 32), (31, 32), (31, 31), (30, 32)):
    numbers = {name: int.from_bytes(b"\x7f" * length) for name, length in (("r", r), ("s", s))}
    print(f"asn1crypto, numbers of {r} and {s} bytes:", len(DSASignature(numbers).to_p1363()))
PYTHON
cat >halves.cjs <<'NODE'
const { KJUR } = require("jsrsasign");
const { hexRSSigToASN1Sig, asn1SigToConcatSig } = KJUR.crypto.ECDSA;
for (const [r, s] of [[32, 32], [31, 32], [31, 31], [30, 32]]) {
  try {
    const written = asn1SigToConcatSig(hexRSSigToASN1Sig("7f".repeat(r), "7f".repeat(s)));
    console.log(`jsrsasign, numbers of ${r} and ${s} bytes:`, written.length / 2);
  } catch (error) {
    console.log(`jsrsasign, numbers of ${r} and ${s} bytes:`, error.message);
  }
}
NODE
observe node halves.cjs
seen <<'SEEN'
asn1crypto, numbers of 32 and 32 bytes: 64
asn1crypto, numbers of 31 and 32 bytes: 64
asn1crypto, numbers of 31 and 31 bytes: 62
asn1crypto, numbers of 30 and 32 bytes: 64
jsrsasign, numbers of 32 and 32 bytes: 64
jsrsasign, numbers of 31 and 32 bytes: 64
jsrsasign, numbers of 31 and 31 bytes: 64
jsrsasign, numbers of 30 and 32 bytes: unknown ECDSA sig r length error
SEEN
