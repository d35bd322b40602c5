"""Signs what we send: a detached CMS signature (RFC 5652) of a file, with a key in a file or on a PKCS#11 token.

endesive makes the signature. What we receive it does not verify: see the README.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from intake.config import Config
from intake.errors import ConfigurationError

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
MIN_RSA = 2048
_DIGESTS = {"secp256r1": "sha256", "secp384r1": "sha384", "secp521r1": "sha512"}
_HINT = "See [signing] in: cpl-intake config --example"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was made."""

    content: bytes
    """DER of the CMS, to stand beside the file as ``.p7s``."""
    signer: str
    """The certificate's subject."""
    expires: datetime
    """When the certificate does."""


@dataclass(frozen=True, slots=True)
class _Identity:
    """A signing key and its certificates."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...] = ()
    """Its authorities', which go along."""
    key: PrivateKey | None = None
    """None where a token keeps it."""
    token: Any = None


def expiry(config: Config) -> datetime | None:
    """Tell when the signing certificate ends, without signing; None where `[signing]` names no key.

    Raises:
        ConfigurationError: key, certificate or password are missing or wrong.
        UnreachableError: the token does not answer.
    """
    signing = config.signing
    if signing.key_file:
        return _of_files(config).certificate.not_valid_after_utc
    if not signing.pkcs11_module:
        return None
    certificates = _certificates(config)
    if not certificates:
        from intake.signing.token import opened  # noqa: PLC0415  # only where there is a token

        with opened(config) as token:
            certificates = token.certificates()
    return certificates[0].not_valid_after_utc if certificates else None


def sign(content: bytes, config: Config, *, now: datetime | None = None) -> Signature:
    """Sign as `[signing]` says.

    Args:
        content: the file's bytes.
        config: the configuration.
        now: the moment that the signature claims; None: the clock's.

    Raises:
        ConfigurationError: key, certificate or password are missing, wrong or out of date.
        UnreachableError: the token does not answer.
    """
    moment = now or datetime.now(UTC)
    signing = config.signing
    if bool(signing.key_file) == bool(signing.pkcs11_module):
        message = "[signing] needs either a key_file or a pkcs11_module" + (", not both" if signing.key_file else "")
        raise ConfigurationError(message, _HINT)
    if signing.key_file:
        return _signed(content, _of_files(config), moment)
    from intake.signing.token import opened  # noqa: PLC0415  # only where there is a token

    with opened(config) as token:
        certificates = _certificates(config) or token.certificates()
        if not certificates:
            message = "[signing] names no certificate, and there is none on the token under pkcs11_label"
            raise ConfigurationError(message, _HINT)
        return _signed(content, _Identity(certificates[0], tuple(certificates[1:]), token=token), moment)


def _signed(content: bytes, identity: _Identity, moment: datetime) -> Signature:
    from intake.signatures.cms.message import verify_detached  # noqa: PLC0415  # heavy, and most days nothing is signed
    from intake.signing.detached import build  # noqa: PLC0415  # likewise

    certificate = identity.certificate
    digest = _digest_for(certificate)
    _expect_valid(certificate, moment)
    if identity.token is not None:
        identity.token.use(certificate)
    made = build(
        content, certificate, identity.others, key=identity.key, token=identity.token, digest=digest, moment=moment
    )
    (verified,) = verify_detached(made, (content,)).verified
    if not (verified.intact and verified.valid and verified.bound):
        message = "[signing] the key does not belong to the certificate"
        raise ConfigurationError(message, _HINT)
    return Signature(made, certificate.subject.rfc4514_string(), certificate.not_valid_after_utc)


def _of_files(config: Config) -> _Identity:
    content, password = _bytes(config, config.signing.key_file), config.secret(config.signing.password_file)
    secret = password.encode() or None
    try:
        if content.lstrip().startswith(b"-----BEGIN"):
            key: Any = load_pem_private_key(content, secret)
            chain = _certificates(config)
        else:
            key, own, others = pkcs12.load_key_and_certificates(content, secret)
            chain = _certificates(config) or [other for other in (own, *others) if other is not None]
    except (ValueError, TypeError) as error:
        message = f"[signing] key_file {config.signing.key_file} cannot be opened: {error}"
        raise ConfigurationError(message, "It must be PEM or PKCS#12, and password_file hold its password.") from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or not chain:
        message = "[signing] needs an RSA or elliptic curve key, and the certificate of it"
        raise ConfigurationError(message, _HINT)
    return _Identity(chain[0], tuple(chain[1:]), key)


def _certificates(config: Config) -> list[x509.Certificate]:
    """Those of the certificate's file, the signer's first; none where no file is named."""
    if not config.signing.certificate:
        return []
    content = _bytes(config, config.signing.certificate)
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except ValueError as error:
        message = f"[signing] certificate {config.signing.certificate} cannot be read: {error}"
        raise ConfigurationError(message, _HINT) from error


def _bytes(config: Config, file: str) -> bytes:
    path: Path = config.path(file)
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"[signing] {file} cannot be read: {error.strerror}"
        raise ConfigurationError(message, _HINT) from error


def _digest_for(certificate: x509.Certificate) -> str:
    """Choose the digest that suits the key.

    Raises:
        ConfigurationError: the key is of another kind, or too short to be believed.
    """
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= MIN_RSA:
        return "sha256"
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _DIGESTS:
        return _DIGESTS[key.curve.name]
    message = "[signing] the certificate's key must be RSA of 2048 bits or more, or on the curve P-256, P-384 or P-521"
    raise ConfigurationError(message)


def _expect_valid(certificate: x509.Certificate, moment: datetime) -> None:
    if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
        begin, end = certificate.not_valid_before_utc.date(), certificate.not_valid_after_utc.date()
        message = f"[signing] the certificate is valid from {begin} to {end} only"
        raise ConfigurationError(message)
