"""Reads a mailbox to its end: what the store has not seen is fetched and received."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import structlog

from intake.domain.message import Sighting
from intake.mailbox.base import Mailbox
from intake.pipeline.receive import receive
from intake.pipeline.services import Services
from intake.store import mailboxes, submissions

_RENEW_EVERY = timedelta(seconds=20)

log = structlog.get_logger()


def poll(services: Services, mailbox: Mailbox, stopping: Event) -> int | None:
    """Receive everything new; gives how many messages that were, or None where a living peer is polling.

    Raises:
        UnreachableError: the mailbox, the archive or the store did not answer.
    """
    if not _hold(services, mailbox.name):
        return None
    with services.store.reading() as tx:
        known = submissions.known(tx, mailbox.name)
    wanted = [sighting for sighting in mailbox.sightings() if (sighting.epoch, sighting.uid) not in known]
    received = _receive_all(services, mailbox, wanted, stopping) if wanted else 0
    if not stopping.is_set():
        with services.store.transaction() as tx:
            mailboxes.polled(tx, mailbox.name, services.clock.now())
    if wanted:
        log.info("polled", mailbox=mailbox.name, new=len(wanted), received=received)
    return received


def _receive_all(services: Services, mailbox: Mailbox, wanted: list[Sighting], stopping: Event) -> int:
    received, renewed = 0, services.clock.now()
    for fetched in mailbox.fetch(wanted):
        received += receive(services, fetched)
        if stopping.is_set():
            break
        if services.clock.now() - renewed > _RENEW_EVERY:
            if not _hold(services, mailbox.name):
                log.warning("mailbox_taken_over", mailbox=mailbox.name)
                break
            renewed = services.clock.now()
    return received


def _hold(services: Services, name: str) -> bool:
    with services.store.transaction() as tx:
        return mailboxes.hold(tx, name, services.owner, services.lease)
