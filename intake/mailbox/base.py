"""What a mailbox and a postman are, whatever stands behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from intake.domain.message import Sighting


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as it was obtained, byte for byte."""

    sighting: Sighting
    raw: bytes
    arrived_at: datetime | None
    """When the mailbox says it arrived (INTERNALDATE); None where a mailbox keeps no such time."""
    file_time: datetime | None = None
    """The file's own time, the last resort."""


class Mailbox(Protocol):
    """Where submissions arrive.

    No state lives here: every poll lists everything, and the store knows what is new.
    """

    name: str

    def sightings(self) -> Iterator[Sighting]:
        """Everything that lies in the mailbox now, in order of arrival as far as it is known.

        Raises:
            UnreachableError: the mailbox did not answer.
        """
        ...

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        """The bytes of these messages, in batches bounded by size; one that has vanished meanwhile is left out.

        Raises:
            UnreachableError: the mailbox did not answer.
        """
        ...

    def close(self) -> None:
        """Let go of any connection; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter: RFC 5322 bytes for one recipient."""

    message_id: str
    """With its angle brackets."""
    recipient: str
    """One address."""
    content: bytes


class Postman(Protocol):
    """Who takes our letters."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; the same letter may be handed over twice.

        Raises:
            UnreachableError: no letter can be handed over now; try again later.
            DeferredError: this letter may be taken later; others may be taken now.
            RefusedError: this letter will not be taken; the message is the other side's.
        """
        ...

    def close(self) -> None:
        """Let go of any connection; never raises."""
        ...
