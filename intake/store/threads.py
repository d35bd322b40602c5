"""Cases as the store knows them: the message that begins one, and every message that has joined it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, insert, literal, select, update
from sqlalchemy import case as when

from intake.domain.automatic import PERHAPS_A_PERSON
from intake.domain.search_facts import Fact
from intake.domain.submission import WORKABLE, State
from intake.store.engine import Transaction
from intake.store.schema import fact, message, outbox, thread
from intake.store.submissions import Submission, from_row
from intake.store.turns import serialize_writers
from intake.store.upsert import upsert

_AT_A_TIME = 400
"""Message-IDs asked for, and messages given, in one statement."""
_BY_OWN_ID = select(message.c.message_id.label("identity"), message).where(
    message.c.message_id.in_(bindparam("identities", expanding=True))
)
_BY_LETTER = (
    select(outbox.c.message_id.label("identity"), message)
    .join(message, message.c.id == outbox.c.message)
    .where(outbox.c.message_id.in_(bindparam("identities", expanding=True)))
)
_BEARING = (
    select(message.c.message_id, message.c.raw_sha256)
    .where(
        message.c.message_id.in_(bindparam("identities", expanding=True)),
        message.c.mailbox != bindparam("mailbox"),
        message.c.disposed_at.is_(None),
    )
    .order_by(message.c.id.desc())
)
_MOST_BEARERS = 10
"""Of one Message-ID that are given: some programs have one for all that they send."""
_member = message.alias("member")


@dataclass(frozen=True, slots=True)
class Known:
    """A message that a Message-ID leads to."""

    submission: Submission
    by_letter: bool
    """The Message-ID is that of a letter of ours about it."""


def of_identities(tx: Transaction, identities: Collection[str]) -> dict[str, Known]:
    """Give the earliest message that bears each Message-ID, or that a letter of ours under it is about."""
    earliest: dict[str, Known] = {}
    wanted = sorted(identities)
    for start in range(0, len(wanted), _AT_A_TIME):
        some = {"identities": wanted[start : start + _AT_A_TIME]}
        for by_letter, query in ((True, _BY_LETTER), (False, _BY_OWN_ID)):
            for row in tx.execute(query.order_by(message.c.id), some):
                values = {**row._mapping}  # noqa: SLF001  # the documented way to read a row by name
                identity = values.pop("identity")
                earliest.setdefault(
                    identity, Known(Submission(**{**values, "state": State(values["state"])}), by_letter)
                )
    return earliest


def from_elsewhere(tx: Transaction, message_ids: Collection[str], mailbox: str) -> dict[str, list[str]]:
    """List by Message-ID the digests of messages that came to other mailboxes, the ten newest at most."""
    bearers: dict[str, list[str]] = {}
    asked = {"identities": list(message_ids), "mailbox": mailbox}
    for row in tx.execute(_BEARING, asked) if message_ids else ():
        some = bearers.setdefault(row.message_id, [])
        if len(some) < _MOST_BEARERS:
            some.append(row.raw_sha256)
    return bearers


def sharing(tx: Transaction, shared: Fact, before: int) -> tuple[Submission, ...]:
    """List the messages below a number that are found by a fact, the newest first, up to `_AT_A_TIME`."""
    theirs = (fact.c.value == shared.value, fact.c.kind == shared.kind, fact.c.message < before)
    query = select(message).join(fact, fact.c.message == message.c.id).where(*theirs)
    rows = tx.execute(query.order_by(fact.c.message.desc()).limit(_AT_A_TIME))
    return tuple(from_row(row) for row in rows)


def messages_of(tx: Transaction, case: int) -> tuple[Submission, ...]:
    """Give every message that has joined a case, oldest first; the one that begins it left out."""
    rows = tx.execute(select(message).where(message.c.thread == case).order_by(message.c.id))
    return tuple(from_row(row) for row in rows)


def newest(tx: Transaction, case: int) -> int:
    """Give the number of the newest message that has joined a case; 0 where none has."""
    return tx.scalar(select(func.max(message.c.id)).where(message.c.thread == case)) or 0


def unread(tx: Transaction, case: int) -> int | None:
    """Give the number of the first message that joined a case and is not read yet; None where all have been."""
    waits = (message.c.thread == case) & message.c.state.in_(WORKABLE)
    number: int | None = tx.scalar(select(func.min(message.c.id)).where(waits))
    return number


def join(tx: Transaction, joined: Iterable[Submission], case: int) -> None:
    """Put messages into a case, each for the first time; a machine's own answers are shown there and call nobody."""
    serialize_writers(tx)
    members = list(joined)
    _begin(tx, case)
    tx.execute(update(message).where(message.c.id.in_([member.id for member in members])).values(thread=case))
    _count_anew(tx, case)


def leave(tx: Transaction, member: Submission) -> None:
    """Make a case of its own of a message that was taken to answer one."""
    serialize_writers(tx)
    tx.execute(update(message).where(message.c.id == member.id).values(thread=None))
    if member.thread is not None:
        _count_anew(tx, member.thread)


def see(tx: Transaction, case: int, up_to: int, person: str, at: datetime) -> bool:
    """Note that a person has looked at a case up to this message; False where somebody had before.

    Whoever tells the ledger of it takes a turn beforehand.
    """
    values = {"id": case, "newest": case, "seen": up_to, "seen_by": person, "seen_at": at}
    return upsert(tx, thread, values, change=("seen", "seen_by", "seen_at"), only=lambda new: thread.c.seen < new.seen)


def call_again(tx: Transaction, case: int, member: int) -> None:
    """Note that a message was put into a case by hand: though newer ones have been seen, it counts as unseen."""
    serialize_writers(tx)
    passed = (thread.c.id == case) & (thread.c.seen >= member)
    tx.execute(update(thread).where(passed).values(seen=member - 1))


def for_a_person(automatic: ColumnElement[str | None]) -> ColumnElement[bool]:
    """Tell whether a message that joins a case calls for a person to read it, by its reason (`may_be_a_persons`)."""
    return automatic.is_(None) | automatic.endswith(PERHAPS_A_PERSON)


def _begin(tx: Transaction, case: int) -> None:
    """Its row, which a case has from the first message that joins it, or from the first look."""
    if tx.scalar(select(thread.c.id).where(thread.c.id == case)) is None:
        tx.execute(insert(thread).values(id=case, newest=case, seen=0))


def _count_anew(tx: Transaction, case: int) -> None:
    calls = (_member.c.thread == case) & for_a_person(_member.c.automatic)
    last = select(func.coalesce(func.max(_member.c.id), case)).where(calls).scalar_subquery()
    tx.execute(update(thread).where(thread.c.id == case).values(newest=last))


def miscounted(tx: Transaction) -> list[tuple[int, int, int]]:
    """List cases whose row does not name the newest message that joined: case, what it names, and what is right."""
    calls = (_member.c.thread == thread.c.id) & for_a_person(_member.c.automatic)
    last = select(func.coalesce(func.max(_member.c.id), thread.c.id)).where(calls).scalar_subquery()
    query = select(thread.c.id, thread.c.newest, last.label("right")).where(thread.c.newest != last)
    return [(row.id, row.newest, row.right) for row in tx.execute(query.order_by(thread.c.id))]


def _seen() -> ColumnElement[int]:
    """Of the case that the message of the statement around it begins; said, as it may stand two levels within that."""
    own = select(func.coalesce(func.max(thread.c.seen), 0)).where(thread.c.id == message.c.id)
    return own.correlate(message).scalar_subquery()


def news() -> ColumnElement[int]:
    """Count of a message how many have joined the case that it begins and have been seen by nobody."""
    calls = (_member.c.thread == message.c.id) & (_member.c.id > _seen()) & for_a_person(_member.c.automatic)
    return select(func.count()).select_from(_member).where(calls).scalar_subquery()


def first_unseen() -> ColumnElement[int]:
    """Give 1 for a message where it begins a case and nobody has looked at it, else 0."""
    begins = message.c.thread.is_(None) & (message.c.state != State.FILED) & (message.c.id > _seen())
    return when((begins, literal(1)), else_=literal(0))
