#!/usr/bin/env bash
# The serial number of a certificate in hexadecimal: six libraries differ in the noughts in front, so looking it up fails.
#
# Expected: a serial number in hexadecimal has the same digits everywhere, but for capitals.
# Seen:     where the first bit is set node-forge 1.4.3 and jsrsasign 11.1.5 (npm) keep the byte 00 that DER puts before it;
#           @peculiar/x509 2.2.0 and Node (seen with 20.20.2) leave it out. Where the first digit is a nought Python's
#           format(number, "x") of cryptography 50.0.2 and asn1crypto 1.5.1 loses it, and the others keep it. Half of all
#           random numbers have the first, one in sixteen the second.
# Caller:   compare them as numbers, int(text, 16), or without noughts in front and in small letters; in a database keep them
#           as text, filled up to forty digits.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages cryptography==50.0.2 asn1crypto==1.5.1
npm_packages node-forge@1.4.3 jsrsasign@11.1.5 @peculiar/x509@2.2.0 reflect-metadata@0.2.2
observe python - <<'PYTHON'
from datetime import UTC, datetime
from pathlib import Path
import asn1crypto.pem
import asn1crypto.x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(65537, 2048)
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Unit")])
for serial in (0x0A2B3C, 0xFF2B3C):
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(serial)
    builder = builder.not_valid_before(datetime(2029, 4, 3, tzinfo=UTC)).not_valid_after(datetime(2039, 4, 3, tzinfo=UTC))
    pem = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    Path(f"{serial:06x}.pem").write_bytes(pem)
    by_asn1crypto = asn1crypto.x509.Certificate.load(asn1crypto.pem.unarmor(pem)[2]).serial_number
    print("cryptography:", format(x509.load_pem_x509_certificate(pem).serial_number, "x"), "asn1crypto:", format(by_asn1crypto, "x"))
PYTHON
cat >serials.cjs <<'NODE'
require("reflect-metadata");
const { X509Certificate } = require("crypto");
const { readFileSync } = require("fs");
const forge = require("node-forge");
const { X509 } = require("jsrsasign");
const peculiar = require("@peculiar/x509");
for (const name of ["0a2b3c", "ff2b3c"]) {
  const pem = readFileSync(`${name}.pem`, "utf8");
  const byJsrsasign = new X509();
  byJsrsasign.readCertPEM(pem);
  console.log("Node:", new X509Certificate(pem).serialNumber, "node-forge:", forge.pki.certificateFromPem(pem).serialNumber,
    "jsrsasign:", byJsrsasign.getSerialNumberHex(), "@peculiar/x509:", new peculiar.X509Certificate(pem).serialNumber);
}
NODE
observe node serials.cjs
seen <<'SEEN'
cryptography: a2b3c asn1crypto: a2b3c
cryptography: ff2b3c asn1crypto: ff2b3c
Node: 0A2B3C node-forge: 0a2b3c jsrsasign: 0a2b3c @peculiar/x509: 0a2b3c
Node: FF2B3C node-forge: 00ff2b3c jsrsasign: 00ff2b3c @peculiar/x509: ff2b3c
SEEN
