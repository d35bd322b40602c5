"""What waits, for whom, since when: the views behind the page and the commands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, bindparam, func, select, union

from intake.domain.submission import State
from intake.store import selection, summaries, threads
from intake.store.engine import Transaction
from intake.store.outbox import ACKNOWLEDGEMENT, LetterState
from intake.store.outbox import WAITING_FOR_A_PERSON as LETTER_WAITS
from intake.store.schema import message, outbox, summary
from intake.store.submissions import Submission, from_row, from_values
from intake.store.summaries import Summary


@dataclass(frozen=True, slots=True)
class StuckLetter:
    """A letter about a submission that waits for a person."""

    kind: str
    state: LetterState
    why: str
    """Why it is held, or what the mail server said."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A submission in a list, with what became of its letters."""

    submission: Submission
    letter_state: LetterState | None
    """None where no acknowledgement was written."""
    hold_reason: str | None
    acknowledged_at: datetime | None
    stuck: StuckLetter | None = None
    """The first letter, of whatever kind, that waits for a person."""
    news: int = 0
    """Messages that have joined its case and that no person has seen."""
    unseen: int = 0
    """The same with itself, where nobody has looked at it."""
    summary: Summary = field(default_factory=Summary)


Condition = ColumnElement[bool]
"""Which submissions a list shows."""

_ACKNOWLEDGES = (outbox.c.message == message.c.id) & (outbox.c.kind == ACKNOWLEDGEMENT)

_JOINED: Select[*tuple[object, ...]] = select(
    message,
    outbox.c.state.label("letter_state"),
    outbox.c.hold_reason,
    outbox.c.sent_at,
    threads.news().label("news"),
    threads.first_unseen().label("first_unseen"),
).outerjoin(outbox, _ACKNOWLEDGES)

_LETTERS = select(
    outbox.c.message, outbox.c.kind, outbox.c.state, outbox.c.hold_reason, outbox.c.last_error, outbox.c.sent_at
).order_by(outbox.c.id)

_NUMBERS = bindparam("numbers", expanding=True, type_=Integer())
_LETTERS_OF = _LETTERS.where(outbox.c.message.in_(_NUMBERS))
_LINES_OF = (
    select(
        *message.c,
        *summaries.COLUMNS,
        threads.news().label("news"),
        threads.first_unseen().label("first_unseen"),
    )
    .outerjoin(summary, summary.c.message == message.c.id)
    .where(message.c.id.in_(_NUMBERS))
)
_OF_MESSAGE = tuple(message.c.keys())
"""The columns with which a line begins."""

UNSETTLED = (LetterState.QUEUED, *LETTER_WAITS)
"""An acknowledgement in one of these has neither reached its sender nor been dropped by a person."""

WAITING: Condition = selection.WAITING.condition
"""A person must look: at the submission, at a letter that could not go out by itself, or at new mail of the case."""


_IDENTITIES = bindparam("identities", expanding=True, type_=Text())
_LINKED = union(
    select(message.c.id).where(message.c.message_id.in_(_IDENTITIES)),
    select(outbox.c.message).where(outbox.c.message_id.in_(_IDENTITIES)),
).subquery()
_SAME_THREAD = select(message).join(_LINKED, _LINKED.c.id == message.c.id).order_by(message.c.id)


def _row(row: object, stuck: Mapping[int, StuckLetter]) -> QueueRow:
    values = dict(row._mapping)  # type: ignore[attr-defined]  # noqa: SLF001  # the documented way to read a row by name
    letter, hold, sent = values.pop("letter_state"), values.pop("hold_reason"), values.pop("sent_at")
    news, first = values.pop("news"), values.pop("first_unseen")
    submission = Submission(**{**values, "state": State(values["state"])})
    state = LetterState(letter) if letter else None
    return QueueRow(submission, state, hold, sent, stuck.get(submission.id), news, news + first)


def _stuck(tx: Transaction) -> dict[int, StuckLetter]:
    """Read the stuck letters by message; few at any time."""
    return _first_stuck(tx.execute(_LETTERS.where(outbox.c.state.in_(LETTER_WAITS))))


def _first_stuck(letters: Iterable[Any]) -> dict[int, StuckLetter]:
    first: dict[int, StuckLetter] = {}
    for letter in letters:
        if letter.state in LETTER_WAITS:
            why = (letter.hold_reason if letter.state == LetterState.HELD else letter.last_error) or ""
            first.setdefault(letter.message, StuckLetter(letter.kind, LetterState(letter.state), why))
    return first


def rows_of(tx: Transaction, numbers: Sequence[int]) -> list[QueueRow]:
    """Read the lines of these submissions, in this order, by two statements."""
    if not numbers:
        return []
    letters = list(tx.execute(_LETTERS_OF, {"numbers": numbers}))
    stuck = _first_stuck(letters)
    receipts = {letter.message: letter for letter in letters if letter.kind == ACKNOWLEDGEMENT}
    lines = {row.id: row for row in tx.execute(_LINES_OF, {"numbers": numbers})}
    return [_line(lines[number], receipts.get(number), stuck.get(number)) for number in numbers if number in lines]


def _line(row: Any, receipt: Any, stuck: StuckLetter | None) -> QueueRow:  # noqa: ANN401  # rows of the statements above
    return QueueRow(
        from_values(dict(zip(_OF_MESSAGE, row, strict=False))),
        LetterState(receipt.state) if receipt is not None else None,
        receipt.hold_reason if receipt is not None else None,
        receipt.sent_at if receipt is not None else None,
        stuck,
        row.news,
        row.news + row.first_unseen,
        summaries.from_row(row),
    )


def rows(
    tx: Transaction,
    *,
    where: Condition | None = None,
    limit: int | None = None,
) -> list[QueueRow]:
    """List submissions with their acknowledgements, the longest waiting first; all by default."""
    query = _JOINED.order_by(message.c.received_at, message.c.id)
    if where is not None:
        query = query.where(where)
    stuck = _stuck(tx)
    return [_row(row, stuck) for row in tx.execute(query.limit(limit))]


def count(tx: Transaction, where: Condition | None = None) -> int:
    """Count the submissions that match."""
    query = select(func.count()).select_from(message)
    return tx.scalar(query if where is None else query.where(where)) or 0


def one(tx: Transaction, number: int) -> QueueRow | None:
    """Read one submission with its acknowledgement."""
    queue_rows = rows_of(tx, [number])
    return queue_rows[0] if queue_rows else None


def same_thread(tx: Transaction, message_ids: Collection[str]) -> list[Submission]:
    """List the messages with these Message-IDs, and those that our letters with them are about.

    A Message-ID links threads; it never drops mail.
    """
    wanted = [item for item in message_ids if item]
    if not wanted:
        return []
    return [from_row(row) for row in tx.execute(_SAME_THREAD, {"identities": wanted})]


def messages_by_state(tx: Transaction) -> dict[str, int]:
    """Count the messages in each state that any of them is in."""
    return {row[0]: row[1] for row in tx.execute(select(message.c.state, func.count()).group_by(message.c.state))}
