"""Everything that is kept of one case and belongs on its page, read by few statements however much it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Integer, Text, and_, bindparam, func, literal, select, union_all

from intake.domain.reference import reference
from intake.domain.resolution import Resolution
from intake.domain.review import Role
from intake.store import drafts, events, holds, mentions, outbox, people, resolutions
from intake.store.drafts import Draft
from intake.store.engine import Transaction
from intake.store.events import Event
from intake.store.holds import Hold
from intake.store.looks import Look
from intake.store.mentions import Mention
from intake.store.outbox import QueuedLetter
from intake.store.schema import draft, event, looked, mention, message, resolution, thread
from intake.store.schema import outbox as letter
from intake.store.submissions import GREATEST, NoSuchSubmissionError, Submission, from_values
from intake.store.together import Together

_NUMBER = bindparam("number", type_=Integer())
_PERSON = bindparam("person", type_=Text())

_HEAD = (
    select(message, func.coalesce(thread.c.seen, 0).label("seen"), looked.c.up_to, looked.c.at.label("looked_at"))
    .outerjoin(thread, thread.c.id == message.c.id)
    .outerjoin(looked, and_(looked.c.message == message.c.id, looked.c.person == _PERSON))
    .where(message.c.id == _NUMBER)
)
_KEPT = Together(
    {
        "head": _HEAD,
        "history": select(event).where(event.c.message == _NUMBER),
        "letters": select(letter).where(letter.c.message == _NUMBER),
        "resolutions": select(resolution).where(resolution.c.message == _NUMBER),
        "mentions": select(mention).where(mention.c.message == _NUMBER),
        "drafts": select(draft).where(draft.c.message == _NUMBER, draft.c.person == _PERSON),
        "analysts": people.in_roles(Role.ANALYST),
        "holds": holds.STANDING,
    }
)
_IDENTITIES = bindparam("identities", expanding=True, type_=Text())
_NAMED = union_all(
    select(message.c.id, literal(0).label("linked")).where(message.c.thread == _NUMBER),
    select(message.c.id, literal(0)).where(message.c.id.in_(bindparam("numbers", expanding=True, type_=Integer()))),
    select(message.c.id, literal(1)).where(message.c.message_id.in_(_IDENTITIES)),
    select(letter.c.message, literal(1)).where(letter.c.message_id.in_(_IDENTITIES)),
).subquery()
_FOUND = select(_NAMED.c.id, func.max(_NAMED.c.linked).label("linked")).group_by(_NAMED.c.id).subquery()
_AROUND = select(message, _FOUND.c.linked).join(_FOUND, _FOUND.c.id == message.c.id).order_by(message.c.id)


@dataclass(frozen=True, slots=True)
class Kept:
    """A submission with what is kept of it."""

    submission: Submission
    seen: int
    """The number of the newest message of its case that a person has seen; 0 where nobody has looked."""
    look: Look | None
    """The latest look of the person who looks now; None where there was none."""
    history: tuple[Event, ...]
    """Its events, in order."""
    letters: tuple[QueuedLetter, ...]
    """Oldest first."""
    resolutions: tuple[Resolution, ...]
    """In order, with what was taken back."""
    mentions: tuple[Mention, ...]
    drafts: tuple[Draft, ...]
    """Of the person who looks."""
    analysts: tuple[str, ...]
    """Everybody who decides, by name."""
    holds: tuple[Hold, ...]
    """That stand, on whatever; newest first."""


@dataclass(frozen=True, slots=True)
class Around:
    """Other messages that a case's page shows, by number."""

    messages: dict[int, Submission]
    linked: frozenset[int]
    """Those of them that bear one of the Message-IDs, or that a letter of ours under one is about."""

    def joined(self, case: int) -> tuple[Submission, ...]:
        """Give every message that has joined the case, oldest first."""
        return tuple(message for message in self.messages.values() if message.thread == case)


def kept(tx: Transaction, number: int, person: str = "") -> Kept:
    """Read a submission and what is kept of it, for the person who looks.

    Raises:
        NoSuchSubmissionError: there is none of this number.
    """
    rows = {} if number > GREATEST else _KEPT.read(tx, {"number": number, "person": person})
    if not rows or not rows["head"]:
        raise NoSuchSubmissionError(reference(number))
    head = rows["head"][0]
    seen, up_to, at = head.pop("seen"), head.pop("up_to"), head.pop("looked_at")
    return Kept(
        submission=from_values(head),
        seen=seen,
        look=None if up_to is None else Look(up_to, at),
        history=tuple(sorted(map(events.from_values, rows["history"]), key=lambda happened: happened.seq)),
        letters=tuple(sorted(map(outbox.from_values, rows["letters"]), key=lambda queued: queued.id)),
        resolutions=tuple(sorted(map(resolutions.from_values, rows["resolutions"]), key=lambda settled: settled.id)),
        mentions=tuple(
            sorted(map(mentions.from_values, rows["mentions"]), key=lambda named: (named.event, named.person))
        ),
        drafts=tuple(sorted(map(drafts.from_values, rows["drafts"]), key=lambda typed: typed.action)),
        analysts=tuple(sorted(row["name"] for row in rows["analysts"])),
        holds=tuple(sorted(map(holds.from_values, rows["holds"]), key=lambda standing: -standing.id)),
    )


def around(tx: Transaction, case: int, numbers: Collection[int], identities: Collection[str]) -> Around:
    """Read the messages around a case.

    Args:
        tx: the caller's transaction.
        case: all that have joined this one.
        numbers: these.
        identities: whatever bears one of these Message-IDs, or has had a letter of ours under one of them.
    """
    wanted = {"numbers": sorted(numbers), "identities": sorted(filter(None, identities))}
    rows = [row._asdict() for row in tx.execute(_AROUND, {"number": case, **wanted})]
    linked = frozenset(row["id"] for row in rows if row.pop("linked"))
    return Around({row["id"]: from_values(row) for row in rows}, linked)
