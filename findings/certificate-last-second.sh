#!/usr/bin/env bash
# The last second of a certificate: openssl (seen with 3.0) and @peculiar/x509 2.2.0 call it expired, three others valid.
#
# Expected: notAfter belongs to the time of validity, as notBefore does (RFC 5280, 4.1.2.5: "inclusive").
# Seen:     at that moment openssl verify tells of an expired certificate; pyOpenSSL 26.4.0, whose OpenSSL is newer, of none, so
#           a program's answer changes with its OpenSSL. @peculiar/x509 refuses the first moment, too. Half a second after
#           notAfter cryptography 50.0.2 still says yes, as it looks at whole seconds, and node-forge 1.4.3 no longer.
# Caller:   a certificate of one day that begins at midnight is none at midnight; let no test, and no rule of "valid on its
#           last day", stand on the edge, and compare notAfter yourself where the second counts.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program openssl openssl
pip_packages cryptography==50.0.2 pyOpenSSL==26.4.0
npm_packages node-forge@1.4.3 @peculiar/x509@2.2.0 reflect-metadata@0.2.2
cat >make.py <<'PYTHON'
from datetime import datetime
from pathlib import Path
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

keys = [rsa.generate_private_key(65537, 2048) for _ in range(2)]
root, unit = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in ("Root", "Unit"))
usage = x509.KeyUsage(False, False, False, False, False, True, False, False, False)
own, issuer = x509.SubjectKeyIdentifier.from_public_key, x509.AuthorityKeyIdentifier.from_issuer_public_key
made = {
    "root": x509.CertificateBuilder(root, root, keys[0].public_key(), 1, datetime(2020, 1, 1), datetime(2040, 1, 1))
    .add_extension(x509.BasicConstraints(True, None), True).add_extension(usage, True)
    .add_extension(own(keys[0].public_key()), False),
    "unit": x509.CertificateBuilder(root, unit, keys[1].public_key(), 2, datetime(2029, 4, 3, 12), datetime(2029, 5, 3, 12))
    .add_extension(x509.SubjectAlternativeName([x509.DNSName("example.test")]), False)
    .add_extension(issuer(keys[0].public_key()), False)
    .add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.SERVER_AUTH]), False),
}
for name, builder in made.items():
    Path(f"{name}.pem").write_bytes(builder.sign(keys[0], hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
PYTHON
python make.py
cat >verify.py <<'PYTHON'
import subprocess
from datetime import UTC, datetime, timedelta
from OpenSSL import crypto
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

root, unit = (x509.load_pem_x509_certificate(open(f"{name}.pem", "rb").read()) for name in ("root", "unit"))


def by_openssl(moment):
    asked = ["openssl", "verify", "-attime", str(int(moment.timestamp())), "-CAfile", "root.pem", "unit.pem"]
    return subprocess.run(asked, capture_output=True).returncode == 0


def by_pyopenssl(moment):
    store = crypto.X509Store()
    store.add_cert(crypto.X509.from_cryptography(root))
    store.set_time(moment)
    try:
        crypto.X509StoreContext(store, crypto.X509.from_cryptography(unit)).verify_certificate()
    except crypto.X509StoreContextError:
        return False
    return True


def by_cryptography(moment):
    policy = PolicyBuilder().store(Store([root])).time(moment)
    try:
        policy.build_server_verifier(x509.DNSName("example.test")).verify(unit, [])
    except VerificationError:
        return False
    return True


for name, edge in (("notBefore", datetime(2029, 4, 3, 12, tzinfo=UTC)), ("notAfter", datetime(2029, 5, 3, 12, tzinfo=UTC))):
    for after in (-1, 0, 0.5, 1):
        moment = edge + timedelta(seconds=after)
        answers = f"openssl {by_openssl(moment)}, pyOpenSSL {by_pyopenssl(moment)}, cryptography {by_cryptography(moment)}"
        print(f"{name} {after:+} s: {answers}")
PYTHON
observe python -W ignore verify.py
cat >verify.mjs <<'NODE'
import "reflect-metadata";
import { X509Certificate } from "@peculiar/x509";
import forge from "node-forge";
import { readFileSync } from "fs";

const [root, unit] = ["root.pem", "unit.pem"].map((name) => readFileSync(name, "utf8"));
const publicKey = new X509Certificate(root).publicKey;
function byForge(validityCheckDate) {
  const certificate = forge.pki.certificateFromPem(unit);
  try {
    return forge.pki.verifyCertificateChain(forge.pki.createCaStore([root]), [certificate], { validityCheckDate });
  } catch (error) {
    return false;
  }
}
for (const [name, edge] of [["notBefore", "2029-04-03T12:00:00Z"], ["notAfter", "2029-05-03T12:00:00Z"]])
  for (const after of [-1, 0, 0.5, 1]) {
    const date = new Date(Date.parse(edge) + after * 1000);
    const peculiar = await new X509Certificate(unit).verify({ date, publicKey });
    console.log(`${name} ${after} s: @peculiar/x509 ${peculiar}, node-forge ${byForge(date)}`);
  }
NODE
observe node verify.mjs
seen <<'SEEN'
notBefore -1 s: openssl False, pyOpenSSL False, cryptography False
notBefore +0 s: openssl True, pyOpenSSL True, cryptography True
notBefore +0.5 s: openssl True, pyOpenSSL True, cryptography True
notBefore +1 s: openssl True, pyOpenSSL True, cryptography True
notAfter -1 s: openssl True, pyOpenSSL True, cryptography True
notAfter +0 s: openssl False, pyOpenSSL True, cryptography True
notAfter +0.5 s: openssl False, pyOpenSSL True, cryptography True
notAfter +1 s: openssl False, pyOpenSSL False, cryptography False
notBefore -1 s: @peculiar/x509 false, node-forge false
notBefore 0 s: @peculiar/x509 false, node-forge true
notBefore 0.5 s: @peculiar/x509 true, node-forge true
notBefore 1 s: @peculiar/x509 true, node-forge true
notAfter -1 s: @peculiar/x509 true, node-forge true
notAfter 0 s: @peculiar/x509 false, node-forge true
notAfter 0.5 s: @peculiar/x509 false, node-forge false
notAfter 1 s: @peculiar/x509 false, node-forge false
SEEN
