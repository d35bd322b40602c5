"""What a verification finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is not as it was recorded."""

    EVENT = "event"
    TAIL = "tail"
    """The ledger's end is missing."""
    CHECKPOINT = "checkpoint"
    SUBMISSION = "submission"
    LETTER = "letter"
    EVIDENCE = "evidence"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was recorded."""

    kind: Kind
    what: str
    """A sentence."""
    seq: int | None = None
    """The number of the event that it is about, or that tells what it ought to be; None where no event does."""
