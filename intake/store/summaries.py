"""What lists show of a submission beside its own row: devices, and how many findings there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, fields
from typing import Any

from sqlalchemy import bindparam, func, insert, not_, select, update

from intake.domain.search_facts import FactKind
from intake.store import many
from intake.store.engine import Transaction
from intake.store.schema import caught_up, fact, message, summary
from intake.store.turns import serialize_writers
from intake.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Summary:
    """A submission in a line, as stated and safe to print."""

    device: str = ""
    """Its device types."""
    manufacturer: str = ""
    model: str = ""
    firmware: str = ""
    returns: int | None = None
    """Points to be put right; None until it is judged, as the two below."""
    queries: int | None = None
    """Points that a person must look at."""
    notes: int | None = None
    first: str = ""
    """The gravest point's own sentence."""

    @property
    def judged(self) -> bool:
        """Whether the rules have been asked."""
        return self.returns is not None


SUMMARIES, NAMES = summary.name, "fact of documents"
"""What an earlier release did not write of its messages."""
_NAMES = tuple(field.name for field in fields(Summary))
_EMPTY = astuple(Summary())
_BEGIN = insert(summary)
COLUMNS = tuple(summary.c[name] for name in _NAMES)
_WRITE = (
    update(summary)
    .where(summary.c.message == bindparam("number"))
    .values({name: bindparam(f"new_{name}") for name in _NAMES})
)


def from_row(row: Any) -> Summary:  # noqa: ANN401  # a row that has the columns above
    """Convert a row; an empty summary where the outer join gave none."""
    if row.device is None:
        return Summary()
    return Summary(*(getattr(row, name) for name in _NAMES))


def begin(tx: Transaction, numbers: Iterable[int]) -> None:
    """Write an empty summary for messages that have just been recorded."""
    many.execute(tx, _BEGIN, ("message", *_NAMES), [(number, *_EMPTY) for number in numbers])


def write(tx: Transaction, number: int, told: Summary) -> None:
    """Write a submission's summary in the place of what it had."""
    asked = {"number": number, **{f"new_{name}": getattr(told, name) for name in _NAMES}}
    if tx.execute(_WRITE, asked).rowcount:
        return
    serialize_writers(tx)  # an earlier release took it in; somebody may be catching up on just this one
    if not tx.execute(_WRITE, asked).rowcount:
        tx.execute(insert(summary).values(message=number, **asdict(told)))


def get(tx: Transaction, number: int) -> Summary | None:
    """Read a submission's summary; None where none was written yet."""
    row = tx.execute(select(*COLUMNS).where(summary.c.message == number)).one_or_none()
    return None if row is None else from_row(row)


def missing(tx: Transaction, *, after: int, limit: int) -> list[int]:
    """List messages without a summary, which an earlier release took in, by number."""
    query = (
        select(message.c.id)
        .outerjoin(summary, summary.c.message == message.c.id)
        .where(summary.c.message.is_(None), message.c.id > after)
        .order_by(message.c.id)
    )
    return list(tx.scalars(query.limit(limit)))


def unnamed(tx: Transaction, *, after: int, limit: int) -> list[int]:
    """List messages that were read and have documents but none of their names among the facts, by number."""
    named = select(fact.c.message).where(fact.c.message == message.c.id, fact.c.kind == FactKind.DOCUMENT.value)
    kept = message.c.dossier_sha256.is_not(None) & message.c.disposed_at.is_(None)
    read = kept & (func.coalesce(message.c.documents, 1) > 0)
    query = select(message.c.id).where(message.c.id > after, read, not_(named.exists())).order_by(message.c.id)
    return list(tx.scalars(query.limit(limit)))


def complete_to(tx: Transaction, what: str = SUMMARIES) -> int:
    """Give the number of the message up to which none is known to lack a summary, or names; 0 where none is."""
    return tx.scalar(select(caught_up.c.up_to).where(caught_up.c.what == what)) or 0


def note_complete(tx: Transaction, up_to: int, what: str = SUMMARIES) -> None:
    """Write down that no message up to this one lacks it, so that nobody looks through them again."""
    values = {"what": what, "up_to": up_to}
    upsert(tx, caught_up, values, change=("up_to",), only=lambda new: new.up_to > caught_up.c.up_to)
