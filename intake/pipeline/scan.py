"""Scans a mailbox and records every message in it before any is fetched, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from intake.domain.events import MailboxRenumbered, Reappeared, Vanished
from intake.domain.message import Sighting
from intake.mailbox.base import Mailbox, MailboxListing
from intake.pipeline.services import Services
from intake.store import events, mailboxes, sightings
from intake.store.engine import Transaction
from intake.store.mailboxes import Progress
from intake.store.sightings import SightingState
from intake.store.turns import serialize_writers

SWEEP_EVERY = timedelta(minutes=10)
"""How often all that lies in a mailbox is compared with what is known, where a look finds only what is new."""

log = structlog.get_logger()

Known = Mapping[tuple[str, str], SightingState]


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The result of scanning a mailbox."""

    new: int
    whole: bool
    received: tuple[Sighting, ...]
    """Of a whole look, what had been received before; only where the mailbox marks that."""
    first: bool
    """The mailbox had never been looked into."""


def scan(services: Services, mailbox: Mailbox) -> ScanResult:
    """Record new and vanished messages and the cursor, in one commit.

    Raises:
        UnreachableError: the mailbox or the store did not answer.
    """
    now = services.clock.now()
    with services.store.reading() as tx:
        before = mailboxes.progress(tx, mailbox.name)
    sweep = before.swept_at is None or abs(now - before.swept_at) >= SWEEP_EVERY  # a clock may have been put back
    seen = mailbox.scan(None if sweep else before.cursor)
    with services.store.reading() as tx:
        states = sightings.all_states(tx, mailbox.name) if seen.whole else sightings.states_of(tx, seen.sightings)
    fresh = [sighting for sighting in seen.sightings if (sighting.epoch, sighting.uid) not in states]
    after = Progress(seen.cursor, seen.epoch or before.epoch, now if seen.whole else before.swept_at)
    if fresh or after != before:
        with services.store.transaction() as tx:
            serialize_writers(tx)  # a peer may be writing the same, if it has just lost the mailbox to us
            _write(tx, mailbox.name, fresh, now)
            if seen.whole:
                _compare(tx, mailbox.name, seen, states, now)
            _tell_of_a_new_epoch(tx, mailbox.name, before, seen, now)
            mailboxes.looked(tx, mailbox.name, after)
    taken = _taken(seen, states) if mailbox.marks and seen.whole else ()
    return ScanResult(len(fresh), seen.whole, taken, first=before.swept_at is None and not states)


def _taken(seen: MailboxListing, states: Known) -> tuple[Sighting, ...]:
    received = SightingState.RECEIVED
    return tuple(sighting for sighting in seen.sightings if states.get((sighting.epoch, sighting.uid)) == received)


def _write(tx: Transaction, name: str, fresh: list[Sighting], now: datetime) -> None:
    """Record new messages, except those that a peer has recorded meanwhile."""
    theirs = sightings.states_of(tx, fresh)
    sightings.discover(tx, [sighting for sighting in fresh if (sighting.epoch, sighting.uid) not in theirs], now)
    if fresh:
        log.info("found", mailbox=name, new=len(fresh))


def _compare(tx: Transaction, name: str, seen: MailboxListing, states: Known, now: datetime) -> None:
    """Record messages that have vanished or reappeared before they were received."""
    there = {(sighting.epoch, sighting.uid) for sighting in seen.sightings}
    uids = {sighting.uid for sighting in seen.sightings} if seen.epoch is None else set()
    gone: dict[SightingState, list[Sighting]] = {state: [] for state in SightingState}
    for (epoch, uid), state in states.items():
        here = (epoch, uid) in there
        if state == SightingState.SEEN and not here:
            renamed = uid in uids if seen.epoch is None else epoch != seen.epoch
            gone[SightingState.SUPERSEDED if renamed else SightingState.VANISHED].append(Sighting(name, epoch, uid))
        elif here and state in {SightingState.VANISHED, SightingState.SUPERSEDED}:
            gone[SightingState.SEEN].append(Sighting(name, epoch, uid))
    for state, rows in gone.items():
        if rows:
            sightings.change(tx, rows, state)
    for row in gone[SightingState.VANISHED]:
        events.append(tx, Vanished(mailbox=name, epoch=row.epoch, uid=row.uid), at=now)
    if gone[SightingState.VANISHED]:
        messages = len(gone[SightingState.VANISHED])
        log.warning(Vanished.name, mailbox=name, messages=messages, hint="Ask who moved or deleted them.")
    for row in gone[SightingState.SEEN]:
        events.append(tx, Reappeared(mailbox=name, epoch=row.epoch, uid=row.uid), at=now)


def _tell_of_a_new_epoch(tx: Transaction, name: str, before: Progress, seen: MailboxListing, now: datetime) -> None:
    if before.epoch and seen.epoch and before.epoch != seen.epoch:
        renumbered = MailboxRenumbered(mailbox=name, before=before.epoch, after=seen.epoch)
        events.append(tx, renumbered, at=now)
        hint = (
            "The server has built the folder anew. Everything is read again; what is known by its content is not new."
        )
        log.warning(MailboxRenumbered.name, mailbox=name, before=before.epoch, after=seen.epoch, hint=hint)
