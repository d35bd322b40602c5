"""What statistics are made of: one line for each message of a period, told from the store alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, union_all
from sqlalchemy import case as when

from intake.domain.events import Linked
from intake.domain.register_events import EntriesPublished, PublicationRejected
from intake.domain.submission import WAITING_FOR_A_PERSON, State
from intake.store import events
from intake.store.among import only
from intake.store.engine import Transaction
from intake.store.outbox import ACKNOWLEDGEMENT
from intake.store.schema import CHANGED, entry_version, event, message, outbox, summary

MOST = 20_000
"""Messages of a period, at most; the newest count."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message, as statistics see it."""

    number: int
    kind: str
    automatic: bool
    state: State
    entries: int
    outcome: str | None
    """Of the rules; None until it is judged."""
    received_at: datetime
    acknowledge_due: datetime
    acknowledgement: str | None
    """The state of its acknowledgement; None where it owes none."""
    acknowledged_at: datetime | None
    decided_at: datetime | None
    publish_due: datetime | None
    manufacturer: str
    report_sha256: str | None
    begins: bool
    """It begins a case, and joined none."""


_LETTER = and_(outbox.c.message == message.c.id, outbox.c.kind == ACKNOWLEDGEMENT)
_COLUMNS = (
    message.c.id, message.c.kind, message.c.automatic, message.c.state, message.c.entries, message.c.outcome,
    message.c.received_at, message.c.acknowledge_due, outbox.c.state.label("letter"), outbox.c.sent_at,
    message.c.decided_at, message.c.publish_due, summary.c.manufacturer, message.c.report_sha256, message.c.thread,
)  # fmt: skip
_LINES = select(*_COLUMNS).select_from(message.outerjoin(outbox, _LETTER).outerjoin(summary))


def arrived(tx: Transaction, since: datetime, until: datetime) -> tuple[Arrival, ...]:
    """List what was received from a moment on and before another, the newest first."""
    period = (message.c.received_at >= since) & (message.c.received_at < until)
    query = _LINES.where(period).order_by(message.c.received_at.desc(), message.c.id.desc()).limit(MOST)
    return tuple(_from_row(row) for row in tx.execute(query))


def oldest_open(tx: Transaction, most: int) -> tuple[Arrival, ...]:
    """List what has waited longest for a decision, whenever it came."""
    of_state = select(message.c.id).order_by(message.c.state, message.c.received_at, message.c.id).limit(most)
    states = sorted(WAITING_FOR_A_PERSON)
    some = union_all(*(select(of_state.where(only(message.c.state, state)).subquery()) for state in states)).subquery()
    query = _LINES.where(message.c.id.in_(select(some.c.id))).order_by(message.c.received_at, message.c.id).limit(most)
    return tuple(_from_row(row) for row in tx.execute(query))


def sent_again(tx: Transaction, since: datetime) -> frozenset[int]:
    """List the messages received since then that follow an earlier submission."""
    linked = select(event.c.message).join(message, message.c.id == event.c.message)
    query = linked.where(*_later(tx, Linked.name, since), message.c.received_at >= since)
    return frozenset(tx.execute(query).scalars())


def published(tx: Transaction, since: datetime) -> dict[int, datetime]:
    """Tell when everything that was approved of a submission stood in a version of the list; by number.

    Args:
        tx: a transaction.
        since: only what was received from this moment on.
    """
    query = select(event.c.message, event.c.at, event.c.detail).join(message, message.c.id == event.c.message)
    rows = tx.execute(query.where(*_later(tx, EntriesPublished.name, since), message.c.received_at >= since))
    return {row.message: row.at for row in rows if json.loads(row.detail).get("whole")}


def rejections(tx: Transaction, since: datetime) -> tuple[str, ...]:
    """List why the DCC rejected versions of the list from a moment on, oldest first; each reason as recorded."""
    query = select(event.c.detail).where(*_later(tx, PublicationRejected.name, since), event.c.at >= since)
    return tuple(str(json.loads(detail).get("reason", "")) for detail in tx.scalars(query.order_by(event.c.seq)))


def corrected(tx: Transaction, kind: str, since: datetime) -> tuple[datetime, ...]:
    """List when entries of the list were corrected from a moment on, once for each entry and correction.

    Args:
        tx: a transaction.
        kind: of the change, as the register names corrections.
        since: the moment.
    """
    by_people = (entry_version.c.kind == kind) & CHANGED
    query = select(entry_version.c.recorded_at).where(by_people, entry_version.c.recorded_at >= since)
    return tuple(tx.scalars(query.order_by(entry_version.c.id)))


def entries_until(tx: Transaction, moments: Sequence[datetime]) -> tuple[int, ...]:
    """Count the entries that the register knew before each of these moments, Removed ones too; it is read once."""
    first = select(func.min(entry_version.c.recorded_at).label("at")).group_by(entry_version.c.number).subquery()
    known_by = (func.sum(when((first.c.at < moment, 1), else_=0)) for moment in moments)
    return tuple(number or 0 for number in tx.execute(select(*known_by).select_from(first)).one())


def _later(tx: Transaction, name: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions that an event is called so, and not numbered before a moment."""
    return events.called(name), events.numbered_since(tx, since)


def _from_row(row: Any) -> Arrival:  # noqa: ANN401  # a row of `_LINES`
    return Arrival(
        number=row.id,
        kind=row.kind,
        automatic=row.automatic is not None,
        state=State(row.state),
        entries=row.entries,
        outcome=row.outcome,
        received_at=row.received_at,
        acknowledge_due=row.acknowledge_due,
        acknowledgement=row.letter,
        acknowledged_at=row.sent_at,
        decided_at=row.decided_at,
        publish_due=row.publish_due,
        manufacturer=row.manufacturer or "",
        report_sha256=row.report_sha256,
        begins=row.thread is None or row.thread == row.id,
    )
