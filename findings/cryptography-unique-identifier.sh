#!/usr/bin/env bash
# cryptography 50.0.2: an EUI-64 in a name's uniqueIdentifier has nine bytes; for asn1crypto 1.5.1 it has eight.
#
# Expected: the value of the attribute (2.5.4.45, a BIT STRING) is the 64 bits.
# Seen:     cryptography gives the content as it is encoded, led by the count of unused bits (00), in .value and in
#           rfc4514_string(); asn1crypto gives the bits. Written with the eight bytes, a certificate is signed without a
#           word in which the first byte of the EUI-64 stands as that count, and which other readers refuse.
# Caller:   take the first byte off when reading, put it before when writing, and compare with what another reader says.
. "$(dirname "$0")/lib.sh"
pip_packages cryptography==50.0.2 asn1crypto==1.5.1
observe python -W ignore - <<'PYTHON'
from datetime import datetime
from asn1crypto import x509 as other
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.name import _ASN1Type

EUI = bytes.fromhex("90b3d51f30000002")
key = ec.generate_private_key(ec.SECP256R1())
for value in (b"\0" + EUI, EUI):
    name = x509.Name([x509.NameAttribute(x509.NameOID.X500_UNIQUE_IDENTIFIER, value, _ASN1Type.BitString)])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, datetime(2029, 1, 1), datetime(2030, 1, 1))
    made = x509.load_der_x509_certificate(builder.sign(key, SHA256()).public_bytes(Encoding.DER))
    (attribute,) = made.subject
    print(f"written {value.hex()}: cryptography {attribute.value.hex()}, {made.subject.rfc4514_string()}")
    try:
        print("  asn1crypto", other.Certificate.load(made.public_bytes(Encoding.DER)).subject.native["unique_identifier"].hex())
    except ValueError:
        print("  asn1crypto refuses it")
PYTHON
seen <<'SEEN'
written 0090b3d51f30000002: cryptography 0090b3d51f30000002, 2.5.4.45=#0090b3d51f30000002
  asn1crypto 90b3d51f30000002
written 90b3d51f30000002: cryptography 90b3d51f30000002, 2.5.4.45=#90b3d51f30000002
  asn1crypto refuses it
SEEN
