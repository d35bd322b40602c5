"""Letters: queued in the commit that makes them necessary, sent afterwards, never under two Message-IDs."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Integer, Update, and_, bindparam, func, insert, or_, select, update
from sqlalchemy import case as when

from intake.domain.reference import reference
from intake.store import leases, many
from intake.store.among import numbered
from intake.store.engine import Transaction
from intake.store.schema import UNARCHIVED, outbox
from intake.store.submissions import LostLeaseError


class LetterState(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    HELD = "held"
    """Waits for a person; `hold_reason` says why."""
    SENT = "sent"
    REFUSED = "refused"
    """The other side will not take it; a person must look."""
    WITHHELD = "withheld"
    """It answers mail from before the first day whose mail is answered; it waits for nobody, a person may send it."""
    BOUNCED = "bounced"
    """It was taken and came back; a person must look."""
    DROPPED = "dropped"
    """A person decided that it shall not be sent."""
    NOT_OWED = "not_owed"
    """It was written in case that its message is a submission of its own, and the message answers a case."""


ACKNOWLEDGEMENT = "acknowledgement"
TO_DCC, TO_PARTIES = "list-dcc", "list-parties"
"""Kinds of letters about a version of the list."""

WAITING_FOR_A_PERSON = frozenset({LetterState.HELD, LetterState.REFUSED, LetterState.BOUNCED})
"""What a person must settle."""
A_PERSON_MAY_SETTLE = WAITING_FOR_A_PERSON | {LetterState.WITHHELD}


def digest(content: bytes) -> str:
    """Digest a letter's bytes as the ledger names them; empty where there are none."""
    return hashlib.sha256(content).hexdigest() if content else ""


def about(message: int | None, entry: str | None) -> str:
    """Name what a letter is about: a message by its reference, or an entry, version or certificate of the list."""
    if message is not None:
        return reference(message)
    return f"entry {entry}" if (entry or "").isdecimal() else entry or ""


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter as it is queued: about a message or about an entry of the list, and perhaps an answer to a message."""

    message: int | None
    """The message that it is about; None where it is about an entry."""
    kind: str
    message_id: str
    recipient: str
    """Empty where there is nobody to send it to."""
    content: bytes
    hold_reason: str | None = None
    withheld: bool = False
    entry: str | None = None
    """The number of the entry that it is about; None where it is about a message."""
    answers: int | None = None
    """The message that it answers, if it answers any."""
    not_before: datetime | None = None
    """It goes then at the latest; sooner where the message is read by then and it is owed."""

    @property
    def sha256(self) -> str:
        """The digest of its bytes, by which the ledger names them; empty where there are none."""
        return digest(self.content)

    @property
    def row(self) -> dict[str, object]:
        """Give the letter's initial row."""
        ours = LetterState.WITHHELD if self.withheld else LetterState.HELD
        return {
            "message": self.message,
            "entry": self.entry,
            "answers": self.answers,
            "kind": self.kind,
            "message_id": self.message_id,
            "recipient": self.recipient,
            "content": self.content,
            "state": ours if self.hold_reason else LetterState.QUEUED,
            "hold_reason": self.hold_reason,
            "next_attempt_at": None if self.hold_reason else self.not_before,
        }


@dataclass(frozen=True, slots=True)
class QueuedLetter:
    """A letter as the store knows it."""

    id: int
    message: int | None
    entry: str | None
    answers: int | None
    kind: str
    message_id: str
    recipient: str
    content: bytes
    archived_sha256: str | None
    """The digest of its bytes, from when on they lie in the archive, too."""
    state: LetterState
    hold_reason: str | None
    attempts: int
    next_attempt_at: datetime | None
    last_error: str | None
    lease_owner: str | None
    lease_until: datetime | None
    queued_at: datetime
    sent_at: datetime | None

    @property
    def about(self) -> str:
        """The reference of the message, or the entry, version or certificate of the list, that it is about."""
        return about(self.message, self.entry)

    @property
    def may_have_left(self) -> bool:
        """Whether it was handed over, or may have been: a letter whose outcome is unknown is still queued."""
        tried = bool(self.attempts or self.lease_owner or self.last_error)
        return self.state in {LetterState.SENT, LetterState.BOUNCED} or (self.state is LetterState.QUEUED and tried)


_QUEUE = insert(outbox)
_WRITTEN = select(outbox.c.message_id).where(outbox.c.message_id.in_(bindparam("identities", expanding=True)))


def _from_row(row: Any) -> QueuedLetter:  # noqa: ANN401  # a row of `outbox`
    return from_values(row._mapping)  # noqa: SLF001  # the documented way to read a row by name


def from_values(values: Mapping[str, Any]) -> QueuedLetter:
    """Convert the columns of a row of `outbox`, by name."""
    return QueuedLetter(**{**values, "state": LetterState(values["state"])})


def queue(tx: Transaction, letters: Sequence[NewLetter], at: datetime) -> None:
    """Queue letters, or hold or withhold those where there is a reason; none of them may be `written` already."""
    rows = [{**letter.row, "attempts": 0, "queued_at": at} for letter in letters]
    if rows:
        many.execute(tx, _QUEUE, tuple(rows[0]), [tuple(row.values()) for row in rows])


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """Letters that are held for one reason; those about the list, which are let go one by one, of one thing."""

    reason: str
    count: int
    newest: int
    """The highest number among them: what a person who releases them all has seen."""
    entry: str | None = None
    """What of the list they are about; None where they are about messages."""

    @property
    def why(self) -> str:
        """Say what they are about and why they are held, behind "because"."""
        return self.reason if self.entry is None else f"{self.reason}: {about(None, self.entry)}"


_HOW_MANY = func.count().label("letters")
_HELD_GROUPS = (
    select(outbox.c.hold_reason, outbox.c.entry, _HOW_MANY, func.max(outbox.c.id).label("newest"))
    .where(
        outbox.c.state.in_(WAITING_FOR_A_PERSON),
        or_(outbox.c.state == LetterState.HELD, outbox.c.kind.in_((TO_DCC, TO_PARTIES))),
        func.length(outbox.c.content) > 0,
    )
    .group_by(outbox.c.hold_reason, outbox.c.entry)
    .order_by(_HOW_MANY.desc(), outbox.c.hold_reason, outbox.c.entry)
)


def numbers_about(tx: Transaction, messages: Collection[int], entries: Collection[str]) -> list[int]:
    """List the numbers of all letters about these messages, or about these of the list."""
    of_messages = select(outbox.c.id).where(numbered(outbox.c.message, sorted(messages)))
    return [*tx.scalars(of_messages), *tx.scalars(select(outbox.c.id).where(outbox.c.entry.in_(entries)))]


def held_groups(tx: Transaction) -> tuple[HeldGroup, ...]:
    """Group held letters that could be sent by reason, the largest group first.

    A letter about the list that came back, or was refused, is among them: no case brings it before a person.
    """
    return tuple(
        HeldGroup(row.hold_reason or "", row.letters, row.newest, row.entry) for row in tx.execute(_HELD_GROUPS)
    )


def held_for(tx: Transaction, reason: str, *, newest: int) -> tuple[QueuedLetter, ...]:
    """List a group's letters about messages, up to the newest that was seen."""
    query = select(outbox).where(
        outbox.c.state == LetterState.HELD,
        outbox.c.entry.is_(None),
        outbox.c.hold_reason == reason,
        outbox.c.id <= newest,
        func.length(outbox.c.content) > 0,
    )
    return tuple(_from_row(row) for row in tx.execute(query.order_by(outbox.c.id)))


def claim(tx: Transaction, owner: str, *, now: datetime, lease: timedelta, limit: int) -> list[QueuedLetter]:
    """Lease up to `limit` letters that are due by `now`."""
    return [_from_row(row) for row in leases.claim(tx, outbox, owner, now=now, lease=lease, limit=limit)]


def next_letter_at(tx: Transaction) -> datetime | None:
    """Give the time when the earliest postponed letter falls due."""
    query = select(outbox.c.next_attempt_at).where(
        outbox.c.state == LetterState.QUEUED, outbox.c.next_attempt_at.is_not(None)
    )
    return tx.scalar(query.order_by(outbox.c.next_attempt_at).limit(1))


def settle(tx: Transaction, letter: QueuedLetter, state: LetterState, **values: object) -> None:
    """Record the outcome of a letter we hold.

    Raises:
        LostLeaseError: somebody else took it over.
    """
    changed = {"state": state, **leases.RELEASED, **values}
    asked = {"number": letter.id, "before": letter.state, **{f"new_{name}": changed[name] for name in changed}}
    if letter.lease_owner:
        asked["holder"] = letter.lease_owner
    if tx.execute(_settling(frozenset(changed), leased=bool(letter.lease_owner)), asked).rowcount != 1:
        raise LostLeaseError(letter.message_id)


@cache
def _settling(columns: frozenset[str], *, leased: bool) -> Update:
    """Build the guarded update of these columns of a letter."""
    holder = outbox.c.lease_owner == bindparam("holder") if leased else outbox.c.lease_owner.is_(None)
    guard = and_(outbox.c.id == bindparam("number"), outbox.c.state == bindparam("before"), holder)
    return update(outbox).where(guard).values({name: bindparam(f"new_{name}") for name in sorted(columns)})


def come_back(tx: Transaction, letter: QueuedLetter, said: str) -> bool:
    """Mark a sent letter as returned; False where it is in another state already.

    Whoever is just sending it again loses the lease.
    """
    sent = outbox.c.state.in_((LetterState.SENT, LetterState.QUEUED))
    change = update(outbox).where(outbox.c.id == letter.id, sent)
    values = {"state": LetterState.BOUNCED, "last_error": said, "lease_owner": None, "lease_until": None}
    return tx.execute(change.values(**values)).rowcount == 1


_UNSENT = (
    (outbox.c.message == bindparam("number"))
    & (outbox.c.kind == ACKNOWLEDGEMENT)
    & (outbox.c.lease_owner.is_(None) & (outbox.c.attempts == 0) & outbox.c.last_error.is_(None))
)
"""The acknowledgement of a message that has not been on its way."""
_STAYS = outbox.c.state.in_((LetterState.QUEUED, LetterState.HELD, LetterState.WITHHELD))
_NOT_OWED = (
    update(outbox).where(_UNSENT, _STAYS).values(state=LetterState.NOT_OWED, next_attempt_at=None).returning(*outbox.c)
)
_WAITS = (outbox.c.state == LetterState.QUEUED) & outbox.c.next_attempt_at.is_not(None)
_REASON = func.coalesce(outbox.c.hold_reason, bindparam("reason", type_=outbox.c.hold_reason.type))
_LET_GO = (
    update(outbox)
    .where(_UNSENT, _WAITS | (outbox.c.state == LetterState.NOT_OWED))
    .values(
        state=when((_REASON.is_not(None), LetterState.HELD), else_=LetterState.QUEUED),
        hold_reason=_REASON,
        next_attempt_at=None,
    )
    .returning(*outbox.c)
)


def not_owed(tx: Transaction, number: int) -> QueuedLetter | None:
    """Keep the acknowledgement here, as the message answers a case; None where there is none, or it may have left."""
    row = tx.execute(_NOT_OWED, {"number": number}).one_or_none()
    return None if row is None else _from_row(row)


def let_go(tx: Transaction, number: int, *, hold_reason: str | None = None) -> QueuedLetter | None:
    """End the wait of an acknowledgement for the reading, which is over or cannot be; it may wait for a person now.

    None where there is none that waited. One that was not owed after all comes back as it was.
    """
    row = tx.execute(_LET_GO, {"number": number, "reason": hold_reason}).one_or_none()
    return None if row is None else _from_row(row)


_UNARCHIVED = (
    select(outbox.c.id, outbox.c.content)
    .where(UNARCHIVED)
    .order_by(outbox.c.id)
    .limit(bindparam("most", type_=Integer()))
)
_ARCHIVED = update(outbox).where(outbox.c.id == bindparam("number")).values(archived_sha256=bindparam("sha256"))


def unarchived(tx: Transaction, limit: int) -> list[tuple[int, bytes]]:
    """List letters whose bytes are not known to lie in the archive yet, by number, up to `limit`."""
    return [(row.id, row.content) for row in tx.execute(_UNARCHIVED, {"most": limit})]


def archived(tx: Transaction, digests: Sequence[tuple[int, str]]) -> None:
    """Note that the bytes of letters lie in the archive, under these digests."""
    if digests:
        tx.execute(_ARCHIVED, [{"number": number, "sha256": sha256} for number, sha256 in digests])


def release(tx: Transaction, numbers: Sequence[int], owner: str) -> None:
    """Release letters we hold and have not processed."""
    ours = and_(outbox.c.id.in_(numbers), outbox.c.lease_owner == owner)
    tx.execute(update(outbox).where(ours).values(leases.RELEASED))


def of_message(tx: Transaction, message: int) -> tuple[QueuedLetter, ...]:
    """List every letter about one message, oldest first."""
    return tuple(
        _from_row(row) for row in tx.execute(select(outbox).where(outbox.c.message == message).order_by(outbox.c.id))
    )


def written(tx: Transaction, message_ids: Collection[str]) -> set[str]:
    """Select those Message-IDs that are of letters we have written."""
    return set(tx.scalars(_WRITTEN, {"identities": list(message_ids)})) if message_ids else set()


def latest_to(tx: Transaction, recipient: str, *, since: datetime) -> QueuedLetter | None:
    """Find the latest letter to this address, written since then, that was sent or may have been."""
    named = outbox.c.recipient.in_((recipient, recipient.lower()))
    rows = tx.execute(select(outbox).where(named, outbox.c.queued_at >= since).order_by(outbox.c.id.desc()))
    return next((letter for letter in map(_from_row, rows) if letter.may_have_left), None)


def of_list(tx: Transaction, *named: str, to_change: bool = False) -> tuple[QueuedLetter, ...]:
    """Give every letter about these entries, versions or certificates of the list, oldest first.

    `to_change` locks them until commit.
    """
    query = select(outbox).where(outbox.c.entry.in_(named)).order_by(outbox.c.id)
    return tuple(map(_from_row, tx.execute(query.with_for_update(key_share=True) if to_change else query)))


def stuck_of_kind(tx: Transaction, kind: str) -> tuple[QueuedLetter, ...]:
    """Give the letters of a kind that a person must settle, oldest first."""
    query = select(outbox).where(outbox.c.state.in_(WAITING_FOR_A_PERSON), outbox.c.kind == kind)
    return tuple(_from_row(row) for row in tx.execute(query.order_by(outbox.c.id)))


def of_kind(tx: Transaction, kind: str) -> tuple[QueuedLetter, ...]:
    """Give every letter of a kind, oldest first."""
    return tuple(
        _from_row(row) for row in tx.execute(select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.id))
    )


def of_message_id(tx: Transaction, message_id: str) -> QueuedLetter | None:
    """Find the letter with this Message-ID."""
    row = tx.execute(select(outbox).where(outbox.c.message_id == message_id)).one_or_none()
    return None if row is None else _from_row(row)


def newest_of(tx: Transaction, message_ids: Collection[str]) -> QueuedLetter | None:
    """Find of our letters with one of these Message-IDs the one that was written last."""
    if not message_ids:
        return None
    query = select(outbox).where(outbox.c.message_id.in_(message_ids)).order_by(outbox.c.id.desc()).limit(1)
    row = tx.execute(query).one_or_none()
    return None if row is None else _from_row(row)


def get(tx: Transaction, number: int, *, to_change: bool = False) -> QueuedLetter | None:
    """Read one letter; `to_change` locks it until commit."""
    query = select(outbox).where(outbox.c.id == number)
    row = tx.execute(query.with_for_update(key_share=True) if to_change else query).one_or_none()
    return None if row is None else _from_row(row)
