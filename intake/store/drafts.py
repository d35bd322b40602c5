"""What people have typed and not yet sent: one draft a submission, person and action."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from intake.domain.review import Action
from intake.store.engine import Transaction
from intake.store.schema import draft


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter and a reason, as a person left them."""

    message: int
    person: str
    action: Action
    letter: str
    reason: str
    report_sha256: str | None
    """The digest of the report that was on the page."""
    saved_at: datetime


def save(tx: Transaction, new: Draft) -> None:
    """Keep the draft in the place of this person's earlier one; the caller has locked the submission."""
    values = asdict(new)
    if tx.execute(update(draft).where(_is(new.message, new.person, new.action)).values(values)).rowcount == 0:
        tx.execute(insert(draft).values(values))


def find(tx: Transaction, number: int, person: str, action: Action) -> Draft | None:
    """Find this person's own draft."""
    row = tx.execute(select(draft).where(_is(number, person, action))).one_or_none()
    return None if row is None else Draft(**{**row._mapping, "action": action})  # noqa: SLF001  # the documented way to read a row by name


def of_person(tx: Transaction, number: int, person: str) -> tuple[Draft, ...]:
    """List this person's own drafts on a submission."""
    own = (draft.c.message == number) & (draft.c.person == person)
    rows = tx.execute(select(draft).where(own).order_by(draft.c.action))
    return tuple(Draft(**{**row._mapping, "action": Action(row.action)}) for row in rows)  # noqa: SLF001  # likewise


def discard(tx: Transaction, number: int, person: str) -> None:
    """Delete this person's own drafts on a submission."""
    tx.execute(delete(draft).where((draft.c.message == number) & (draft.c.person == person)))


def _is(number: int, person: str, action: Action) -> ColumnElement[bool]:
    return (draft.c.message == number) & (draft.c.person == person) & (draft.c.action == action)
