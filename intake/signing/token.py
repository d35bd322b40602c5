"""A signing key on a PKCS#11 token (a smart card, a hardware security module, SoftHSM), by way of endesive.hsm."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import PyKCS11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from endesive.hsm import HSM

from intake.config import Config
from intake.errors import ConfigurationError, UnreachableError

_RSA = {
    "sha256": PyKCS11.CKM_SHA256_RSA_PKCS,
    "sha384": PyKCS11.CKM_SHA384_RSA_PKCS,
    "sha512": PyKCS11.CKM_SHA512_RSA_PKCS,
}
_WRONG_PIN = frozenset({PyKCS11.CKR_PIN_INCORRECT, PyKCS11.CKR_PIN_LEN_RANGE, PyKCS11.CKR_PIN_INVALID})


class Token(HSM):  # type: ignore[misc]  # endesive ships no types
    """One token, logged in to; its key is used where it is and never leaves it."""

    def __init__(self, module: Path, label: str) -> None:
        """Load the token's driver.

        Args:
            module: the driver, a shared library.
            label: of the key, and of its certificate if that is there too.
        """
        super().__init__(str(module))
        self._label = label
        self._certificate: x509.Certificate | None = None

    def certificates(self) -> list[x509.Certificate]:
        """Give the key's own certificate, if the token keeps it."""
        handles = self.session.findObjects(
            [(PyKCS11.CKA_CLASS, PyKCS11.CKO_CERTIFICATE), (PyKCS11.CKA_LABEL, self._label)]
        )
        ders = [bytes(self.session.getAttributeValue(handle, [PyKCS11.CKA_VALUE])[0]) for handle in handles]
        return [x509.load_der_x509_certificate(der) for der in ders]

    def use(self, certificate: x509.Certificate) -> None:
        """Select the key and certificate to sign with."""
        self._certificate = certificate

    def certificate(self) -> tuple[str, bytes]:
        """Give what endesive asks before it signs: the key's name, and the certificate."""
        assert self._certificate is not None  # noqa: S101  # for the type checker: `use` comes first
        return self._label, self._certificate.public_bytes(Encoding.DER)

    def sign(self, keyid: str, data: bytes, mech: str) -> bytes:
        """Give the signature value over these bytes; `mech` names the digest.

        Raises:
            ConfigurationError: there is no such key, or more than one.
        """
        keys = self.session.findObjects([(PyKCS11.CKA_CLASS, PyKCS11.CKO_PRIVATE_KEY), (PyKCS11.CKA_LABEL, keyid)])
        if len(keys) != 1:
            message = f"the token holds {len(keys)} private keys called {keyid!r}; pkcs11_label must name one"
            raise ConfigurationError(message)
        if self._certificate is None or not isinstance(self._certificate.public_key(), ec.EllipticCurvePublicKey):
            return bytes(self.session.sign(keys[0], data, PyKCS11.Mechanism(_RSA[mech], None)))
        digest = hashlib.new(mech, data).digest()
        value = bytes(self.session.sign(keys[0], digest, PyKCS11.Mechanism(PyKCS11.CKM_ECDSA, None)))
        half = len(value) // 2  # tokens give r and s one behind the other, CMS wants them in DER
        return encode_dss_signature(int.from_bytes(value[:half]), int.from_bytes(value[half:]))


@contextmanager
def opened(config: Config) -> Iterator[Token]:
    """Give the token of `[signing]`, logged in to and out of again.

    Raises:
        ConfigurationError: the PIN is wrong; it is not tried again, because tokens lock themselves.
        UnreachableError: the driver or the token is not there, or fails.
    """
    signing, module = config.signing, config.path(config.signing.pkcs11_module)
    if not module.is_file():  # PyKCS11 would say so on stdout
        message = f"[signing] pkcs11_module: there is no file {module}"
        raise ConfigurationError(message)
    try:
        token = Token(module, signing.pkcs11_label)
        if token.getSlot(signing.pkcs11_token) is None:
            message = f"there is no PKCS#11 token called {signing.pkcs11_token!r}"
            raise UnreachableError(message, "Is it plugged in? pkcs11_token is its label.")
        token.login(signing.pkcs11_token, config.secret(signing.pkcs11_pin_file))
    except PyKCS11.PyKCS11Error as error:
        if error.value in _WRONG_PIN:
            message = "the token refuses the PIN; mend pkcs11_pin_file before another try, for tokens lock themselves"
            raise ConfigurationError(message) from error
        message = f"the PKCS#11 module {signing.pkcs11_module} cannot be used: {error}"
        raise UnreachableError(message) from error
    try:
        yield token
    except PyKCS11.PyKCS11Error as error:
        message = f"the token does not sign: {error}"
        raise UnreachableError(message) from error
    finally:
        with suppress(PyKCS11.PyKCS11Error):
            token.logout()
