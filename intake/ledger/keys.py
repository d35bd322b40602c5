"""Ed25519 keys of the ledger and of its witnesses, and how they are told to others (C2SP signed-note, vkey).

A verifier key is ``<name>+<key id>+<base64 of algorithm byte and public key>``. The key id is the first four bytes of
SHA-256 over the name, a line feed, the algorithm byte and the public key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from enum import IntEnum

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

_ID_BYTES = 4
_KEY_BYTES = 32


class KeyFaultError(ValueError):
    """This is no key of the kind that is needed; the message says why."""


class Algorithm(IntEnum):
    """What a key's signature is over, as its first byte says."""

    NOTE = 1
    """The note's text alone."""
    COSIGNATURE = 4
    """The text and the time when it was cosigned."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key, with the name that it signs under."""

    name: str
    algorithm: Algorithm
    public: bytes
    """32 bytes."""

    @property
    def id(self) -> bytes:
        """The four bytes that a signature names its key by."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.algorithm]) + self.public).digest()[:_ID_BYTES]

    def verifies(self, signature: bytes, content: bytes) -> bool:
        """Tell whether this key has made the signature over these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, content)
        except InvalidSignature:
            return False
        return True

    def __str__(self) -> str:
        """Write it as others are told it."""
        told = base64.b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{told}"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, with the name that it signs under."""

    name: str
    private: Ed25519PrivateKey

    def sign(self, content: bytes) -> bytes:
        """Sign bytes: 64 of them come."""
        return self.private.sign(content)

    def verifier(self, algorithm: Algorithm = Algorithm.NOTE) -> VerifierKey:
        """Give the public half."""
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return VerifierKey(self.name, algorithm, public)


def new_private_key() -> bytes:
    """Make a private key, as PKCS#8 PEM."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read_private_key(pem: bytes, name: str) -> SigningKey:
    """Read an Ed25519 private key as PKCS#8 PEM, to sign under this name.

    Raises:
        KeyFaultError: it is none, or the name is none that a note can bear.
    """
    if not is_name(name):
        message = f"{name!r} is no name of a key: it may hold neither blanks nor a plus sign"
        raise KeyFaultError(message)
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        message = "it holds no private key as PKCS#8 PEM without a password"
        raise KeyFaultError(message) from error
    if not isinstance(key, Ed25519PrivateKey):
        message = "its key is not one of Ed25519"
        raise KeyFaultError(message)
    return SigningKey(name, key)


def read_verifier_key(text: str) -> VerifierKey:
    """Read a verifier key.

    Raises:
        KeyFaultError: it is none, or of an algorithm that is not known here.
    """
    name, _, rest = text.strip().partition("+")
    stated_id, _, encoded = rest.partition("+")
    try:
        told = base64.b64decode(encoded, validate=True)
        key = VerifierKey(name, Algorithm(told[0]), told[1:])
    except (binascii.Error, IndexError, ValueError) as error:
        message = f"{text!r} is no verifier key; one looks like secas.example/cpl+1a2b3c4d+AQ…"
        raise KeyFaultError(message) from error
    if not is_name(name) or len(key.public) != _KEY_BYTES or key.id.hex() != stated_id.lower():
        message = f"{text!r} is damaged: its parts do not belong together"
        raise KeyFaultError(message)
    return key


def is_name(name: str) -> bool:
    """Tell whether a key may bear the name: not empty, no blank, no plus sign."""
    return bool(name) and "+" not in name and not any(character.isspace() for character in name) and name.isprintable()
