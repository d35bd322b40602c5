"""What happened, in past tense: appended, chained by digest, never changed.

Each event's digest is SHA-256 over the digest before it and its own content's, as `intake.domain.event_digest` has it.
So a changed, removed or inserted event shows. What shows a chain that was rewritten as a whole is `store.trees`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, func, insert, select

from intake.clock import iso
from intake.domain.event import DomainEvent
from intake.domain.event_digest import (
    GENESIS,
    SALT_BYTES,
    detail_sha256,
    detail_text,
    link,
    plain_sha256,
    salted_sha256,
)
from intake.domain.events import ObtainedAgain
from intake.store import many
from intake.store.engine import Transaction
from intake.store.schema import BY_PEOPLE, PROGRAM, RARE, ROUTINE, event
from intake.store.turns import serialize_writers

__all__ = ["GENESIS", "link"]

_APPEND = insert(event)
_COLUMNS = ("seq", "message", "entry", "at", "name", "actor", "detail", "salt", "content_sha256", "digest")
_NEWEST = select(event.c.seq, event.c.digest).order_by(event.c.seq.desc()).limit(1)
_SKEW = timedelta(hours=1)
"""Events are numbered in the order of their commits; the clocks of replicas may differ by so much."""

_last: WeakKeyDictionary[Transaction, tuple[int, str]] = WeakKeyDictionary()
"""The newest event's number and digest, where this transaction has appended it: it is its turn, so nobody else can."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be recorded."""

    event: DomainEvent
    at: datetime
    message: int | None = None
    actor: str = PROGRAM
    entry: str | None = None
    """The number of an entry of the list that it is about."""


@dataclass(frozen=True, slots=True)
class Event:
    """A recorded event."""

    seq: int
    message: int | None
    at: datetime
    name: str
    actor: str
    detail: Mapping[str, object]
    digest: str
    entry: str | None = None
    salt: bytes | None = None
    """None where its digest has none, as of an event that an earlier release appended."""
    disposed_sha256: str | None = None
    """The salted digest of all of it that was not public, where that was disposed of; `detail` is empty then."""

    @property
    def content(self) -> dict[str, object]:
        """What its digest is over; an entry stands in it only where there is one, so older events read as ever."""
        about = {"message": self.message} if self.entry is None else {"message": self.message, "entry": self.entry}
        return {**about, "at": iso(self.at), "name": self.name, "actor": self.actor, "detail": dict(self.detail)}

    @property
    def detail_sha256(self) -> str | None:
        """The salted digest of all of it that is not public; None where it has no salt."""
        if self.salt is None or self.disposed_sha256 is not None:
            return self.disposed_sha256
        text = detail_text(dict(self.detail))
        return detail_sha256(self.salt, text, actor=self.actor, message=self.message, entry=self.entry)

    @property
    def content_sha256(self) -> str:
        """Compute the digest of the event's own content."""
        hidden = self.detail_sha256
        return (
            plain_sha256(self.content) if hidden is None else salted_sha256(self.seq, iso(self.at), self.name, hidden)
        )


def append(
    tx: Transaction,
    happened: DomainEvent,
    *,
    at: datetime,
    message: int | None = None,
    entry: str | None = None,
    actor: str = PROGRAM,
) -> int:
    """Append an event to the ledger; gives its number."""
    append_all(tx, [NewEvent(happened, at, message, actor, entry)])
    return _last[tx][0]


def append_all(tx: Transaction, happenings: Sequence[NewEvent]) -> None:
    """Append events to the ledger in this order.

    Whoever appends has a turn until the commit, so the chain has neither forks nor gaps.
    """
    if not happenings:
        return
    serialize_writers(tx)
    seq, digest = _last.get(tx) or tx.execute(_NEWEST).one_or_none() or (0, GENESIS)
    salts, rows = os.urandom(SALT_BYTES * len(happenings)), list[tuple[object, ...]]()
    for place, new in enumerate(happenings):
        seq, name, detail = seq + 1, new.event.name, detail_text(new.event.detail)
        salt = salts[SALT_BYTES * place : SALT_BYTES * (place + 1)]
        hidden = detail_sha256(salt, detail, actor=new.actor, message=new.message, entry=new.entry)
        content = salted_sha256(seq, iso(new.at), name, hidden)
        digest = link(digest, content)
        rows.append((seq, new.message, new.entry, new.at, name, new.actor, detail, salt, content, digest))
    many.execute(tx, _APPEND, _COLUMNS, rows)
    _last[tx] = (seq, digest)


def _read(tx: Transaction, *, message: int | None = None, since: int = 0) -> Iterator[Event]:
    query = select(event).where(event.c.seq >= since).order_by(event.c.seq)
    if message is not None:
        query = query.where(event.c.message == message)
    for row in tx.execute(query):
        yield from_row(row)


def from_row(row: Any) -> Event:  # noqa: ANN401  # a row of `event`
    """Convert a row of `event`."""
    detail = json.loads(row.detail)
    if row.salt == b"":  # `intake.store.erase` has left a digest alone
        head = (row.seq, row.message, row.at, row.name, row.actor)
        return Event(*head, {}, row.digest, row.entry, row.salt, detail["disposed"])
    return Event(row.seq, row.message, row.at, row.name, row.actor, detail, row.digest, row.entry, row.salt)


def from_values(values: Mapping[str, Any]) -> Event:
    """Convert the columns of a row of `event`, by name."""
    named = {name: value for name, value in values.items() if name != "content_sha256"}
    return Event(**{**named, "detail": json.loads(values["detail"])})


def of_message(tx: Transaction, message: int) -> tuple[Event, ...]:
    """List a message's events in order."""
    return tuple(_read(tx, message=message))


def newest(tx: Transaction, name: str, messages: Collection[int]) -> dict[int, Event]:
    """Find the newest event of this name of each message; what has none is left out."""
    query = select(event).where(event.c.message.in_(messages), event.c.name == name).order_by(event.c.seq)
    return {row.message: from_row(row) for row in tx.execute(query)} if messages else {}


def of_entry(tx: Transaction, number: str) -> tuple[Event, ...]:
    """List the events of an entry of the list in order."""
    query = select(event).where(event.c.entry == number).order_by(event.c.seq)
    return tuple(from_row(row) for row in tx.execute(query))


def of_actor(tx: Transaction, actor: str) -> tuple[Event, ...]:
    """List what somebody did in order."""
    query = select(event).where(by(actor)).order_by(event.c.seq)
    return tuple(from_row(row) for row in tx.execute(query))


def between(tx: Transaction, since: datetime, until: datetime) -> tuple[Event, ...]:
    """List what happened from a moment on and before another, in order.

    By every event's own time, whatever its number: it is evidence, and a clock may have gone wrong for a while.
    """
    query = select(event).where(event.c.at >= since, event.c.at < until).order_by(event.c.seq)
    return tuple(from_row(row) for row in tx.execute(query))


def by(actor: str) -> ColumnElement[bool]:
    """Build the condition that this is who did it, which leads through an index where it is a person."""
    its = event.c.actor == actor
    return its if actor == PROGRAM else its & BY_PEOPLE


def called(name: str) -> ColumnElement[bool]:
    """Build the condition that this is the event's name, which leads through an index unless it is routine."""
    its = event.c.name == name
    return its if name in ROUTINE else its & RARE


def numbered_since(tx: Transaction, since: datetime) -> ColumnElement[bool]:
    """Build the condition that its number is of a moment or later, as the ledger needs no index by time."""
    return event.c.seq >= _first(tx, since - _SKEW)


def from_on(tx: Transaction, since: datetime) -> ColumnElement[bool]:
    """Build the condition that it happened from a moment on."""
    return numbered_since(tx, since) & (event.c.at >= since)


def before(tx: Transaction, until: datetime) -> ColumnElement[bool]:
    """Build the condition that it happened before a moment, likewise."""
    return (event.c.seq < _first(tx, until + _SKEW)) & (event.c.at < until)


def _first(tx: Transaction, moment: datetime) -> int:
    """Find the first event at this moment or later by halving: the ledger has no gaps."""
    low, high = 1, head(tx)[0] + 1
    while low < high:
        middle = (low + high) // 2
        at = tx.scalar(select(event.c.at).where(event.c.seq == middle))
        if at is None or at >= moment:
            high = middle
        else:
            low = middle + 1
    return low


def did_since(tx: Transaction, message: int, actor: str, names: Collection[str], seq: int) -> bool:
    """Tell whether this person has done one of these things with a message after the event of this number."""
    since = (event.c.message == message) & (event.c.seq > seq) & (event.c.actor == actor) & event.c.name.in_(names)
    return tx.scalar(select(event.c.seq).where(since).limit(1)) is not None


def did(tx: Transaction, message: int, actor: str, name: str, since: datetime) -> tuple[Event, ...]:
    """List what this person has done of this kind with a message from this moment on, in order."""
    query = select(event).where(event.c.message == message, event.c.actor == actor, event.c.name == name)
    rows = tx.execute(query.where(event.c.at >= since).order_by(event.c.seq))
    return tuple(from_row(row) for row in rows)


def chain(tx: Transaction, since: int = 0) -> Iterator[Event]:
    """Yield every event from this number on, in order."""
    return _read(tx, since=since)


def counts_since(tx: Transaction, seq: int) -> list[tuple[str, int, int]]:
    """Count events after this number by name, and give the newest number."""
    query = select(event.c.name, func.count(), func.max(event.c.seq)).where(event.c.seq > seq)
    return [(row[0], row[1], row[2]) for row in tx.execute(query.group_by(event.c.name))]


_NAME_EVIDENCE = ("dossier_sha256", "report_sha256", "read_sha256")
"""Details whose value is the digest of an archived dossier or report; a decision repeats the report's."""


def evidence_of(event: Event) -> tuple[str, ...]:
    """List the digests of dossiers and reports that an event names."""
    told = (event.detail.get(name) for name in _NAME_EVIDENCE)
    return tuple(sha256 for sha256 in told if isinstance(sha256, str) and sha256)


def copy_of(event: Event) -> str | None:
    """Give the digest of the bytes in which the event's message came once more; None where it tells of none."""
    return str(event.detail["raw_sha256"]) if event.name == ObtainedAgain.name and event.detail else None


def evidence_named(tx: Transaction) -> Iterator[tuple[int, str]]:
    """List every dossier, report and copy of a message that an event names, with the submission's number."""
    for item in chain(tx):
        if item.message is not None:
            copy = copy_of(item)
            named = (*evidence_of(item), *([copy] if copy else []))
            yield from ((item.message, sha256) for sha256 in named)


def at(tx: Transaction, seq: int | None) -> Event | None:
    """Read the event of this number."""
    row = None if seq is None else tx.execute(select(event).where(event.c.seq == seq)).one_or_none()
    return None if row is None else from_row(row)


def head(tx: Transaction) -> tuple[int, str]:
    """Give number and digest of the newest event; 0 and the chain's start where there is none."""
    row = tx.execute(select(event.c.seq, event.c.digest).order_by(event.c.seq.desc()).limit(1)).one_or_none()
    return (0, GENESIS) if row is None else (row.seq, row.digest)


def named_since(tx: Transaction, seq: int) -> tuple[set[int], set[str]]:
    """List the messages and what of the list the events after this one are about."""
    rows = tx.execute(select(event.c.message, event.c.entry).where(event.c.seq > seq)).all()  # DISTINCT would read all
    return {at for at, _ in rows if at is not None}, {entry for _, entry in rows if entry is not None}


def first_fault(tx: Transaction) -> str | None:
    """Explain the chain's first fault in a sentence; None where it holds."""
    before, expected = GENESIS, 1
    for item in chain(tx):
        if item.seq != expected:
            return f"event {expected} is missing"
        if link(before, item.content_sha256) != item.digest:
            return f"event {item.seq} ({item.name}) is not what was recorded"
        before, expected = item.digest, item.seq + 1
    return None
