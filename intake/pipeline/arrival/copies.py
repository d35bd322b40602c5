"""Finds of an arriving mail whether it is here already by another of our mailboxes, as it was sent to both.

Its bytes differ by the lines that each way writes above it. So messages of one Message-ID are compared in all else: a
Message-ID by itself never keeps mail out, nor does anything that came to the same mailbox with other bytes. They are
compared outside of any transaction, for they lie in the archive.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from intake.archive.base import DamagedEvidenceError, MissingEvidenceError
from intake.domain.same_mail import own_digest
from intake.pipeline.arrival.archive import Arrival
from intake.pipeline.services import Services
from intake.store import threads
from intake.store.engine import Transaction


class UncomparedError(Exception):
    """Raised within a transaction where messages have to be compared first; it is begun anew then."""

    def __init__(self, digests: Collection[str]) -> None:
        """Keep the digests of their bytes."""
        super().__init__("messages have to be compared first")
        self.digests = frozenset(digests)


@dataclass(slots=True)
class Copies:
    """What is known of a batch's mails, and of those with their Message-IDs, by the digests of their bytes."""

    services: Services
    arrivals: Sequence[Arrival]
    _own: dict[str, str | None] = field(default_factory=dict)

    def compare(self, digests: Collection[str]) -> None:
        """Read these messages.

        Raises:
            UnreachableError: the archive did not answer.
        """
        here = {arrival.raw_sha256: arrival.fetched.raw for arrival in self.arrivals}
        for raw_sha256 in digests:
            try:
                raw = here.get(raw_sha256) or self.services.archive.get(raw_sha256)
            except (MissingEvidenceError, DamagedEvidenceError):
                self._own[raw_sha256] = None
            else:
                self._own[raw_sha256] = own_digest(raw)

    def among(self, tx: Transaction, new: Sequence[Arrival]) -> dict[str, str]:
        """Map the bytes of each copy to those of the message that came first.

        Raises:
            UncomparedError: some have not been read.
        """
        copies: dict[str, str] = {}
        for mailbox in {arrival.fetched.sighting.mailbox for arrival in new}:
            here = [arrival for arrival in new if arrival.fetched.sighting.mailbox == mailbox]
            named = {arrival.envelope.message_id for arrival in here if arrival.envelope.message_id}
            alike = threads.from_elsewhere(tx, named, mailbox)
            for arrival in here:
                others = alike.get(arrival.envelope.message_id or "", ())
                first = next((other for other in others if self._same(arrival.raw_sha256, other)), None)
                if first is not None:
                    copies[arrival.raw_sha256] = first
        return copies

    def _same(self, one: str, other: str) -> bool:
        unknown = {one, other} - self._own.keys()
        if unknown:
            raise UncomparedError(unknown)
        return self._own[one] is not None and self._own[one] == self._own[other]
