"""Polls a mailbox: looks, fetches what is still owed, receives it in batches; what will not come is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

import structlog

from intake.domain.message import Sighting
from intake.mailbox.base import Fetched, Mailbox, WithheldError
from intake.pipeline.arrival.backlog import HINT, MANY
from intake.pipeline.arrival.receive import receive_all
from intake.pipeline.arrival.scan import scan
from intake.pipeline.services import Services
from intake.store import mailboxes, sightings

_RENEW_EVERY = timedelta(seconds=20)
PATIENT_FOR = 3
"""A message that has been withheld so often is asked for with a whole look only."""
BATCH_MESSAGES = 50
BATCH_BYTES = 8 * 1024 * 1024

log = structlog.get_logger()


@dataclass(slots=True)
class Polled:
    """The result of a poll."""

    received: int = 0
    """Messages not known by content before."""
    taken: list[Sighting] = field(default_factory=list)
    """Everything that was fetched and is now safe."""
    withheld: str = ""
    """What the mailbox has and would not give, in a sentence."""


def poll(services: Services, mailbox: Mailbox, stopping: Event) -> Polled | None:
    """Receive everything that is owed; None where a living peer is polling.

    Raises:
        UnreachableError: the mailbox, the archive or the store did not answer.
    """
    if not _hold(services, mailbox.name):
        return None
    scanned = scan(services, mailbox)
    if scanned.first and scanned.new >= MANY and services.config.acknowledgement.answer_from is None:
        log.warning("backlog", mailbox=mailbox.name, messages=scanned.new, hint=HINT)
    with services.store.reading() as tx:
        wanted = sightings.pending(tx, mailbox.name, fewer_attempts_than=None if scanned.whole else PATIENT_FOR)
    polled = _receive_all(services, mailbox, wanted, stopping) if wanted else Polled()
    mailbox.settle([*scanned.received, *polled.taken])
    if not stopping.is_set():
        with services.store.transaction() as tx:
            mailboxes.polled(tx, mailbox.name, services.clock.now())
            if len(polled.taken) < len(wanted) and not polled.withheld:
                mailboxes.sweep_next(tx, mailbox.name)  # left out without a word: they have gone, or are not whole yet
    if wanted:
        log.info("polled", mailbox=mailbox.name, wanted=len(wanted), taken=len(polled.taken), received=polled.received)
    return polled


def _receive_all(services: Services, mailbox: Mailbox, wanted: Sequence[Sighting], stopping: Event) -> Polled:
    polled, renewed = Polled(), services.clock.now()
    try:
        for received in receive_all(services, _batches(mailbox.fetch(wanted))):
            polled.received += received.new
            polled.taken += received.taken
            services.pulse.beat()
            if stopping.is_set():
                break
            if services.clock.now() - renewed > _RENEW_EVERY:
                if not _hold(services, mailbox.name):
                    log.warning("mailbox_taken_over", mailbox=mailbox.name)
                    break
                renewed = services.clock.now()
    except WithheldError as error:
        polled.withheld = str(error)
        with services.store.transaction() as tx:
            sightings.attempted(tx, error.sightings, str(error))
        log.warning("withheld", mailbox=mailbox.name, error=str(error), hint=error.hint)
    return polled


def _batches(messages: Iterator[Fetched]) -> Iterator[list[Fetched]]:
    """Batch messages by number and bytes; those before an error are given before it is raised."""
    batch: list[Fetched] = []
    size = 0
    try:
        for fetched in messages:
            batch.append(fetched)
            size += len(fetched.raw)
            del fetched
            if len(batch) == BATCH_MESSAGES or size >= BATCH_BYTES:
                yield batch
                batch, size = [], 0
    except Exception:  # our own bug, too, must keep none out but the message that it is about
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _hold(services: Services, name: str) -> bool:
    with services.store.transaction() as tx:
        return mailboxes.hold(tx, name, services.owner, services.lease)
