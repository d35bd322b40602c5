#!/usr/bin/env bash
# A UTCTime of 2055 by pyasn1 0.6.5 or asn1tools 0.169.0 is 1955 for who reads X.509, and 2055 for the two themselves.
#
# Expected: a year that a UTCTime of X.509 cannot hold (RFC 5280, 4.1.2.5.1: 50 to 99 are 1950 to 1999) is refused, as it is
#           by asn1crypto 1.5.1 and asn1js 4.0.0 (npm), and 55 is read as 1955.
# Seen:     both write 55 for 2055, and node-forge 1.4.3 (npm) does so in dateToUtcTime; pyasn1 and asn1tools read it back as
#           2055, as Python's %y has it (69 is the first year of the last century), so a round trip shows nothing. A
#           certificate with this text for its end ended in 1955 for cryptography 50.0.2.
# Caller:   write GeneralizedTime from 2050 on, as RFC 5280 demands; a certificate of thirty years for a device, made by one's
#           own code, is past its end when it is made. Read the year by the rule of 50 yourself.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pyasn1==0.6.5 asn1tools==0.169.0 asn1crypto==1.5.1 cryptography==50.0.2
npm_packages node-forge@1.4.3 asn1js@4.0.0
observe python - <<'PYTHON'
from datetime import UTC, datetime
import asn1tools
from asn1crypto.core import UTCTime as Asn1cryptoTime
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyasn1.type.useful import UTCTime

end = datetime(2055, 4, 3, 12, tzinfo=UTC)
by_pyasn1 = UTCTime.fromDateTime(end)
print("pyasn1:", by_pyasn1, "read back:", by_pyasn1.asDateTime.date())
codec = asn1tools.compile_string("T DEFINITIONS ::= BEGIN Time ::= UTCTime END", "der")
written = codec.encode("Time", end)
print("asn1tools:", written[2:].decode(), "read back:", codec.decode("Time", written).date())
try:
    Asn1cryptoTime(end)
except ValueError as error:
    print("asn1crypto:", str(error).splitlines()[0])
print("asn1crypto reads:", Asn1cryptoTime.load(written).native.date())

key = ec.generate_private_key(ec.SECP256R1())
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Unit")])
builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
builder = builder.not_valid_before(datetime(2025, 4, 3, tzinfo=UTC)).not_valid_after(datetime(2049, 4, 3, 12, tzinfo=UTC))
der = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
changed = x509.load_der_x509_certificate(der.replace(b"490403120000Z", written[2:]))
print("cryptography, a certificate with this end:", changed.not_valid_after_utc.date())
PYTHON
cat >times.cjs <<'NODE'
const forge = require("node-forge");
const { UTCTime } = require("asn1js");
const end = new Date("2055-04-03T12:00:00Z");
const text = forge.asn1.dateToUtcTime(end);
console.log("node-forge:", text, "read back:", forge.asn1.utcTimeToDate(text).toISOString().slice(0, 10));
try {
  new UTCTime({ valueDate: end });
} catch (error) {
  console.log("asn1js:", error.message);
}
NODE
observe node times.cjs
seen <<'SEEN'
pyasn1: 550403120000Z read back: 2055-04-03
asn1tools: 550403120000Z read back: 2055-04-03
asn1crypto: Year of the UTCTime is not in range [1950, 2049], use GeneralizedTime instead
asn1crypto reads: 1955-04-03
cryptography, a certificate with this end: 1955-04-03
node-forge: 550403120000Z read back: 1955-04-03
asn1js: UTCTime year must be between 1950 and 2049, got 2055; use GeneralizedTime instead
SEEN
