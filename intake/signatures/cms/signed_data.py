"""What a CMS SignedData says of some content (RFC 5652): each signer by itself, its mathematics and nothing more."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import cms, core, parser, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko.sign.general import match_issuer_serial
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    extract_self_reported_ts,
    get_signing_cert_attr,
    validate_sig_integrity,
)
from pyhanko_certvalidator.errors import AlgorithmNotSupported

from intake.signatures.armour import binary_of
from intake.signatures.refused import (
    CRYPTO_CONSTRAINTS_FAILURE,
    FORMAT_FAILURE,
    GENERIC,
    HASH_FAILURE,
    NO_SIGNING_CERTIFICATE_FOUND,
    SIG_CRYPTO_FAILURE,
    MalformedSignatureError,
    refuse,
)
from intake.signatures.surprise import surprised
from intake.signatures.verified import TimeStamp, Verified, broken

logging.getLogger("pyhanko").addHandler(logging.NullHandler())  # its warnings are about strangers' files

MAX_SIGNERS = 20
MAX_CERTIFICATES = 100
SHORT_RSA = 2048
"""Bits below which the size of an RSA key is named among the algorithms."""

_DIGESTS = frozenset({"sha1", "sha224", "sha256", "sha384", "sha512"})
_BROKEN = frozenset({"md2", "md4", "md5"})
_KINDS = {"rsassa_pkcs1v15": "rsa", "rsassa_pss": "rsa-pss", "ecdsa": "ecdsa", "ed25519": "ed25519"}
_EDWARDS = "ed25519"
_NAMING = frozenset({"signing_certificate", "signing_certificate_v2"})
_ONCE = ("content_type", "message_digest", "signing_time", *sorted(_NAMING))
_SET = b"\x31"
_PADDING = b"\0\r\n\t "

DAMAGED = "The signature is damaged; it cannot be read as CMS."
NONE = "It is no CMS signature."
CROWDED = "The signature names far more signers or certificates than any real one."
NO_CERTIFICATE = "The signature does not hold the certificate of its signer."
UNBOUND = "The signature names another signing certificate than the one that came with it."
CHANGED = "What was signed has been changed since."
WRONG_VALUE = "The signature value does not fit the certificate's key and what was signed."
UNVERIFIED_KEY = "The signature is by a key of a kind that is not verified here."
NOT_DATA = "The signature says that it covers something other than plain data, which is not verified here."
TWICE = "The signature states one thing twice: {kind}."
ATTRIBUTES = "The signature covers bytes that could as well be another signature's attributes."


def parse(content: bytes) -> cms.SignedData:
    """Give the SignedData of a ContentInfo in DER or BER, or in the text that `armour` knows.

    Raises:
        RefusedError: it is none, or far larger than any real one.
    """
    try:
        encoded = binary_of(content)
        if encoded is None:
            refuse(DAMAGED)
        size = parser.peek(encoded)
        if encoded[size:].strip(_PADDING):
            refuse("The signature has something behind its end.")
        info = cms.ContentInfo.load(encoded[:size])
        if info["content_type"].native != "signed_data":
            refuse(NONE)
        data = info["content"]
        if len(data["signer_infos"]) > MAX_SIGNERS or len(data["certificates"]) > MAX_CERTIFICATES:
            refuse(CROWDED)
    except (ValueError, TypeError, KeyError) as error:
        raise MalformedSignatureError(DAMAGED) from error
    return data


def encapsulated(data: cms.SignedData) -> bytes | None:
    """Give the content that the SignedData carries itself; None where it is detached."""
    content = data["encap_content_info"]["content"]
    return None if isinstance(content, core.Void) else bytes(content)


def certificates_of(data: cms.SignedData) -> list[x509.Certificate]:
    """Give the X.509 certificates that came along."""
    return [choice.chosen.untag() for choice in data["certificates"] if choice.name == "certificate"]


def verify_signers(data: cms.SignedData, content: bytes, form: str = "cms") -> tuple[Verified, ...]:
    """Verify every signer by itself.

    Args:
        data: the signatures.
        content: what was signed.
        form: the format to report, ``cms`` or ``pdf``.
    """
    hashed, certificates = _Hashed(content), certificates_of(data)
    return tuple(_verified(info, data, certificates, hashed, form) for info in data["signer_infos"])


def verify_fitting(data: cms.SignedData, contents: Sequence[bytes]) -> tuple[bytes, tuple[Verified, ...]]:
    """Verify every signer against the first of the contents that any of them vouches for.

    Args:
        data: the signatures.
        contents: what may have been signed, such as one text with either line ends; where none fits, the first counts.
    """
    tried = []
    for content in contents:
        tried.append((content, verify_signers(data, content)))
        if any(verified.intact for verified in tried[-1][1]):
            return tried[-1]
    return tried[0]


@dataclass(slots=True)
class _Hashed:
    """Content, each of whose digests is computed once."""

    content: bytes
    _digests: dict[str, bytes] = field(default_factory=dict)

    def digest(self, name: str) -> bytes:
        if name not in self._digests:
            self._digests[name] = hashlib.new(name, self.content, usedforsecurity=name != "sha1").digest()
        return self._digests[name]


def _verified(
    info: cms.SignerInfo,
    data: cms.SignedData,
    certificates: Sequence[x509.Certificate],
    hashed: _Hashed,
    form: str,
) -> Verified:
    """Verify one signer; never raises."""
    try:
        return _signer(info, data, certificates, hashed, form)
    except MalformedSignatureError as refused:
        return broken(form, refused.failure, refused.reason)
    except Exception as error:  # noqa: BLE001  # sorted into the file's faults and ours
        return surprised(form, error, DAMAGED)


def _signer(
    info: cms.SignerInfo,
    data: cms.SignedData,
    certificates: Sequence[x509.Certificate],
    hashed: _Hashed,
    form: str,
) -> Verified:
    digest, algorithms = _algorithms(info)
    content_type = data["encap_content_info"]["content_type"].native
    if content_type != "data":
        refuse(NOT_DATA, GENERIC if _content_types(info) == [content_type] else FORMAT_FAILURE)
    named = [other_certificate for other_certificate in certificates if _is_named(other_certificate, info["sid"])]
    if not named:
        others = tuple(other_certificate.dump() for other_certificate in certificates)
        facts = {"algorithms": algorithms, "certificates": others}
        return broken(form, NO_SIGNING_CERTIFICATE_FOUND, NO_CERTIFICATE, **facts)
    tried = [(other_certificate, *_integrity(info, other_certificate, hashed, digest)) for other_certificate in named]
    certificate, intact, valid = max(tried, key=lambda attempt: (attempt[1] and attempt[2], attempt[1], attempt[2]))
    wrong = _wrong(changed=_is_signed(info) and not intact, valid=valid)
    return Verified(
        form,
        intact=intact,
        valid=valid,
        certificate=certificate.dump(),
        certificates=tuple(
            other_certificate.dump()
            for other_certificate in certificates
            if other_certificate.dump() != certificate.dump()
        ),
        bound=_is_signed(info) and get_signing_cert_attr(info["signed_attrs"]) is not None,
        claimed_time=extract_self_reported_ts(info) if _is_signed(info) and valid else None,
        stamps=tuple(_stamps(info)),
        algorithms=(*algorithms, *_short_key(certificate)),
        failure=wrong[0] if wrong else None,
        reasons=wrong[1:] if wrong else (),
    )


def _algorithms(info: cms.SignerInfo) -> tuple[str, tuple[str, ...]]:
    """The digest's name, and the names of all algorithms that the signature rests on.

    Raises:
        RefusedError: one of them is not on the list.
    """
    digest = info["digest_algorithm"]["algorithm"].native
    method = info["signature_algorithm"]
    try:
        kind = _KINDS.get(method.signature_algo)
    except ValueError:  # what the library has no name for
        kind = None
    try:
        own = method.hash_algo
    except ValueError:
        own = digest  # plain RSA goes by the digest's own field
    if digest not in _DIGESTS or kind is None or own not in _DIGESTS:
        name = f"{method['algorithm'].native} with {digest}"
        if _BROKEN & {digest, own}:
            refuse(f"The signature uses {name}, which proves nothing.")
        refuse(f"The signature uses {name}, which is not verified here.", CRYPTO_CONSTRAINTS_FAILURE)
    return digest, (kind if kind == "ed25519" else f"{kind}-{own}", digest)


def _is_named(certificate: x509.Certificate, signer: cms.SignerIdentifier) -> bool:
    if signer.name == "issuer_and_serial_number":
        return bool(match_issuer_serial(signer.chosen, certificate))
    return certificate.key_identifier is not None and bool(certificate.key_identifier == signer.chosen.native)


def _integrity(info: cms.SignerInfo, certificate: x509.Certificate, hashed: _Hashed, digest: str) -> tuple[bool, bool]:
    """Whether the content is unchanged, and whether the signature value fits the certificate's key.

    Raises:
        RefusedError: the signature contradicts itself.
    """
    if not _is_signed(info) and hashed.content.startswith(_SET) and _are_attributes(hashed.content):
        refuse(ATTRIBUTES)
    if not _is_signed(info) and info["signature_algorithm"].signature_algo == _EDWARDS:
        return True, _is_edwards_s(certificate, info["signature"].native, hashed.content)
    if _is_signed(info):
        _expect_one_of_each(info)
        if any(not _is_of(certificate, value, kind) for kind, value in _signing_certificates(info)):
            raise MalformedSignatureError(UNBOUND, NO_SIGNING_CERTIFICATE_FOUND)
    try:
        return validate_sig_integrity(info, certificate, "data", hashed.digest(digest))
    except SignatureValidationError as error:
        if error.ades_subindication.standard_name == NO_SIGNING_CERTIFICATE_FOUND:
            raise MalformedSignatureError(UNBOUND, NO_SIGNING_CERTIFICATE_FOUND) from error
        refuse(f"The signature contradicts itself: {error.failure_message}")
    except (AssertionError, AlgorithmNotSupported):  # a key of another kind than the signature's
        return _is_signed(info) and _digest_stated(info) == hashed.digest(digest), False
    except UnsupportedAlgorithm:
        refuse(UNVERIFIED_KEY, CRYPTO_CONSTRAINTS_FAILURE)


def _content_types(info: cms.SignerInfo) -> list[str]:
    """The types of content that the signed attributes state; none where there are no such attributes."""
    attributes = info["signed_attrs"] if _is_signed(info) else ()
    stated = (attribute["values"] for attribute in attributes if attribute["type"].native == "content_type")
    return [value.native for values in stated for value in values]


def _is_edwards_s(certificate: x509.Certificate, signature: bytes, content: bytes) -> bool:
    """Whether an Ed25519 signature is over the content itself (RFC 8419, 3.2), which no digest stands for."""
    try:
        key = load_der_public_key(certificate.public_key.dump())
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _expect_one_of_each(info: cms.SignerInfo) -> None:
    """See that no attribute of which one only may stand is there twice: programs differ in which they read.

    Raises:
        RefusedError: one is.
    """
    kinds = [attribute["type"].native for attribute in info["signed_attrs"]]
    values = {attribute["type"].native: len(attribute["values"]) for attribute in info["signed_attrs"]}
    for kind in _ONCE:
        if kinds.count(kind) > 1 or values.get(kind, 1) > 1:
            refuse(TWICE.format(kind=kind.replace("_", " ")))


def _signing_certificates(info: cms.SignerInfo) -> Iterator[tuple[str, Any]]:
    """Each statement of the signer's certificate, of either version (RFC 5035), with the name of its attribute."""
    for attribute in info["signed_attrs"]:
        if attribute["type"].native in _NAMING:
            yield from ((attribute["type"].native, value) for value in attribute["values"])


def _is_of(certificate: x509.Certificate, value: Any, kind: str) -> bool:  # noqa: ANN401  # half typed in asn1crypto
    """Whether such a statement names this certificate: the first of its digests is the signer's."""
    first = value["certs"][0]
    digest = "sha1" if kind == "signing_certificate" else first["hash_algorithm"]["algorithm"].native
    if digest not in _DIGESTS:
        refuse(
            f"The signature names its certificate by {digest}, which is not verified here.", CRYPTO_CONSTRAINTS_FAILURE
        )
    stated: bytes = first["cert_hash"].native
    return hashlib.new(digest, certificate.dump(), usedforsecurity=False).digest() == stated


def _digest_stated(info: cms.SignerInfo) -> bytes | None:
    """The digest of the content that the signed attributes state; None where they state none, or several."""
    stated = [attribute["values"] for attribute in info["signed_attrs"] if attribute["type"].native == "message_digest"]
    values = [value.native for several in stated for value in several]
    return values[0] if len(values) == 1 else None


def _is_signed(info: cms.SignerInfo) -> bool:
    """Whether the signature value covers attributes rather than the content itself."""
    return not isinstance(info["signed_attrs"], core.Void)


def _are_attributes(content: bytes) -> bool:
    """Whether content is a DER set of attributes, so that a signature over either could be shown for the other."""
    try:
        attributes = cms.CMSAttributes.load(content, strict=True)
        return any(attribute["type"].native in {"message_digest", "content_type"} for attribute in attributes)
    except (ValueError, TypeError):
        return False


def _wrong(*, changed: bool, valid: bool) -> tuple[str, str] | None:
    """Give the failure and its sentence (EN 319 102-1, 5.2.7: the digest goes before the value)."""
    if changed:
        return HASH_FAILURE, CHANGED
    return None if valid else (SIG_CRYPTO_FAILURE, WRONG_VALUE)


def _stamps(info: cms.SignerInfo) -> Iterator[TimeStamp]:
    """Time stamps over the signature value (RFC 3161, appendix A)."""
    attributes = info["unsigned_attrs"]
    for attribute in () if isinstance(attributes, core.Void) else attributes:
        if attribute["type"].native == "signature_time_stamp_token":
            for token in attribute["values"]:
                yield TimeStamp(token.dump(), info["signature"].native)


def _short_key(certificate: x509.Certificate) -> tuple[str, ...]:
    key = certificate.public_key
    short = key.algorithm in {"rsa", "rsassa_pss"} and key.bit_size < SHORT_RSA
    return (f"rsa-{key.bit_size}",) if short else ()
