"""Looks into a mailbox and writes down what it finds before any of it is fetched: what is known is never forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from intake.domain.events import MailboxRenumbered, Reappeared, Vanished
from intake.domain.message import Sighting
from intake.mailbox.base import Look, Mailbox
from intake.pipeline.services import Services
from intake.store import events, mailboxes, sightings
from intake.store.engine import Transaction
from intake.store.mailboxes import Progress
from intake.store.sightings import SightingState
from intake.store.turns import take_turn

SWEEP_EVERY = timedelta(minutes=10)
"""How often all that lies in a mailbox is compared with what is known, where a look finds only what is new."""

log = structlog.get_logger()

Known = Mapping[tuple[str, str], SightingState]


@dataclass(frozen=True, slots=True)
class Found:
    """What a look has changed."""

    new: int
    whole: bool
    received: tuple[Sighting, ...]
    """Of a whole look, what had been received before; only where the mailbox marks that."""
    first: bool
    """The mailbox had never been looked into."""


def look(services: Services, mailbox: Mailbox) -> Found:
    """Write down, in one commit, what is there and was not known, what has gone, and how far the look came.

    Raises:
        UnreachableError: the mailbox or the store did not answer.
    """
    now = services.clock.now()
    with services.store.reading() as tx:
        before = mailboxes.progress(tx, mailbox.name)
    sweep = before.swept_at is None or abs(now - before.swept_at) >= SWEEP_EVERY  # a clock may have been put back
    seen = mailbox.look(None if sweep else before.cursor)
    with services.store.reading() as tx:
        known = sightings.all_states(tx, mailbox.name) if seen.whole else sightings.states_of(tx, seen.sightings)
    fresh = [each for each in seen.sightings if (each.epoch, each.uid) not in known]
    after = Progress(seen.cursor, seen.epoch or before.epoch, now if seen.whole else before.swept_at)
    if fresh or after != before:
        with services.store.transaction() as tx:
            take_turn(tx)  # a peer may be writing the same, if it has just lost the mailbox to us
            _write(tx, mailbox.name, fresh, now)
            if seen.whole:
                _compare(tx, mailbox.name, seen, known, now)
            _tell_of_a_new_epoch(tx, mailbox.name, before, seen, now)
            mailboxes.looked(tx, mailbox.name, after)
    taken = _taken(seen, known) if mailbox.marks and seen.whole else ()
    return Found(len(fresh), seen.whole, taken, first=before.swept_at is None and not known)


def _taken(seen: Look, known: Known) -> tuple[Sighting, ...]:
    received = SightingState.RECEIVED
    return tuple(each for each in seen.sightings if known.get((each.epoch, each.uid)) == received)


def _write(tx: Transaction, name: str, fresh: list[Sighting], now: datetime) -> None:
    """A peer that took the mailbox over meanwhile may have written some."""
    theirs = sightings.states_of(tx, fresh)
    sightings.discover(tx, [each for each in fresh if (each.epoch, each.uid) not in theirs], now)
    if fresh:
        log.info("found", mailbox=name, new=len(fresh))


def _compare(tx: Transaction, name: str, seen: Look, known: Known, now: datetime) -> None:
    """What was known and not yet received has gone, or has come back."""
    there = {(each.epoch, each.uid) for each in seen.sightings}
    uids = {each.uid for each in seen.sightings} if seen.epoch is None else set()
    gone: dict[SightingState, list[Sighting]] = {state: [] for state in SightingState}
    for (epoch, uid), state in known.items():
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


def _tell_of_a_new_epoch(tx: Transaction, name: str, before: Progress, seen: Look, now: datetime) -> None:
    if before.epoch and seen.epoch and before.epoch != seen.epoch:
        renumbered = MailboxRenumbered(mailbox=name, before=before.epoch, after=seen.epoch)
        events.append(tx, renumbered, at=now)
        hint = (
            "The server has built the folder anew. Everything is read again; what is known by its content is not new."
        )
        log.warning(MailboxRenumbered.name, mailbox=name, before=before.epoch, after=seen.epoch, hint=hint)
