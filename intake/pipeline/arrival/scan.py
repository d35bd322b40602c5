"""Scans a mailbox and records every message in it before any is fetched, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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

_AT_A_TIME = 4_000
"""Messages of a listing that are held against what is known at once."""

log = structlog.get_logger()


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
        changes = _compare(tx, mailbox, seen)
        first = before.swept_at is None and not sightings.any_of(tx, mailbox.name)
    after = Progress(seen.cursor, seen.epoch or before.epoch, now if seen.whole else before.swept_at)
    if changes.fresh or after != before:
        with services.store.transaction() as tx:
            serialize_writers(tx)  # a peer may be writing the same, if it has just lost the mailbox to us
            _write(tx, mailbox.name, changes.fresh, now)
            if seen.whole:
                _tell_of_changes(tx, mailbox.name, changes, now)
            _tell_of_a_new_epoch(tx, mailbox.name, before, seen, now)
            mailboxes.looked(tx, mailbox.name, after)
    return ScanResult(len(changes.fresh), seen.whole, tuple(changes.taken), first=first)


@dataclass(slots=True)
class _Found:
    """A listing against what is known; of what is known and as it was, which is nearly all, nothing is kept."""

    fresh: list[Sighting] = field(default_factory=list)
    taken: list[Sighting] = field(default_factory=list)
    """Received before, where the mailbox marks that."""
    back: list[Sighting] = field(default_factory=list)
    """Thought to have gone."""
    vanished: list[Sighting] = field(default_factory=list)
    superseded: list[Sighting] = field(default_factory=list)


def _compare(tx: Transaction, mailbox: Mailbox, seen: MailboxListing) -> _Found:
    """Compare a listing piece by piece, so that a mailbox of a million messages takes no more room than its listing."""
    changes, owed = _Found(), set[Sighting]()
    for start in range(0, len(seen.sightings), _AT_A_TIME):
        keys = seen.keys(start, start + _AT_A_TIME)
        others = sightings.not_received(tx, mailbox.name, keys)
        for sighting, state in others.items():
            if state is None:
                changes.fresh.append(sighting)
            elif state is SightingState.SEEN:
                owed.add(sighting)
            else:
                changes.back.append(sighting)
        if mailbox.marks and seen.whole:
            piece = (Sighting.of_key(mailbox.name, key) for key in keys)
            changes.taken += [sighting for sighting in piece if sighting not in others]
    changes.fresh = list(seen.in_order(changes.fresh))
    if seen.whole:
        _gone(changes, seen, [row for row in sightings.pending(tx, mailbox.name) if row not in owed])
    return changes


def _gone(found: _Found, seen: MailboxListing, missing: Sequence[Sighting]) -> None:
    """Tell what has gone from what lies there under another name, or before the mailbox was numbered anew."""
    names = {row.uid for row in missing} if seen.epoch is None else set()
    there = {sighting.uid for sighting in seen.sightings if sighting.uid in names} if names else names
    for row in missing:
        renamed = row.uid in there if seen.epoch is None else row.epoch != seen.epoch
        (found.superseded if renamed else found.vanished).append(row)


def _write(tx: Transaction, name: str, fresh: list[Sighting], now: datetime) -> None:
    """Record new messages, except those that a peer has recorded meanwhile."""
    theirs = sightings.states_of(tx, fresh)
    sightings.discover(tx, [sighting for sighting in fresh if (sighting.epoch, sighting.uid) not in theirs], now)
    if fresh:
        log.info("found", mailbox=name, new=len(fresh))


def _tell_of_changes(tx: Transaction, name: str, found: _Found, now: datetime) -> None:
    """Record messages that have vanished or reappeared before they were received."""
    sightings.change(tx, found.superseded, SightingState.SUPERSEDED)
    sightings.change(tx, found.vanished, SightingState.VANISHED)
    sightings.change(tx, found.back, SightingState.SEEN)
    for row in found.vanished:
        events.append(tx, Vanished(mailbox=name, epoch=row.epoch, uid=row.uid), at=now)
    if found.vanished:
        hint = "Ask who moved or deleted them."
        log.warning(Vanished.name, mailbox=name, messages=len(found.vanished), hint=hint)
    for row in found.back:
        events.append(tx, Reappeared(mailbox=name, epoch=row.epoch, uid=row.uid), at=now)


def _tell_of_a_new_epoch(tx: Transaction, name: str, before: Progress, seen: MailboxListing, now: datetime) -> None:
    if before.epoch and seen.epoch and before.epoch != seen.epoch:
        renumbered = MailboxRenumbered(mailbox=name, before=before.epoch, after=seen.epoch)
        events.append(tx, renumbered, at=now)
        hint = (
            "The server has built the folder anew. Everything is read again; what is known by its content is not new."
        )
        log.warning(MailboxRenumbered.name, mailbox=name, before=before.epoch, after=seen.epoch, hint=hint)
