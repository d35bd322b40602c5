"""What a verification finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What is not as it was recorded."""

    EVENT = "event"
    TAIL = "tail"
    """The ledger's end is missing."""
    CHECKPOINT = "checkpoint"
    TREE = "tree"
    """The stored nodes over the events, which proofs are made of."""
    SUBMISSION = "submission"
    LETTER = "letter"
    EVIDENCE = "evidence"
    REGISTER = "register"
    PERSON = "person"
    """Who may sign in and as what, or a session that nobody began."""
    RETENTION = "retention"
    """A hold, or a disposal."""
    CALENDAR = "calendar"


_NEARLY = timedelta(minutes=1)


def nearly(stands: object, wanted: object) -> bool:
    """Tell whether two moments, as RFC 3339 texts, are one: earlier releases took the time once more for the row."""
    if stands == wanted:
        return True
    try:
        return abs(datetime.fromisoformat(str(stands)) - datetime.fromisoformat(str(wanted))) <= _NEARLY
    except (ValueError, TypeError):  # it is no moment any more
        return False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was recorded."""

    kind: Kind
    what: str
    """A sentence."""
    seq: int | None = None
    """The number of the event that it is about, or that tells what it ought to be; None where no event does."""
