"""Claims as rows know them: who works on a submission, and until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from intake.store.engine import Transaction
from intake.store.schema import message

NO_CLAIM: dict[str, object] = {"claimed_by": None, "claimed_until": None}
"""Columns of a submission that nobody works on."""


def held(now: datetime) -> ColumnElement[bool]:
    """Build the condition for submissions with a claim that has not run out by now."""
    runs = message.c.claimed_until.is_(None) | (message.c.claimed_until > now)
    return message.c.claimed_by.is_not(None) & runs


def holds(tx: Transaction, number: int, person: str, now: datetime) -> bool:
    """Tell whether this person's claim on the submission has not run out."""
    return tx.scalar(select(message.c.id).where(_own(number, person, now))) is not None


def renew(tx: Transaction, number: int, person: str, *, now: datetime, until: datetime) -> bool:
    """Let this person's claim last until then; nothing where it has run out or is another's.

    No version is counted: a form that the holder has open is still about the same submission.
    """
    return tx.execute(update(message).where(_own(number, person, now)).values(claimed_until=until)).rowcount == 1


def _own(number: int, person: str, now: datetime) -> ColumnElement[bool]:
    return (message.c.id == number) & (message.c.claimed_by == person) & held(now)
