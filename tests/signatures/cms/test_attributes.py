"""What a CMS signature states under its value, built attribute by attribute: two statements of one thing never pass."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import pki
import pytest
from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed448, ed25519, padding, rsa
from pki import NOW, YEAR

from intake.signatures.cms.message import verify_detached
from intake.signatures.cms.signed_data import NOT_DATA, TWICE, UNBOUND
from intake.signatures.verified import Verified

CONTENT = b"Entry;Status\r\n000001;Current\r\n"
SHA3_RSA, ML_DSA = "2.16.840.1.101.3.4.3.14", "2.16.840.1.101.3.4.3.18"
Attributes = Sequence[cms.CMSAttribute]


@cache
def holder(number: int = 1) -> pki.Holder:
    return pki.root().issue(pki.name(f"Signer {number}", "Example"), key_number=number)


def attribute(kind: str, *values: Any) -> cms.CMSAttribute:  # noqa: ANN401  # half typed in asn1crypto
    return cms.CMSAttribute({"type": kind, "values": list(values)})


def of_content(kind: str = "data") -> cms.CMSAttribute:
    return attribute("content_type", kind)


def digest(content: bytes = CONTENT, name: str = "sha256") -> cms.CMSAttribute:
    return attribute("message_digest", hashlib.new(name, content).digest())


def named(who: pki.Holder, version: int = 2) -> cms.CMSAttribute:
    if version == 1:
        first = tsp.ESSCertID({"cert_hash": hashlib.sha1(who.der).digest()})  # noqa: S324  # as version 1 does
        return attribute("signing_certificate", tsp.SigningCertificate({"certs": [first]}))
    second = tsp.ESSCertIDv2({"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": hashlib.sha256(who.der).digest()})
    return attribute("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [second]}))


def at(hours: int) -> cms.CMSAttribute:
    return attribute("signing_time", cms.Time({"utc_time": core.UTCTime(NOW - timedelta(hours=hours))}))


@dataclass(frozen=True)
class How:
    """How to sign."""

    digest: str = "sha256"
    algorithm: str = "sha256_rsa"
    value: Callable[[bytes], bytes] | None = None
    certificate: bytes | None = None
    kind: str = "data"


def signed(attributes: Attributes, how: How | None = None) -> Verified:
    """What is made of a detached signature over these attributes, or over the content where there are none."""
    how = how or How()
    certificate = asn1.Certificate.load(how.certificate or holder().der)
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": {
                        "issuer": certificate.issuer,
                        "serial_number": certificate.serial_number,
                    }
                }
            ),
            "digest_algorithm": {"algorithm": how.digest},
            "signature_algorithm": {"algorithm": how.algorithm},
            "signature": b"0",
        }
    )
    covered = CONTENT
    if attributes:
        info["signed_attrs"] = cms.CMSAttributes(attributes)
        info = cms.SignerInfo.load(info.dump(force=True))
        covered = info["signed_attrs"].untag().dump()
    info["signature"] = (how.value or by_rsa)(covered)
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": how.digest}],
            "encap_content_info": {"content_type": how.kind},
            "certificates": [cms.CertificateChoices("certificate", certificate)],
            "signer_infos": [info],
        }
    )
    whole = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump(force=True)
    (verified,) = verify_detached(whole, [CONTENT]).verified
    return verified


def by_rsa(covered: bytes, algorithm: hashes.HashAlgorithm | None = None) -> bytes:
    key = holder().key
    assert isinstance(key, rsa.RSAPrivateKey)
    return key.sign(covered, padding.PKCS1v15(), algorithm or hashes.SHA256())


GOOD: dict[str, Attributes] = {
    "none": (),
    "the least": (of_content(), digest()),
    "its certificate, in both versions": (of_content(), digest(), named(holder(), 1), named(holder())),
    "a time": (of_content(), digest(), at(1)),
    "one that nobody knows": (of_content(), digest(), attribute("1.2.3.4.5", core.Null())),
}


@pytest.mark.parametrize("what", GOOD)
def test_attributes_that_say_one_thing_hold(what: str) -> None:
    verified = signed(GOOD[what])
    assert (verified.intact, verified.valid, verified.failure) == (True, True, None)


BAD: dict[str, tuple[Attributes, str]] = {
    "another's certificate": ((of_content(), digest(), named(holder(2))), UNBOUND),
    "another's in version 1": ((of_content(), digest(), named(holder(2), 1)), UNBOUND),
    "another's in version 1 beside its own": ((of_content(), digest(), named(holder()), named(holder(2), 1)), UNBOUND),
    "another's in version 2 beside its own": ((of_content(), digest(), named(holder(), 1), named(holder(2))), UNBOUND),
    "two certificates": (
        (of_content(), digest(), named(holder()), named(holder(2))),
        TWICE.format(kind="signing certificate v2"),
    ),
    "two times": ((of_content(), digest(), at(1), at(2)), TWICE.format(kind="signing time")),
    "two digests": ((of_content(), digest(), digest(b"other")), TWICE.format(kind="message digest")),
    "two digests in one": (
        (of_content(), attribute("message_digest", *(hashlib.sha256(each).digest() for each in (CONTENT, b"other")))),
        TWICE.format(kind="message digest"),
    ),
    "two kinds of content": ((of_content(), of_content("signed_data"), digest()), TWICE.format(kind="content type")),
}


@pytest.mark.parametrize("what", BAD)
def test_attributes_that_say_two_things_do_not_pass(what: str) -> None:
    attributes, says = BAD[what]
    verified = signed(attributes)
    assert verified.failure is not None
    assert verified.reasons == (says,)
    assert verified.claimed_time is None


NOT_VERIFIED: dict[str, How] = {
    "SHA-3 with RSA": How("sha3_256", SHA3_RSA, lambda covered: by_rsa(covered, hashes.SHA3_256())),
    "an algorithm to come": How(algorithm=ML_DSA),
    "a digest to come": How("1.2.156.10197.1.401", "rsassa_pkcs1v15"),
    "a time stamp's content": How(kind="tst_info"),
    "content that nobody knows": How(kind="1.2.3.4"),
}


@pytest.mark.parametrize("what", NOT_VERIFIED)
def test_what_is_only_not_verified_here_is_not_called_wrong(what: str) -> None:
    how = NOT_VERIFIED[what]
    name = how.digest if how.digest in hashlib.algorithms_available else "sha256"
    verified = signed((of_content(how.kind), digest(name=name)), how)
    assert verified.failure in {"CRYPTO_CONSTRAINTS_FAILURE", "GENERIC"}
    assert "not verified here" in verified.reasons[0]
    assert (how.kind == "data") == (verified.reasons[0] != NOT_DATA)


def edwards(key: ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey) -> bytes:
    """DER of a certificate of such a key."""
    root = pki.root()
    made = (
        x509.CertificateBuilder()
        .subject_name(pki.name("Edwards", "Example"))
        .issuer_name(root.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - YEAR)
        .not_valid_after(NOW + YEAR)
        .sign(root.key, hashes.SHA256())
    )
    return pki.Holder(made, root.key).der


@pytest.mark.parametrize("attributes", [(), (of_content(), digest(name="sha512"))])
def test_ed25519_signs_attributes_and_the_content_itself(attributes: Attributes) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    how = How("sha512", "ed25519", key.sign, edwards(key))
    assert signed(attributes, how).failure is None
    other = How("sha512", "ed25519", ed25519.Ed25519PrivateKey.generate().sign, how.certificate)
    assert signed(attributes, other).failure == "SIG_CRYPTO_FAILURE"
    of_rsa = How("sha512", "ed25519", key.sign, holder().der)
    assert signed(attributes, of_rsa).failure == "SIG_CRYPTO_FAILURE"


def test_ed448_leaves_the_matter_open() -> None:
    key = ed448.Ed448PrivateKey.generate()
    verified = signed((), How("sha512", "ed448", key.sign, edwards(key)))
    assert verified.failure == "CRYPTO_CONSTRAINTS_FAILURE"
