"""Events, submissions and letters as they lie there, for whoever checks the ledger: some at a time, not interpreted.

A ledger has millions of rows, so no time is parsed, and nothing is made an object that is only compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from sqlalchemy import BindParameter, ColumnElement, Row, Select, Text, and_, bindparam, func, select, type_coerce

from intake.domain.people_events import SignedIn
from intake.store.engine import Transaction
from intake.store.outbox import about
from intake.store.schema import Instant, event, message, metadata, outbox, session, sighting, thread

_AT_A_TIME = 2_000
_LETTERS_AT_A_TIME = 200


class RawEvent(NamedTuple):
    """A row of the ledger."""

    seq: int
    message: int | None
    entry: str | None
    at: str
    """RFC 3339 text."""
    name: str
    actor: str
    detail: str
    """JSON text."""
    salt: bytes | None
    content_sha256: str
    digest: str


class RawLetter(NamedTuple):
    """What of a row of the letters the ledger tells of."""

    message: int | None
    entry: str | None
    message_id: str
    queued_at: str
    """RFC 3339 text."""
    content: bytes
    archived_sha256: str | None
    kind: str
    state: str
    recipient: str
    sent_at: str | None
    """RFC 3339 text."""

    @property
    def about(self) -> str:
        """What it is about, as a person calls it."""
        return about(self.message, self.entry)


def _raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Ask for a time as the text that it is kept as."""
    return type_coerce(column, Text).label(column.key) if isinstance(column.type, Instant) else column


_AFTER: BindParameter[int] = bindparam("after")
_EVERY = select(*(_raw(event.c[name]) for name in RawEvent._fields)).where(event.c.seq > _AFTER).order_by(event.c.seq)
_SINCE: BindParameter[int] = bindparam("since")
_UNTIL: BindParameter[int] = bindparam("until")
_TOLD = (event.c.seq, event.c.message, event.c.at, event.c.name, event.c.actor, event.c.detail)
_ABOUT = select(*map(_raw, _TOLD)).where(event.c.message >= _SINCE, event.c.message < _UNTIL).order_by(event.c.seq)
_GREATEST = select(func.max(event.c.message))
_SUBMISSIONS = select(*map(_raw, message.c)).where(message.c.id >= _SINCE, message.c.id < _UNTIL).order_by(message.c.id)
_SIGHTINGS = select(sighting.c.message, sighting.c.state, sighting.c.mailbox, sighting.c.epoch, sighting.c.uid).where(
    sighting.c.message >= _SINCE, sighting.c.message < _UNTIL
)
_LETTERS = select(*(_raw(outbox.c[name]) for name in RawLetter._fields)).order_by(outbox.c.id)
_LETTERS_ABOUT = _LETTERS.where(outbox.c.message >= _SINCE, outbox.c.message < _UNTIL)
_LETTERS_ABOUT_NONE = _LETTERS.where(outbox.c.message.is_(None)).execution_options(yield_per=_LETTERS_AT_A_TIME)


def greatest_message(tx: Transaction) -> int:
    """Give the greatest number of a message that an event is about; 0 where there is none."""
    return tx.scalar(_GREATEST) or 0


def told_of(tx: Transaction, since: int, until: int) -> Iterator[tuple[int, int, str, str, str, str]]:
    """Yield events about the messages from one number up to, not including, another, in order.

    Each is its number, the message's, its time as RFC 3339 text, its name, its actor and its detail as JSON text.
    """
    rows = tx.execute(_ABOUT, {"since": since, "until": until}).all()
    return cast("Iterator[tuple[int, int, str, str, str, str]]", iter(rows))


def every(tx: Transaction, after: int = 0) -> Iterator[RawEvent]:
    """Yield every event, or those after one, in order; whoever reads millions takes a row apart at once: names cost."""
    for rows in tx.execute(_EVERY.execution_options(yield_per=_AT_A_TIME), {"after": after}).partitions():
        yield from cast("list[RawEvent]", rows)


def submissions(tx: Transaction, since: int, until: int) -> Iterator[Mapping[str, Any]]:
    """Yield the submissions from one number up to, not including, another, in order, by column; times are texts."""
    result = tx.execute(_SUBMISSIONS, {"since": since, "until": until})
    names = tuple(result.keys())
    return (dict(zip(names, row, strict=True)) for row in result.all())


def letters(tx: Transaction, since: int, until: int) -> Iterator[RawLetter]:
    """Yield the letters about messages from one number up to, not including, another, oldest first."""
    return _letters(tx, _LETTERS_ABOUT, since=since, until=until)


def rows(tx: Transaction, table: str) -> Iterator[Mapping[str, Any]]:
    """Yield every row of a table by column, in the order of its key; times are texts."""
    columns = metadata.tables[table]
    return _by_column(tx, select(*map(_raw, columns.c)).order_by(*columns.primary_key.columns))


def rows_about(tx: Transaction, table: str, since: int, until: int) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table about messages from one number up to, not including, another; likewise."""
    columns = metadata.tables[table]
    of_these = (columns.c.message >= since) & (columns.c.message < until)
    return _by_column(tx, select(*map(_raw, columns.c)).where(of_these).order_by(*columns.primary_key.columns))


def _by_column(tx: Transaction, query: Select[Any]) -> Iterator[Mapping[str, Any]]:
    result = tx.execute(query)
    names = tuple(result.keys())
    return (dict(zip(names, row, strict=True)) for row in result.all())


def sightings(tx: Transaction, since: int, until: int) -> Iterator[tuple[int, str, str, str, str]]:
    """Yield message, state, mailbox, epoch and uid of the sightings of messages of these numbers."""
    result = tx.execute(_SIGHTINGS, {"since": since, "until": until})
    return cast("Iterator[tuple[int, str, str, str, str]]", iter(result.all()))


def sighted(tx: Transaction, place: tuple[str, str, str]) -> bool:
    """Tell whether there is a row for a mailbox, epoch and uid."""
    here = and_(*(sighting.c[name] == value for name, value in zip(("mailbox", "epoch", "uid"), place, strict=True)))
    return tx.scalar(select(sighting.c.id).where(here)) is not None


def sessions(tx: Transaction) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield every session: its person, when it began, its token's digest, and what sign-ins of then and them tell."""
    for row in _by_column(tx, select(*map(_raw, session.c)).order_by(session.c.started_at, session.c.token_sha256)):
        then = type_coerce(event.c.at, Text) == row["started_at"]
        told = select(event.c.detail).where(event.c.actor == row["person"], event.c.name == SignedIn.name, then)
        yield row["person"], row["started_at"], row["token_sha256"], list(tx.scalars(told))


_SHOWN = ("case_seen", "approval_proposed", "approved", "returned", "asked", "closed", "replied", "replied_afterwards")
"""Events that name the newest message of a case that a person had before them."""


def looks(tx: Transaction) -> Iterator[tuple[int, int, str | None, str | None, list[tuple[str, str, str]]]]:
    """Yield cases that were looked at beyond their first message: how far, by whom, when, and events of such looks."""
    looked = select(*map(_raw, thread.c)).join(message, message.c.id == thread.c.id)
    for row in _by_column(tx, looked.where(thread.c.seen > thread.c.id, message.c.disposed_at.is_(None))):
        told = select(*map(_raw, (event.c.actor, event.c.at, event.c.detail)))
        rows = tx.execute(told.where(event.c.message == row["id"], event.c.name.in_(_SHOWN)))
        yield row["id"], row["seen"], row["seen_by"], row["seen_at"], [(item[0], item[1], item[2]) for item in rows]


def letters_about_no_message(tx: Transaction) -> Iterator[RawLetter]:
    """Yield the letters about anything but a message, oldest first."""
    return _letters(tx, _LETTERS_ABOUT_NONE)


def _letters(tx: Transaction, query: Select[Any], **bounds: int) -> Iterator[RawLetter]:
    rows: Iterator[Row[Any]] = iter(tx.execute(query, bounds))
    return map(RawLetter._make, rows)
