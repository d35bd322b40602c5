"""Letters that the outgoing server has not taken: how many, and what it said."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy import case as when

from intake.store.engine import Transaction
from intake.store.outbox import LetterState
from intake.store.schema import outbox

STUBBORN = 3
"""Attempts after which a letter's server is not merely busy: it has been tried for a minute and more."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """Letters that the outgoing server has not taken, and its newest words."""

    postponed: int = 0
    """Tried, and to be tried again."""
    stubborn: int = 0
    """Those of them that were tried `STUBBORN` times or more."""
    refused: int = 0
    """Refused for good, and not yet settled by a person."""
    postponed_why: str = ""
    refused_why: str = ""


def unsent(tx: Transaction) -> Unsent:
    """Count the letters that the outgoing server has not taken."""
    tried = and_(outbox.c.state == LetterState.QUEUED, outbox.c.attempts > 0)
    refused = outbox.c.state == LetterState.REFUSED
    stubborn = func.coalesce(func.sum(when((outbox.c.attempts >= STUBBORN, 1), else_=0)), 0)
    again = tx.execute(select(func.count(), stubborn, func.max(outbox.c.id)).where(tried)).one()
    never = tx.execute(select(func.count(), func.max(outbox.c.id)).where(refused)).one()
    whys = select(outbox.c.id, outbox.c.last_error).where(outbox.c.id.in_([again[2], never[1]]))
    said = {row.id: row.last_error or "" for row in tx.execute(whys)}
    return Unsent(again[0], int(again[1]), never[0], said.get(again[2], ""), said.get(never[1], ""))
