"""What a mailbox and a postman are, whatever stands behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Protocol, runtime_checkable

from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.keyed import KeyedSightings


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as fetched, byte for byte."""

    sighting: Sighting
    raw: bytes
    arrived_at: datetime | None
    """When the mailbox says it arrived (INTERNALDATE); None where a mailbox keeps no such time."""
    file_time: datetime | None = None
    """The file's own time, the last resort."""
    obtained_from: str = ""
    """What wrote these bytes when they were asked for; empty where they are the very ones that arrived."""


@dataclass(frozen=True, slots=True)
class MailboxListing:
    """The listing of a mailbox: the messages now in it, or new since a cursor."""

    sightings: Sequence[Sighting]
    """In order of arrival as far as it is known; some may have been found before."""
    whole: bool
    """It is everything that lies there now, so that what is not in it has gone."""
    cursor: str | None = None
    """Where the next look may go on, once the store holds what this one has found; its meaning is the mailbox's own.
    None where a mailbox can only ever be looked at as a whole."""
    epoch: str | None = None
    """The one epoch that all its sightings have; None where each message has its own, or there is none."""

    def keys(self, start: int, stop: int) -> Sequence[str]:
        """Give the keys of some sightings; from 0 to the last one, each is given once, in whichever order."""
        some = self.sightings
        return some.keys(start, stop) if isinstance(some, KeyedSightings) else [at.key for at in some[start:stop]]

    def in_order(self, some: Sequence[Sighting]) -> Sequence[Sighting]:
        """Put some sightings, which come in the order of their keys, in order of arrival as far as it is known."""
        return self.sightings.in_order(some) if isinstance(self.sightings, KeyedSightings) else some


class WithheldError(UnreachableError):
    """Raised after all other messages were given: some exist and could not be fetched."""

    def __init__(self, message: str, hint: str, sightings: Sequence[Sighting]) -> None:
        """Keep the sightings that failed."""
        super().__init__(message, hint)
        self.sightings = tuple(sightings)


def withheld(name: str, wanted: int, failed: Mapping[str, UnreachableError], epoch: str) -> WithheldError:
    """Build the error for messages that could not be fetched; `failed` gives the reason by uid."""
    first = next(iter(failed.values()))
    message = f"{len(failed)} of {wanted} messages could not be fetched, first: {first}"
    return WithheldError(message, first.hint, [Sighting(name, epoch, uid) for uid in failed])


class Mailbox(Protocol):
    """Where submissions arrive; used by one thread at a time.

    No state lives here: the store knows what has been found, and how far.
    """

    name: str
    marks: bool
    """Whether `settle` does anything."""

    def scan(self, since: str | None = None) -> MailboxListing:
        """List messages new since a cursor; all of them where it is None or no longer valid.

        Raises:
            UnreachableError: the mailbox did not answer.
        """
        ...

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        """Fetch the bytes of these messages, in batches bounded by size.

        One that has vanished, or that is not whole yet, is left out; so is one of another epoch.

        Raises:
            WithheldError: some are there and would not come; all others have been given.
            UnreachableError: the mailbox did not answer; those that had come are good.
        """
        ...

    def settle(self, taken: Sequence[Sighting]) -> None:
        """Mark messages as received, where the configuration asks for it; idempotent.

        It is decoration: nothing depends on it, and it never raises.
        """
        ...

    def wait(self, seconds: float, stopping: Event) -> None:
        """Block for at most `seconds`, until mail may have arrived or `stopping` is set; never raises."""
        ...

    def close(self) -> None:
        """Close any connection; never raises. The mailbox can be used again."""
        ...


@runtime_checkable
class Discards(Protocol):
    """Protocol of a mailbox in which mail can be deleted, as is done in mailboxes for checks and nowhere else."""

    def discard(self, dealt_with: Sequence[Sighting]) -> None:
        """Delete these messages; those that have gone, or are another by now, are passed over.

        Raises:
            UnreachableError: the mailbox did not answer, or will not delete them.
        """
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
    """Protocol of a sender of letters."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; the same letter may be handed over twice.

        Raises:
            UnreachableError: no letter can be handed over now; try again later.
            DeferredError: this letter may be taken later; others may be taken now.
            RefusedError: this letter will not be taken; the message is the other side's.
        """
        ...

    def close(self) -> None:
        """Close any connection; never raises."""
        ...


@runtime_checkable
class Answers(Protocol):
    """Protocol of a postman that can be probed without sending."""

    def answer(self) -> None:
        """Sign in, or take whatever step precedes sending.

        Raises:
            UnreachableError: no letter could be sent.
        """
        ...
