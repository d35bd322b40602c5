"""What every step is given: the edges, already built."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from intake.archive.base import Archive
from intake.clock import Clock
from intake.config import Config
from intake.domain.working_days import WorkingCalendar
from intake.pulse import Pulse
from intake.sandbox import Sandbox
from intake.store import leases
from intake.store.engine import Store
from intake.store.list_index import ListIndex
from intake.store.listing import Listing
from intake.store.tally import Tally

if TYPE_CHECKING:
    from intake.identity.provider import Provider  # an extra


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
    in_hand: leases.InHand = field(default_factory=leases.InHand)
    """What this process is working on just now."""
    listing: Listing = field(default_factory=Listing)
    """The published list."""
    list_index: ListIndex = field(default_factory=ListIndex)
    """What pages of the list are cut from."""
    tally: Tally = field(default_factory=Tally)
    """What has happened, counted."""
    pulse: Pulse = field(default_factory=Pulse)
    """Which of this process's loops live."""
    dkim_keys: Callable[[Collection[str]], Mapping[str, str | None]] | None = None
    """Finds DKIM keys by their names (`mailbox.dkim_keys`); None where signatures of senders are not checked here."""
    identity: Provider | None = None
    """Who says who people are; None where they have passwords here, and nothing else."""

    @property
    def lease(self) -> timedelta:
        """Give the lease's duration."""
        return timedelta(seconds=self.config.store.lease_seconds)

    @property
    def our_addresses(self) -> frozenset[str]:
        """List our own addresses."""
        return self.config.addresses
