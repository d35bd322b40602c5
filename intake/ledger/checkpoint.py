"""Checkpoints (C2SP tlog-checkpoint): a signed statement of a log's origin, size and root.

With the hashes that show that it goes on from an earlier one it is a step, written as witnesses are asked to cosign it
(C2SP tlog-witness): ``old <size>``, a line of base64 for each hash, an empty line, the checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from intake.ledger.keys import SigningKey
from intake.ledger.note import Note, NoteFaultError, read_note, sign

_ROOT_BYTES = 32
_LEAST_LINES = 3
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_OLD = re.compile(r"old (0|[1-9][0-9]{0,17})")
MOST_HASHES = 63
"""Of a proof of consistency, as witnesses take them."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says."""

    origin: str
    size: int
    """How many events."""
    root: bytes
    """Of the tree over their digests; 32 bytes."""

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Step:
    """A checkpoint, and what shows that it goes on from an earlier size."""

    old: int
    """The earlier size; 0 where there was nothing before."""
    proof: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        """Write it."""
        lines = [f"old {self.old}", *(base64.b64encode(hashed).decode() for hashed in self.proof), ""]
        return "\n".join(lines) + f"\n{self.note}"


def make(checkpoint: Checkpoint, key: SigningKey) -> Note:
    """Sign a checkpoint."""
    return sign(checkpoint.text, [key])


def read_checkpoint(content: bytes) -> tuple[Checkpoint, Note]:
    """Read a checkpoint; whether its signatures hold is another question.

    Raises:
        NoteFaultError: it is none.
    """
    note = read_note(content)
    lines = note.text.split("\n")[:-1]
    if len(lines) < _LEAST_LINES or not lines[0] or not _SIZE.fullmatch(lines[1]):
        message = "it is no checkpoint: origin, size and root do not stand in its first three lines"
        raise NoteFaultError(message)
    return Checkpoint(lines[0], int(lines[1]), _hash(lines[2])), note


def read_step(content: bytes) -> tuple[Checkpoint, Step]:
    """Read a step, or a checkpoint alone, which goes on from nothing.

    Raises:
        NoteFaultError: it is neither.
    """
    if not content.startswith(b"old "):
        checkpoint, note = read_checkpoint(content)
        return checkpoint, Step(0, (), note)
    head, _, rest = content.partition(b"\n\n")
    lines = head.decode(errors="replace").split("\n")
    old = _OLD.fullmatch(lines[0])
    if old is None or len(lines) - 1 > MOST_HASHES:
        message = "it does not begin with the size that it goes on from, and the hashes that show it"
        raise NoteFaultError(message)
    checkpoint, note = read_checkpoint(rest)
    return checkpoint, Step(int(old.group(1)), tuple(_hash(line) for line in lines[1:]), note)


def _hash(line: str) -> bytes:
    try:
        told = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        message = f"the line {line[:80]!r} is no hash"
        raise NoteFaultError(message) from error
    if len(told) != _ROOT_BYTES:
        message = f"the line {line[:80]!r} is no hash of 32 bytes"
        raise NoteFaultError(message)
    return told
