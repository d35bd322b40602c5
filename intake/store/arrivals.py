"""What has come in for a person since they last looked at a list."""

from __future__ import annotations

from sqlalchemy import func, select

from intake.domain.submission import WAITING_FOR_A_PERSON
from intake.store.engine import Transaction
from intake.store.schema import message
from intake.store.threads import for_a_person

LOOKED_AT = 1000
"""Messages looked at for one answer, however long ago somebody looked."""
_NEWEST = select(func.coalesce(func.max(message.c.id), 0))


def newest(tx: Transaction) -> int:
    """Give the number of the newest message; 0 where there is none."""
    return tx.scalar(_NEWEST) or 0


def since(tx: Transaction, number: int) -> int:
    """Count what a person is to look at among the messages after this one: new cases, and answers to old ones.

    Of the first `LOOKED_AT` messages alone, so that one statement stays short.
    """
    after = select(message).where(message.c.id > number).order_by(message.c.id).limit(LOOKED_AT).subquery()
    answers = after.c.thread.is_not(None) & for_a_person(after.c.automatic)
    waits = after.c.state.in_(WAITING_FOR_A_PERSON)
    return tx.scalar(select(func.count()).select_from(after).where(waits | answers)) or 0
