"""Seals bytes for who holds one of some keys: CMS EnvelopedData (RFC 5652), which ``openssl cms -decrypt`` opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from intake.errors import ConfigurationError, reason

_HINT = "[seal] names certificates (X.509, PEM) with RSA keys; the private keys stay with whoever may open."


def certificates(files: Sequence[Path]) -> tuple[x509.Certificate, ...]:
    """Read the certificates that something is sealed for.

    Raises:
        ConfigurationError: one cannot be read, or has a key that nothing can be sealed for.
    """
    return tuple(_certificate(file) for file in files)


def _certificate(file: Path) -> x509.Certificate:
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError) as error:
        message = f"the certificate {file} cannot be read: {reason(error, file)}"
        raise ConfigurationError(message, _HINT) from error
    if not isinstance(certificate.public_key(), rsa.RSAPublicKey):
        message = f"the key of the certificate {file} is not an RSA key"
        raise ConfigurationError(message, _HINT)
    return certificate


def seal(content: bytes, recipients: Sequence[x509.Certificate]) -> bytes:
    """Encrypt bytes with AES-256 so that the private key of any of these certificates opens them; gives DER."""
    envelope = pkcs7.PKCS7EnvelopeBuilder().set_data(content).set_content_encryption_algorithm(AES256)
    for certificate in recipients:
        envelope = envelope.add_recipient(certificate)
    return envelope.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
