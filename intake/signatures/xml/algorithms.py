"""The algorithms a signature may use; anything else is refused by name (RFC 9231).

SHA-1 and short keys verify here like all others, and are named, so that whoever trusts can say what they are worth.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NoReturn

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from intake.signatures.refused import CRYPTO_CONSTRAINTS_FAILURE, refuse

_2000 = "http://www.w3.org/2000/09/xmldsig#"
_2001 = "http://www.w3.org/2001/04/xmldsig-more#"
_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
_2009 = "http://www.w3.org/2009/xmldsig11#"
_2021 = "http://www.w3.org/2021/04/xmldsig-more#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"
_DIGESTS = {f"{_2000}sha1": "sha1", f"{_ENC}sha256": "sha256", f"{_2001}sha384": "sha384", f"{_ENC}sha512": "sha512"}
_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
Kind = Literal["rsa", "rsa-pss", "ecdsa"]
_UNVERIFIED = (
    frozenset(f"{_2001}{name}" for name in ("rsa-ripemd160", "sha224", "rsa-sha224", "ecdsa-sha224"))
    | frozenset(
        f"{_2007}{name}"
        for name in (
            *(f"sha3-{bits}" for bits in (224, 256, 384, 512)),
            *(f"{digest}-rsa-MGF1" for digest in ("sha224", "sha3-224", "sha3-256", "sha3-384", "sha3-512")),
            *("ecdsa-ripemd160", "ecdsa-whirlpool", "rsa-whirlpool", "whirlpool"),
        )
    )
    | {f"{_2000}dsa-sha1", f"{_2009}dsa-sha256", f"{_ENC}ripemd160", f"{_2021}eddsa-ed25519", f"{_2021}eddsa-ed448"}
)
"""What is named so and verified by nothing here: a signature by one of them is not known to be wrong."""


@dataclass(frozen=True, slots=True)
class SignatureMethod:
    """How a signature value is made."""

    kind: Kind
    digest: str

    @property
    def name(self) -> str:
        """Give the name, such as ``rsa-sha256``."""
        return f"{self.kind}-{self.digest}"


_METHODS = {f"{_2000}rsa-sha1": SignatureMethod("rsa", "sha1")}
_METHODS |= {f"{_2001}rsa-{digest}": SignatureMethod("rsa", digest) for digest in _HASHES if digest != "sha1"}
_METHODS |= {f"{_2007}{digest}-rsa-MGF1": SignatureMethod("rsa-pss", digest) for digest in _HASHES}
_METHODS |= {f"{_2001}ecdsa-{digest}": SignatureMethod("ecdsa", digest) for digest in _HASHES}


def digest_name(uri: str | None) -> str:
    """Give the short name of a digest method.

    Raises:
        RefusedError: it is not on the list.
    """
    if uri not in _DIGESTS:
        _refuse("digest", uri)
    return _DIGESTS[uri]


def _refuse(what: str, uri: str | None) -> NoReturn:
    if uri in _UNVERIFIED:
        name = (uri or "").rpartition("#")[2]
        refuse(f"The signature uses {name}, which is not verified here.", CRYPTO_CONSTRAINTS_FAILURE)
    refuse(f"The signature uses an unknown {what}: {uri}.")


def digest_of(name: str, content: bytes) -> bytes:
    """Compute the digest of some bytes.

    Args:
        name: as `digest_name` gives it.
        content: the bytes.
    """
    return hashlib.new(name, content, usedforsecurity=name != "sha1").digest()


def signature_method(uri: str | None) -> SignatureMethod:
    """Look up the signature method of this name; what its key is worth is not asked here.

    Raises:
        RefusedError: it is not on the list.
    """
    if uri not in _METHODS:
        _refuse("algorithm", uri)
    return _METHODS[uri]


def verifies(method: SignatureMethod, key: CertificatePublicKeyTypes, value: bytes, content: bytes) -> bool:
    """Verify the signature value over these bytes; False for a key of another kind."""
    digest = _HASHES[method.digest]()
    try:
        if isinstance(key, rsa.RSAPublicKey) and method.kind != "ecdsa":
            key.verify(value, content, _padding(method.kind, digest), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and method.kind == "ecdsa":
            key.verify(_as_der(value, key.curve), content, ec.ECDSA(digest))
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _padding(kind: Kind, digest: hashes.HashAlgorithm) -> padding.AsymmetricPadding:
    if kind == "rsa":
        return padding.PKCS1v15()
    return padding.PSS(padding.MGF1(digest), digest.digest_size)


def _as_der(value: bytes, curve: ec.EllipticCurve) -> bytes:
    """Convert concatenated r and s, each as long as the curve's order (RFC 4050, 3.3), to DER."""
    size = (curve.key_size + 7) // 8
    if len(value) != 2 * size:
        raise InvalidSignature
    return encode_dss_signature(int.from_bytes(value[:size]), int.from_bytes(value[size:]))
