#!/usr/bin/env bash
# Whose is a meter's certificate? @peculiar/x509 2.2.0 says nobody's, Node and OpenSSL say "unsupported".
#
# Expected: the one name in a device's certificate (an empty subject and a critical subjectAltName of the kind otherName,
#           hardwareModuleName of RFC 4108, with the EUI-64 in it, as GB Smart Metering has them) can be asked for.
# Seen:     @peculiar/x509 gives an empty list of names, as if the extension held none; Node (seen with 20.20.2) the text
#           "othername:<unsupported>", and undefined for the subject, where a text is promised; openssl (seen with 3.0) the
#           kind and "<unsupported>". cryptography 50.0.2 gives the bytes inside undecoded. jsrsasign 11.1.5 and asn1crypto
#           1.5.1 give the eight bytes.
# Caller:   take the octets out of the extension's own DER; never key a table of certificates by subject or by subjectAltName
#           as text, for all meters have the same two.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program openssl openssl
pip_packages cryptography==50.0.2 asn1crypto==1.5.1
npm_packages @peculiar/x509@2.2.0 reflect-metadata@0.2.2 jsrsasign@11.1.5
observe python - <<'PYTHON'
from datetime import datetime
from pathlib import Path
import asn1crypto.x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

module = bytes.fromhex("3014 06082a864886f70d0101 0408 90b3d51f30010000")  # a type of hardware, and the EUI-64
key = ec.generate_private_key(ec.SECP256R1())
issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Z1")])
days = datetime(2020, 1, 1), datetime(9999, 12, 31, 23, 59, 59)
name = x509.OtherName(x509.ObjectIdentifier("1.3.6.1.5.5.7.8.4"), module)
builder = x509.CertificateBuilder(issuer, x509.Name([]), key.public_key(), 7, *days)
certificate = builder.add_extension(x509.SubjectAlternativeName([name]), critical=True).sign(key, SHA256())
Path("device.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
(read,) = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
print("cryptography:", certificate.subject.rfc4514_string() or "-", read.value.hex())
(read,) = asn1crypto.x509.Certificate.load(certificate.public_bytes(Encoding.DER)).subject_alt_name_value.native
print("asn1crypto:", *(value.hex() if isinstance(value, bytes) else value for value in read["value"].values()))
PYTHON
cat >read.cjs <<'NODE'
require("reflect-metadata");
const { X509Certificate } = require("crypto");
const { readFileSync } = require("fs");
const peculiar = require("@peculiar/x509");
const { X509 } = require("jsrsasign");
const pem = readFileSync("device.pem", "utf8");
const byNode = new X509Certificate(pem);
console.log("Node:", byNode.subject, byNode.subjectAltName);
const byPeculiar = new peculiar.X509Certificate(pem);
console.log("@peculiar/x509:", byPeculiar.subject || "-", JSON.stringify(byPeculiar.getExtension("2.5.29.17").names));
const byJsrsasign = new X509();
byJsrsasign.readCertPEM(pem);
console.log("jsrsasign:", JSON.stringify(byJsrsasign.getExtSubjectAltName().array));
NODE
observe node read.cjs
observe sh -c 'openssl x509 -in device.pem -noout -ext subjectAltName | tail -1'
seen <<'SEEN'
cryptography: - 301406082a864886f70d0101040890b3d51f30010000
asn1crypto: 1.2.840.113549.1.1 90b3d51f30010000
Node: undefined othername:<unsupported>
@peculiar/x509: - []
jsrsasign: [{"other":{"oid":"1.3.6.1.5.5.7.8.4","value":{"seq":[{"oid":"1.2.840.113549.1.1"},{"octstr":{"hex":"90b3d51f30010000"}}]}}}]
    othername: 1.3.6.1.5.5.7.8.4::<unsupported>
SEEN
