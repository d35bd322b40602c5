"""An auditor's own copy: cosigns a log's checkpoint where it only grew from the one that was cosigned last.

What was cosigned last lies in a file under ``var/witness``, one for each log. Who loses it begins anew, and says so.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

from intake.config import Config
from intake.errors import ConfigurationError, UnreachableError, reason
from intake.files import write_durably
from intake.ledger.checkpoint import Checkpoint, Step, read_checkpoint, read_step
from intake.ledger.cosignature import NOTHING, Seen, cosign, refuse_unless_grown
from intake.ledger.note import Note, NoteFaultError
from intake.pipeline.ledger.ledger_key import signing_key, verifier_key

_STEP = re.compile(r"^old [0-9]+\n(?:[A-Za-z0-9+/=]+\n)*\n(?:[^\n]+\n){3,}\n(?:\u2014 [^\n]+\n)+", re.MULTILINE)
"""A step, wherever in a letter it stands."""


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A checkpoint with the auditor's own signature."""

    note: Note
    size: int
    seen: int
    """How many events the one before had; 0 where there was none."""


def witness(config: Config, checkpoint: Checkpoint, step: Step, at: datetime, *, log_key: str = "") -> Cosigned:
    """Cosign a checkpoint, and remember it.

    Args:
        config: the auditor's.
        checkpoint: what is to be cosigned.
        step: the same, signed, with the proof that it goes on from an earlier one.
        at: now.
        log_key: the log's verifier key; empty: that of the configuration.

    Raises:
        RefusedError: it is not the log's, or it does not go on from what was cosigned last.
        ConfigurationError: the auditor's own key or name, or the log's key, is missing.
        UnreachableError: it cannot be remembered, and so is not cosigned.
    """
    told = log_key or config.ledger.log_key
    key = signing_key(config, config.ledger.witness)
    if key is None or not config.ledger.witness or not told:
        message = "a witness needs a key of its own, a name to cosign under, and the log's verifier key"
        hint = "Set [ledger] key_file, witness and log_key; the log's operator reads the last in: cpl-intake doctor"
        raise ConfigurationError(message, hint)
    log = verifier_key(told, "[ledger] log_key")
    file = config.path(config.var) / "witness" / f"{hashlib.sha256(log.name.encode()).hexdigest()[:32]}.checkpoint"
    seen = _seen(file)
    refuse_unless_grown(checkpoint, step, seen, log)
    note = cosign(step.note, key, at)
    _remember(file, note)
    return Cosigned(note, checkpoint.size, seen.size)


def _seen(file: Path) -> Seen:
    try:
        last, _ = read_checkpoint(file.read_bytes())
    except FileNotFoundError:
        return NOTHING
    except (OSError, NoteFaultError) as error:
        message = f"what was cosigned last, {file}, cannot be read: {reason(error, file)}"
        raise UnreachableError(message, "Put back a copy of it; without it nobody knows what was cosigned.") from error
    return Seen(last.size, last.root)


def _remember(file: Path, note: Note) -> None:
    """Keep what was cosigned, durably, before anybody is given it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_durably(file, str(note).encode())
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror}"
        raise UnreachableError(message, "Check that the folder is writable and has room.") from error


def step_in(content: bytes) -> tuple[Checkpoint, Step]:
    """Read a checkpoint, with or without its proof, alone or out of a letter that was saved as a file.

    Raises:
        NoteFaultError: there is none.
    """
    try:
        return read_step(content)
    except NoteFaultError:
        match = _STEP.search(_words(content))
        if match is None:
            raise
        return read_step(match.group().encode())


def _words(content: bytes) -> str:
    """The text of a letter, or of a text that was copied out of one."""
    letter = BytesParser(policy=policy.default).parsebytes(content)
    body = letter.get_body(("plain",)) if letter.keys() else None
    text = str(body.get_content()) if body is not None else content.decode(errors="replace")
    return text.replace("\r\n", "\n").rstrip("\n") + "\n"
