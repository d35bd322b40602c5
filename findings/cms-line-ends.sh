#!/usr/bin/env bash
# "openssl cms -sign" (seen with 3.0) and cryptography 50.0.2 sign a list of hashes with other line ends than the file has.
#
# Expected: a detached signature over a file is over its bytes: the digest within it is the file's SHA-256, and any program that
#           hashes the file can check it.
# Seen:     unless -binary (PKCS7Options.Binary) is given, both put a CR in front of each LF first, as S/MIME wants it for mail, so
#           the digest is that of a file that nobody has. "openssl cms -verify" without -binary does the same and agrees; with
#           -binary it fails, and a signature over the bytes fails without it.
# Caller:   sign and verify with -binary; where a signature over a text fails, try the file with CR LF before the text is called
#           changed, and say which of the two it was.
. "$(dirname "$0")/lib.sh"
apt_program openssl openssl
pip_packages cryptography==50.0.2 asn1crypto==1.5.1
printf '0002000A f2ca1bb6\n0002000B 4355a46b\n' >hashes.txt
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out unit.pem -subj /CN=Unit 2>/dev/null
openssl cms -sign -in hashes.txt -signer unit.pem -inkey key.pem -outform DER -out openssl.p7s
openssl cms -sign -binary -in hashes.txt -signer unit.pem -inkey key.pem -outform DER -out openssl-binary.p7s
observe python - <<'PYTHON'
from hashlib import sha256
from pathlib import Path
from asn1crypto.cms import ContentInfo
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder

text = Path("hashes.txt").read_bytes()
key = load_pem_private_key(Path("key.pem").read_bytes(), None)
unit = x509.load_pem_x509_certificate(Path("unit.pem").read_bytes())
builder = PKCS7SignatureBuilder().set_data(text).add_signer(unit, key, SHA256())
for name, options in {"cryptography": [], "cryptography-binary": [PKCS7Options.Binary]}.items():
    Path(name + ".p7s").write_bytes(builder.sign(Encoding.DER, [PKCS7Options.DetachedSignature, *options]))
for name in ("openssl", "openssl-binary", "cryptography", "cryptography-binary"):
    signer = ContentInfo.load(Path(name + ".p7s").read_bytes())["content"]["signer_infos"][0]
    (digest,) = (each["values"][0].native for each in signer["signed_attrs"] if each["type"].native == "message_digest")
    with_cr = sha256(text.replace(b"\n", b"\r\n")).digest()
    print(name, "of the file:", digest == sha256(text).digest(), "of it with CR LF:", digest == with_cr)
PYTHON
for signature in openssl openssl-binary cryptography cryptography-binary; do
  for way in "" -binary; do
    observe sh -c "printf '%s, verified %s: ' $signature '$way'
      openssl cms -verify $way -inform DER -in $signature.p7s -content hashes.txt -CAfile unit.pem -out out 2>&1 | head -1"
  done
done
seen <<'SEEN'
openssl of the file: False of it with CR LF: True
openssl-binary of the file: True of it with CR LF: False
cryptography of the file: False of it with CR LF: True
cryptography-binary of the file: True of it with CR LF: False
openssl, verified : CMS Verification successful
openssl, verified -binary: CMS Verification failure
openssl-binary, verified : CMS Verification failure
openssl-binary, verified -binary: CMS Verification successful
cryptography, verified : CMS Verification successful
cryptography, verified -binary: CMS Verification failure
cryptography-binary, verified : CMS Verification failure
cryptography-binary, verified -binary: CMS Verification successful
SEEN
