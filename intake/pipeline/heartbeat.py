"""Renews what this process is working on, for as long as it lives and works."""

from __future__ import annotations

from threading import Event, Thread

import structlog

from intake.errors import UnreachableError, safe_message, source_location
from intake.pipeline.services import Services
from intake.store import leases

_BEATS_A_LEASE = 3
"""So two may be late before a peer takes over."""

log = structlog.get_logger()


class Heartbeat:
    """A thread that renews our leases, and frees those of processes that have died on this machine."""

    def __init__(self, services: Services) -> None:
        """Remember the leases to renew; `start` begins."""
        self._services = services
        self._over = Event()
        self._thread = Thread(target=self._beat_on, name="heartbeat", daemon=True)

    def start(self) -> Heartbeat:
        """Begin."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop, and wait for a beat under way."""
        self._over.set()
        self._thread.join()

    def _beat_on(self) -> None:
        every, pulse = self._services.lease.total_seconds() / _BEATS_A_LEASE, self._services.pulse
        pulse.expect(every)
        while not self._over.wait(every):
            pulse.expect(every)
            try:
                beat(self._services)
            except UnreachableError as error:  # the next beat may be in time; if not, the fence holds
                log.warning("unreachable", loop="heartbeat", error=str(error), hint=error.hint)
            except Exception as error:  # noqa: BLE001  # our bug; the daemon lives
                log.error("stumbled", loop="heartbeat", error=safe_message(error), where=source_location(error))  # noqa: TRY400  # one line
        pulse.leave()


def beat(services: Services) -> None:
    """Renew the leases in hand, and keep the ledger's counts when many events have come.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.transaction() as tx:
        services.in_hand.renew(tx, services.owner, services.lease)
        leases.release_those_of_the_dead(tx)
    with services.store.reading() as tx:
        services.tally.read(tx)
    if services.tally.due:
        with services.store.transaction() as tx:
            services.tally.keep(tx)
