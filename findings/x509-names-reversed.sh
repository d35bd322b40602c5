#!/usr/bin/env bash
# @peculiar/x509 2.2.0 (npm) writes and reads names first part first, so a text of RFC 4514 becomes another name.
#
# Expected: a name as text begins with its last part (RFC 4514, 2.1): "CN=Unit,O=Example,C=GB", as openssl and cryptography
#           50.0.2 have it; put back, it is the name that it was.
# Seen:     @peculiar/x509 says "C=GB, O=Example, CN=Unit" of the same certificate, and makes of cryptography's text a name with
#           its parts in the opposite order, which matches no issuer or subject. Its own text keeps the order, and still gives
#           other bytes: a PrintableString where the certificate has a UTF8String.
# Caller:   carry names from one program to another as DER; compare them as bytes or part by part, never as two texts.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program openssl openssl
pip_packages cryptography==50.0.2
npm_packages @peculiar/x509@2.2.0 reflect-metadata@0.2.2
openssl req -x509 -newkey rsa:2048 -nodes -keyout unit.key -out unit.pem -subj "/C=GB/O=Example/CN=Unit" 2>/dev/null
observe openssl x509 -in unit.pem -noout -subject -nameopt RFC2253
observe python - <<'PYTHON'
from pathlib import Path
from cryptography import x509

name = x509.load_pem_x509_certificate(Path("unit.pem").read_bytes()).subject
Path("name.txt").write_text(name.rfc4514_string())
print("cryptography:", name.rfc4514_string(), x509.Name.from_rfc4514_string(name.rfc4514_string()) == name)
PYTHON
cat >names.mjs <<'NODE'
import "reflect-metadata";
import { Name, X509Certificate } from "@peculiar/x509";
import { readFileSync } from "fs";

const { subject, subjectName } = new X509Certificate(readFileSync("unit.pem", "utf8"));
const parts = (name) => name.toJSON().flatMap(Object.keys).join(", ");
const hex = (name) => Buffer.from(name.toArrayBuffer()).toString("hex");
console.log("@peculiar/x509:", subject, "in the certificate:", parts(subjectName));
for (const text of [subject, readFileSync("name.txt", "utf8")])
  console.log(text, "gives", parts(new Name(text)), "same bytes:", hex(new Name(text)) === hex(subjectName));
NODE
observe node names.mjs
seen <<'SEEN'
subject=CN=Unit,O=Example,C=GB
cryptography: CN=Unit,O=Example,C=GB True
@peculiar/x509: C=GB, O=Example, CN=Unit in the certificate: C, O, CN
C=GB, O=Example, CN=Unit gives C, O, CN same bytes: false
CN=Unit,O=Example,C=GB gives CN, O, C same bytes: false
SEEN
