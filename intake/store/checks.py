"""Checks by mail: no more of each than keeps it from being answered twice, or for ever, and forgotten after a week."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, or_, select, update

from intake.domain.message import Sighting
from intake.store.engine import Transaction
from intake.store.schema import check_letter, check_mail
from intake.store.turns import serialize_writers

REMEMBERED = timedelta(days=7)
"""How long it is known that a mail was dealt with, once it has been deleted, and who has had answers."""


@dataclass(frozen=True, slots=True)
class CheckLetter:
    """A letter that is still to be sent."""

    message_id: str
    recipient: str
    content: bytes
    attempts: int = 0
    queued_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class CheckMail:
    """A mail that has been dealt with."""

    sighting: Sighting
    raw_sha256: str
    sender_sha256: str | None
    """Of the address that the answer goes to."""
    documents: int | None
    """None where it was not read."""
    why_not: str | None
    """Why it has no answer; None where it has."""
    delete_at: datetime | None
    """When it may be deleted in its mailbox; None: never by us."""


def unknown(tx: Transaction, sightings: Sequence[Sighting]) -> list[Sighting]:
    """List what lies in one mailbox and what has not been dealt with."""
    if not sightings:
        return []
    query = select(check_mail.c.epoch, check_mail.c.uid).where(check_mail.c.mailbox == sightings[0].mailbox)
    addresses = {(row.epoch, row.uid) for row in tx.execute(query)}
    return [sighting for sighting in sightings if (sighting.epoch, sighting.uid) not in addresses]


def is_known(tx: Transaction, raw_sha256: str) -> bool:
    """Tell whether the same bytes have been dealt with, wherever they lay."""
    return tx.scalar(select(check_mail.c.id).where(check_mail.c.raw_sha256 == raw_sha256).limit(1)) is not None


def answers_to(tx: Transaction, sender_sha256: str, since: datetime, *, without_documents: bool = False) -> int:
    """Count the answers to one sender since then; or only those to mail that brought no document."""
    counted = [check_mail.c.sender_sha256 == sender_sha256, check_mail.c.answered, check_mail.c.seen_at >= since]
    if without_documents:
        counted.append(check_mail.c.documents == 0)
    return tx.scalar(select(func.count()).where(*counted)) or 0


def answers_since(tx: Transaction, since: datetime) -> int:
    """Count the answers to everybody since then."""
    return tx.scalar(select(func.count()).where(check_mail.c.seen_at >= since, check_mail.c.answered)) or 0


def record(tx: Transaction, mail: CheckMail, letters: Sequence[CheckLetter], at: datetime) -> bool:
    """Write down that a mail has been dealt with, and its letters; False where a peer was quicker."""
    serialize_writers(tx)
    if not unknown(tx, [mail.sighting]):
        return False
    values = {
        "mailbox": mail.sighting.mailbox,
        "epoch": mail.sighting.epoch,
        "uid": mail.sighting.uid,
        "raw_sha256": mail.raw_sha256,
        "sender_sha256": mail.sender_sha256,
        "documents": mail.documents,
        "answered": mail.why_not is None,
        "why_not": mail.why_not,
        "seen_at": at,
        "delete_at": mail.delete_at,
    }
    number = tx.scalar(insert(check_mail).values(values).returning(check_mail.c.id))
    for letter in letters:
        told = {"message_id": letter.message_id, "recipient": letter.recipient, "content": letter.content}
        tx.execute(insert(check_letter).values(check_mail=number, attempts=0, queued_at=at, **told))
    return True


def due_letters(tx: Transaction, mailbox: str, now: datetime, limit: int) -> list[CheckLetter]:
    """List letters that answer mail of one mailbox and may be sent now, the oldest first."""
    due = or_(check_letter.c.next_attempt_at.is_(None), check_letter.c.next_attempt_at <= now)
    here = select(check_letter).join(check_mail).where(check_mail.c.mailbox == mailbox, due)
    rows = tx.execute(here.order_by(check_letter.c.id).limit(limit))
    return [_letter(row) for row in rows]


def _letter(row: Any) -> CheckLetter:  # noqa: ANN401  # a row of `check_letter`
    return CheckLetter(row.message_id, row.recipient, row.content, row.attempts, row.queued_at, row.id)


def sent(tx: Transaction, letter: CheckLetter) -> None:
    """Forget a letter that has been sent, or that will not be."""
    tx.execute(delete(check_letter).where(check_letter.c.id == letter.id))


def postpone(tx: Transaction, letter: CheckLetter, until: datetime, error: str) -> None:
    """Put a letter off."""
    values = {"attempts": letter.attempts + 1, "next_attempt_at": until, "last_error": error}
    tx.execute(update(check_letter).where(check_letter.c.id == letter.id).values(**values))


def to_delete(tx: Transaction, mailbox: str, now: datetime) -> list[Sighting]:
    """List what may be deleted in a mailbox: its time has come, and none of its letters is still to be sent."""
    waits = exists().where(check_letter.c.check_mail == check_mail.c.id)
    here = and_(check_mail.c.mailbox == mailbox, check_mail.c.deleted_at.is_(None), check_mail.c.delete_at <= now)
    rows = tx.execute(select(check_mail).where(here, ~waits).order_by(check_mail.c.id))
    return [Sighting(row.mailbox, row.epoch, row.uid) for row in rows]


def deleted(tx: Transaction, sightings: Collection[Sighting], at: datetime) -> None:
    """Write down that these have been deleted in their mailbox."""
    for sighting in sightings:
        here = and_(
            check_mail.c.mailbox == sighting.mailbox,
            check_mail.c.epoch == sighting.epoch,
            check_mail.c.uid == sighting.uid,
        )
        tx.execute(update(check_mail).where(here).values(deleted_at=at))


def forget(tx: Transaction, now: datetime) -> None:
    """Forget what was deleted in its mailbox so long ago that it matters to no brake."""
    tx.execute(delete(check_mail).where(check_mail.c.deleted_at < now - REMEMBERED))


@dataclass(frozen=True, slots=True)
class Left:
    """Why mail was left in the check mailbox, and how many."""

    why: str
    count: int


def left(tx: Transaction) -> tuple[Left, ...]:
    """Mail that has no answer and is not deleted: a person may want to look."""
    query = select(check_mail.c.why_not, func.count().label("mails")).where(
        check_mail.c.why_not.is_not(None), check_mail.c.delete_at.is_(None)
    )
    return tuple(Left(row.why_not, row.mails) for row in tx.execute(query.group_by(check_mail.c.why_not)))
