"""What every step is given: the edges, already built."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from intake.archive.base import Archive
from intake.clock import Clock
from intake.config import Config
from intake.domain.working_days import WorkingCalendar
from intake.sandbox import Sandbox
from intake.store import leases
from intake.store.engine import Store
from intake.store.listing import Listing


@dataclass(frozen=True, slots=True)
class Services:
    """The edges of the system."""

    config: Config
    store: Store
    archive: Archive
    clock: Clock
    calendar: WorkingCalendar
    sandbox: Sandbox
    owner: str = field(default_factory=leases.owner)
    """This process as a holder of leases."""
    listing: Listing = field(default_factory=Listing)
    """The published list."""
    dkim_keys: Callable[[Collection[str]], Mapping[str, str | None]] | None = None
    """Finds DKIM keys by their names (`mailbox.dkim_keys`); None where signatures of senders are not checked here."""

    @property
    def our_addresses(self) -> frozenset[str]:
        """Addresses whose mail is our own."""
        users = (mailbox.user for mailbox in self.config.mailbox if "@" in mailbox.user)
        outgoing = self.config.outgoing
        return frozenset({outgoing.address, *outgoing.aliases, *users})
