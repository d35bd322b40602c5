"""Messages and what they become: record once, claim, move, fail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Update, and_, bindparam, func, insert, select, union_all, update

from intake.clock import LONDON, iso
from intake.domain.reference import reference
from intake.domain.search_facts import of_person
from intake.domain.submission import MAX_ATTEMPTS, WORKABLE, State, may_move
from intake.errors import IntakeError
from intake.store import facts, leases, many
from intake.store.among import only
from intake.store.engine import Transaction
from intake.store.schema import DISPOSED, POSTPONED, keepable, message

GREATEST = 2**31 - 1
"""No submission has a greater number; a database refuses to be asked for one."""


class LostLeaseError(Exception):
    """Another process took the work over, or the submission has changed; what was done is not recorded."""


class NoSuchSubmissionError(LookupError):
    """There is no submission of this number."""


class DisposedError(IntakeError):
    """What the submission said is gone: two people have disposed of it, on record."""

    hint = "Its events and their digests are kept: cpl-intake evidence export writes them to a bag."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """What is known of a message at the moment it is recorded."""

    raw_sha256: str
    size: int
    mailbox: str
    kind: str
    automatic: str | None
    """Why it is taken to be automatic mail; None where it is not."""
    subject: str
    sender: str
    reply_address: str | None
    message_id: str
    """Empty where it has none, as the two below."""
    in_reply_to: str | None = None
    """None: not yet known, as of a message that an earlier release took in."""
    mail_references: str | None = None
    """The Message-IDs of the References header with a space between; None likewise."""
    reply_to: str | None = None
    """The first usable address of its Reply-To; empty where it has none; None likewise."""
    received_at: datetime
    recorded_at: datetime
    acknowledge_due: datetime
    calendar: str

    @property
    def record_sha256(self) -> str:
        """Digest what is known of its arrival and of its headers, as the store keeps it.

        What it answers is left out: it is read from the archive again where the store does not have it.
        """
        texts = (self.subject, self.sender, self.reply_address, self.message_id)
        told = [None if text is None else keepable(text) for text in texts]
        moments = [iso(self.received_at), iso(self.recorded_at), iso(self.acknowledge_due)]
        return record_sha256([*told, *moments, self.calendar])

    @property
    def envelope_known(self) -> bool:
        """Whether the store has the envelope; if not, the archive has."""
        return self.in_reply_to is not None and self.mail_references is not None and self.reply_to is not None

    @property
    def references(self) -> tuple[str, ...]:
        """The Message-IDs of its References header, in order; none where they are not yet known."""
        return tuple((self.mail_references or "").split())

    @property
    def answered(self) -> tuple[str, ...]:
        """The Message-IDs that it says it answers, the nearest first."""
        named = (self.in_reply_to or "", *reversed(self.references))
        return tuple(dict.fromkeys(identity for identity in named if identity))


RECORDED = (
    "subject",
    "sender",
    "reply_address",
    "message_id",
    "received_at",
    "recorded_at",
    "acknowledge_due",
    "calendar",
)
"""The columns that a record's digest is over, in order."""


def record_sha256(recorded: Sequence[str | None]) -> str:
    """Digest a record by its columns as the store keeps them."""
    return hashlib.sha256(_record_text(recorded).encode()).hexdigest()


_record_text = json.JSONEncoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(NewMessage):
    """A message as the store knows it."""

    id: int
    state: State
    version: int
    attempts: int
    next_attempt_at: datetime | None
    last_error: str | None
    lease_owner: str | None
    lease_until: datetime | None
    dossier_sha256: str | None
    report_sha256: str | None
    outcome: str | None
    entries: int
    documents: int | None
    """How many attachments it brought, pictures of its text and attached messages left out; None until it is read."""
    thread: int | None
    """The number of the message that begins the case which this one has joined; None where it begins its own."""
    claimed_by: str | None
    claimed_until: datetime | None
    """When the claim ends by itself; None where it has no end or there is none."""
    kind_set_by: str | None
    """Who said of what kind the message is; None where the program told it."""
    handed_over_at: datetime | None
    """When it was handed to the administrator; None where it was not."""
    thread_set_by: str | None
    """Who put it into its case, or made it a case of its own; None where the program told it."""
    proposed_by: str | None
    decided_by: str | None
    decided_at: datetime | None
    publish_due: datetime | None
    disposed_at: datetime | None = None
    """When it was disposed of: what it said is gone; None where it was not."""

    @property
    def reference(self) -> str:
        """Give the reference used in letters and on pages."""
        return reference(self.id)

    @property
    def case(self) -> int:
        """The number of the message that begins its case, be it this one."""
        return self.thread or self.id

    @property
    def disposed_on(self) -> str:
        """The day in London on which it was disposed of, as ``30/11/2026``; empty where it was not."""
        return "" if self.disposed_at is None else _day(self.disposed_at)

    def holder(self, now: datetime) -> str | None:
        """Give the person whose claim has not run out by now; None where there is none."""
        lapsed = self.claimed_until is not None and self.claimed_until <= now
        return None if lapsed else self.claimed_by


def from_row(row: Any) -> Submission:  # noqa: ANN401  # a row of `message`, however it was selected
    """Convert a row of `message`."""
    return from_values(row._mapping)  # noqa: SLF001  # the documented way to read a row by name


def from_values(values: Mapping[str, Any]) -> Submission:
    """Convert the columns of a row of `message`, by name."""
    return Submission(**{**values, "state": State(values["state"])})


_OF_CONTENTS = select(message.c.raw_sha256, message.c.id).where(
    message.c.raw_sha256.in_(bindparam("digests", expanding=True))
)
_RECORD = insert(message)
_NEW = NewMessage.__slots__
_values_of = attrgetter(*_NEW)
_FIRST: dict[str, Any] = {"state": State.RECEIVED, "version": 1, "attempts": 0, "entries": 0}
_UNTIL_THEN_EMPTY: dict[str, Any] = dict.fromkeys(set(message.c.keys()) - {"id", *_NEW, *_FIRST})


def of_contents(tx: Transaction, digests: Collection[str]) -> dict[str, int]:
    """Map SHA-256 digests to the recorded messages with these bytes."""
    rows = tx.execute(_OF_CONTENTS, {"digests": list(digests)})
    return {row.raw_sha256: row.id for row in rows}


def record(tx: Transaction, new: Sequence[NewMessage]) -> list[Submission]:
    """Record messages that were not known by content; they are submissions from then on, numbered in this order."""
    if not new:
        return []
    told = [_values_of(new_message) for new_message in new]
    many.execute(tx, _RECORD, (*_NEW, *_FIRST), [(*values, *_FIRST.values()) for values in told])
    numbers = of_contents(tx, [new_message.raw_sha256 for new_message in new])
    rows: list[dict[str, Any]] = [dict(zip(_NEW, values, strict=True)) for values in told]
    return [Submission(**row, **_FIRST, **_UNTIL_THEN_EMPTY, id=numbers[row["raw_sha256"]]) for row in rows]


def get(tx: Transaction, number: int, *, to_change: bool = False) -> Submission:
    """Read one submission; `to_change` locks it until commit.

    Raises:
        NoSuchSubmissionError: there is none of this number.
    """
    if number > GREATEST:
        raise NoSuchSubmissionError(reference(number))
    query = select(message).where(message.c.id == number)
    row = tx.execute(query.with_for_update(key_share=True) if to_change else query).one_or_none()
    if row is None:
        raise NoSuchSubmissionError(reference(number))
    return from_row(row)


def is_there(tx: Transaction, number: int) -> bool:
    """Tell whether there is a submission of this number."""
    return number <= GREATEST and tx.scalar(select(message.c.id).where(message.c.id == number)) is not None


def refuse_disposed(tx: Transaction, number: int) -> None:
    """Refuse a submission of which nothing is left to look at or to change; one that there is not is let through.

    Raises:
        DisposedError: it was disposed of.
    """
    if number > GREATEST:
        return
    _refuse(number, tx.scalar(select(message.c.disposed_at).where(message.c.id == number)))


def refuse_if_disposed(submission: Submission) -> None:
    """Refuse one that has been read, of which nothing is left to look at or to change.

    Raises:
        DisposedError: it was disposed of.
    """
    _refuse(submission.id, submission.disposed_at)


def _refuse(number: int, disposed_at: datetime | None) -> None:
    if disposed_at is not None:
        message_text = f"{reference(number)} was disposed of on {_day(disposed_at)}"
        raise DisposedError(message_text)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%d/%m/%Y}"


def claim(tx: Transaction, owner: str, *, now: datetime, lease: timedelta, limit: int) -> list[Submission]:
    """Lease up to `limit` submissions with work due by `now`."""
    return [from_row(row) for row in leases.claim(tx, message, owner, now=now, lease=lease, limit=limit)]


def next_work_at(tx: Transaction) -> datetime | None:
    """Give the time when the earliest postponed free submission falls due."""
    query = select(message.c.next_attempt_at).where(
        message.c.state.in_(WORKABLE), message.c.lease_owner.is_(None), POSTPONED
    )
    return tx.scalar(query.order_by(message.c.next_attempt_at).limit(1))


def set_aside(tx: Transaction, most: int) -> tuple[Submission, ...]:
    """List what could not be processed, what was handed to the administrator first, then the oldest."""
    query = select(message).where(message.c.state == State.QUARANTINED)
    query = query.order_by(message.c.handed_over_at.is_(None), message.c.received_at, message.c.id).limit(most)
    return tuple(from_row(row) for row in tx.execute(query))


def with_entries(tx: Transaction, states: Collection[State], before: int | None, most: int) -> tuple[Submission, ...]:
    """List submissions in these states that bring a form, the newest first, below a number where one is given."""
    newest = select(message.c.id).where(message.c.entries > 0).order_by(message.c.state.desc(), message.c.id.desc())
    newest = newest.limit(most)
    if before is not None:
        newest = newest.where(message.c.id < before)
    of_each = union_all(*(select(newest.where(only(message.c.state, state)).subquery()) for state in states)).subquery()
    query = select(message).join(of_each, of_each.c.id == message.c.id)  # a state's newest, by its own index
    return tuple(from_row(row) for row in tx.execute(query.order_by(message.c.id.desc()).limit(most)))


def _change(tx: Transaction, held: Submission, **values: Any) -> Submission:  # noqa: ANN401  # columns of `message`
    """Update the row, guarded by its version and lease owner."""
    changed = {**values, "version": held.version + 1}
    asked = {"number": held.id, "read_version": held.version, **{f"new_{name}": changed[name] for name in changed}}
    if held.lease_owner:
        asked["holder"] = held.lease_owner
    if tx.execute(_changing(frozenset(changed), leased=bool(held.lease_owner)), asked).rowcount != 1:
        raise LostLeaseError(held.reference)
    if values.get("decided_by"):
        facts.add(tx, held.id, of_person(values["decided_by"]))
    return replace(held, **changed)


@cache
def _changing(columns: frozenset[str], *, leased: bool) -> Update:
    """Build the guarded update of these columns, which is asked for with the same few again and again."""
    holder = message.c.lease_owner == bindparam("holder") if leased else message.c.lease_owner.is_(None)
    guard = and_(message.c.id == bindparam("number"), message.c.version == bindparam("read_version"), holder)
    return update(message).where(guard).values({name: bindparam(f"new_{name}") for name in sorted(columns)})


def move(tx: Transaction, held: Submission, to: State, **values: Any) -> Submission:  # noqa: ANN401  # columns of `message`
    """Make one of the allowed moves; attempts start anew, and the lease ends where the program has no more to do.

    Raises:
        LostLeaseError: somebody else changed it first.
        ValueError: there is no such move.
    """
    if not may_move(held.state, to):
        message_text = f"{held.reference} cannot go from {held.state} to {to}"
        raise ValueError(message_text)
    if to not in WORKABLE:
        values |= leases.RELEASED
    return _change(tx, held, state=to, attempts=0, next_attempt_at=None, last_error=None, **values)


def note(tx: Transaction, held: Submission, **values: Any) -> Submission:  # noqa: ANN401  # columns of `message`
    """Update columns without a move, e.g. the claim.

    Raises:
        LostLeaseError: somebody else changed it first.
    """
    return _change(tx, held, **values)


def keep_envelope(tx: Transaction, read: Submission) -> None:
    """Write what an earlier release did not; no version is counted, for nothing about the submission has changed."""
    headers = {name: getattr(read, name) for name in ("in_reply_to", "mail_references", "reply_to")}
    tx.execute(update(message).where(message.c.id == read.id).values(**headers))


def release(tx: Transaction, numbers: Sequence[int], owner: str) -> None:
    """Release submissions we hold."""
    submission = and_(message.c.id.in_(numbers), message.c.lease_owner == owner)
    tx.execute(update(message).where(submission).values(leases.RELEASED))


def fail(tx: Transaction, submission: Submission, error: str, *, retry_at: datetime) -> Submission:
    """Count a failed step; the third puts the submission before a person.

    Raises:
        LostLeaseError: somebody else changed it first.
    """
    attempts = submission.attempts + 1
    over = attempts >= MAX_ATTEMPTS
    return _change(
        tx,
        submission,
        state=State.QUARANTINED if over else submission.state,
        attempts=attempts,
        next_attempt_at=None if over else retry_at,
        last_error=error,
        **leases.RELEASED,
    )


def greatest(tx: Transaction) -> int:
    """Give the greatest number of a submission; 0 where there is none."""
    return tx.scalar(select(func.max(message.c.id))) or 0


def joined(tx: Transaction, case: int) -> tuple[int, ...]:
    """List the numbers of the messages that have joined a case, in order."""
    return tuple(tx.scalars(select(message.c.id).where(message.c.thread == case).order_by(message.c.id)))


def evidence_named(tx: Transaction) -> list[tuple[int, str]]:
    """List every evidence digest with its submission's number; what was disposed of demands none."""
    query = select(message.c.id, message.c.raw_sha256, message.c.dossier_sha256, message.c.report_sha256)
    rows = tx.execute(query.where(message.c.disposed_at.is_(None)))
    return [(row[0], sha256) for row in rows for sha256 in row[1:] if sha256 is not None]


def disposed(tx: Transaction) -> set[int]:
    """Give the numbers of those that were disposed of."""
    return set(tx.scalars(select(message.c.id).where(DISPOSED)))


def newest_report(tx: Transaction) -> str | None:
    """Give the digest of the newest report."""
    query = select(message.c.report_sha256).where(message.c.report_sha256.is_not(None))
    return tx.scalar(query.order_by(message.c.id.desc()).limit(1))
