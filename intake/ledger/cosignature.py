"""Cosignatures (C2SP tlog-cosignature, version 1): an outsider signs a checkpoint, and the time when it was seen.

It is over two lines, ``cosignature/v1`` and ``time <seconds since 1970>``, and the checkpoint's text behind them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from intake.ledger import merkle
from intake.ledger.checkpoint import Checkpoint, Step
from intake.ledger.keys import Algorithm, SigningKey, VerifierKey
from intake.ledger.note import Note, NoteSignature

_TIME_BYTES = 8


class RefusedError(ValueError):
    """A witness does not cosign this; the message says why."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest checkpoint that a witness has cosigned of a log."""

    size: int
    root: bytes


NOTHING = Seen(0, merkle.EMPTY)


def refuse_unless_grown(checkpoint: Checkpoint, step: Step, seen: Seen, log: VerifierKey) -> None:
    """Check that a checkpoint is the log's own and goes on from what was seen last.

    Args:
        checkpoint: what is to be cosigned.
        step: the same, signed, with its proof.
        seen: what this witness has cosigned last.
        log: the log's key, as it was told outside the log.

    Raises:
        RefusedError: it is not signed by the log, or it does not go on from there.
    """
    if checkpoint.origin != log.name or not step.note.signed_by(log):
        message = f"it is not signed by {log.name} with the key {log.id.hex()}"
    elif checkpoint.size < seen.size:
        message = f"it has {checkpoint.size} events, and {seen.size} were cosigned before: the log has been cut"
    elif checkpoint.size == seen.size:
        if checkpoint.root == seen.root:
            return
        message = f"another root of {seen.size} events was cosigned before: the log has been rewritten"
    elif seen.size and step.old != seen.size:
        message = f"it shows how it goes on from {step.old} events; the last that was cosigned had {seen.size}"
    elif merkle.is_consistent(seen.size, seen.root, checkpoint.size, checkpoint.root, step.proof if seen.size else ()):
        return
    else:
        message = f"it does not go on from the {seen.size} events that were cosigned before: the log has been rewritten"
    raise RefusedError(message)


def cosign(note: Note, key: SigningKey, at: datetime) -> Note:
    """Add a witness's signature to a checkpoint; one of its own that stands there already gives way."""
    seconds = int(at.timestamp())
    made = seconds.to_bytes(_TIME_BYTES, "big") + key.sign(_message(note.text, seconds))
    own = NoteSignature(key.name, key.verifier(Algorithm.COSIGNATURE).id, made)
    others = (
        signature for signature in note.signatures if (signature.name, signature.key_id) != (own.name, own.key_id)
    )
    return replace(note, signatures=(*others, own))


def cosigned_at(note: Note, key: VerifierKey) -> datetime | None:
    """Give the time that a witness states in a cosignature that holds; None where there is none of it."""
    for signature in note.signatures:
        if (signature.name, signature.key_id) != (key.name, key.id):
            continue
        seconds = int.from_bytes(signature.content[:_TIME_BYTES], "big")
        if key.verifies(signature.content[_TIME_BYTES:], _message(note.text, seconds)):
            return datetime.fromtimestamp(seconds, UTC)
    return None


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
