"""Signed notes (C2SP signed-note): a text that ends in a line feed, an empty line, and a line for each signature.

A signature's line is an em dash, the key's name, and in base64 the key's id and the signature.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from intake.ledger.keys import SigningKey, VerifierKey

_DASH = "\N{EM DASH} "
_ID_BYTES = 4
MOST_BYTES = 1_000_000
"""Of a note that is read; ours have some hundred."""


class NoteFaultError(ValueError):
    """This is no signed note; the message says why."""


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One line of signature."""

    name: str
    key_id: bytes
    content: bytes

    def __str__(self) -> str:
        """Write the line, without its end."""
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.content).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and what it is signed with."""

    text: str
    """It ends in a line feed."""
    signatures: tuple[NoteSignature, ...]

    def signed_by(self, key: VerifierKey) -> bool:
        """Tell whether a signature is this key's and holds."""
        return any(
            key.verifies(signature.content, self.text.encode())
            for signature in self.signatures
            if (signature.name, signature.key_id) == (key.name, key.id)
        )

    def __str__(self) -> str:
        """Write the note."""
        return self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)


def sign(text: str, keys: Iterable[SigningKey]) -> Note:
    """Sign a text with each of these keys.

    Raises:
        NoteFaultError: it does not end in a line feed.
    """
    if not text.endswith("\n"):
        message = "a note's text ends in a line feed"
        raise NoteFaultError(message)
    made = (NoteSignature(key.name, key.verifier().id, key.sign(text.encode())) for key in keys)
    return Note(text, tuple(made))


def read_note(content: bytes) -> Note:
    """Read a signed note; whether its signatures hold is another question.

    Raises:
        NoteFaultError: it is none.
    """
    if len(content) > MOST_BYTES:
        message = "it is larger than any checkpoint"
        raise NoteFaultError(message)
    try:
        whole = content.decode()
    except UnicodeDecodeError as error:
        message = "it is not text in UTF-8"
        raise NoteFaultError(message) from error
    text, parted, lines = whole.rpartition("\n\n")
    if not parted or not lines.endswith("\n"):
        message = "it has no empty line with signatures behind it"
        raise NoteFaultError(message)
    return Note(text + "\n", tuple(_signature(line) for line in lines[:-1].split("\n")))


def _signature(line: str) -> NoteSignature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        signed = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        message = f"the line {line[:80]!r} is no signature"
        raise NoteFaultError(message) from error
    if not line.startswith(_DASH) or not name or len(signed) <= _ID_BYTES:
        message = f"the line {line[:80]!r} is no signature"
        raise NoteFaultError(message)
    return NoteSignature(name, signed[:_ID_BYTES], signed[_ID_BYTES:])
