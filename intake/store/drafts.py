"""What people have typed and not yet sent: one draft a submission, person and what it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from intake.clock import iso
from intake.domain.review import Written
from intake.store.engine import Transaction
from intake.store.schema import draft


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter and a reason, as a person left them."""

    message: int
    person: str
    action: Written
    letter: str
    reason: str
    report_sha256: str | None
    """The digest of the report that was on the page."""
    saved_at: datetime
    entries: str = ""
    """What was chosen for each of several entries, as `domain.review.entry_code` writes it."""
    drafted: str = ""
    """For which choices the letter was drafted, likewise; empty where that is not known."""

    @property
    def mark(self) -> str:
        """What tells this draft from the one that takes its place."""
        return iso(self.saved_at)


def save(tx: Transaction, new: Draft) -> None:
    """Keep the draft in the place of this person's earlier one; the caller has locked the submission."""
    values = asdict(new)
    if tx.execute(update(draft).where(_is(new.message, new.person, new.action)).values(values)).rowcount == 0:
        tx.execute(insert(draft).values(values))


def find(tx: Transaction, number: int, person: str, action: Written) -> Draft | None:
    """Find this person's own draft."""
    row = tx.execute(select(draft).where(_is(number, person, action))).one_or_none()
    return None if row is None else from_values(row._asdict())


def from_values(values: Mapping[str, Any]) -> Draft:
    """Convert the columns of a row of `draft`, by name."""
    codes = {name: values[name] or "" for name in ("entries", "drafted")}  # an earlier release kept none
    return Draft(**{**values, **codes, "action": Written(values["action"])})


def drop(tx: Transaction, number: int, person: str, action: Written) -> None:
    """Delete one of this person's own drafts on a submission."""
    tx.execute(delete(draft).where(_is(number, person, action)))


def discard(tx: Transaction, number: int, person: str) -> None:
    """Delete this person's own drafts on a submission."""
    tx.execute(delete(draft).where((draft.c.message == number) & (draft.c.person == person)))


def _is(number: int, person: str, action: Written) -> ColumnElement[bool]:
    return (draft.c.message == number) & (draft.c.person == person) & (draft.c.action == action)
