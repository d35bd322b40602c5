"""Names that people have confirmed to be one organisation's: a form's creator, and a certificate's organisation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from intake.store.engine import Transaction
from intake.store.schema import confirmed_name
from rules.facts import ConfirmedName


def confirm(tx: Transaction, name: ConfirmedName, *, person: str, at: datetime) -> bool:
    """Store the pair; False where it was confirmed before."""
    if _known(tx, name):
        return False
    pair = {"creator": name.creator, "organisation": name.organisation}
    tx.execute(insert(confirmed_name).values(**pair, person=person, confirmed_at=at))
    return True


def _known(tx: Transaction, name: ConfirmedName) -> bool:
    table = confirmed_name.c
    query = select(table.person).where(table.creator == name.creator, table.organisation == name.organisation)
    return tx.scalar(query) is not None


def confirmed(tx: Transaction) -> tuple[ConfirmedName, ...]:
    """List every confirmed pair."""
    table = confirmed_name.c
    rows = tx.execute(select(confirmed_name).order_by(table.creator, table.organisation))
    return tuple(ConfirmedName(row.creator, row.organisation) for row in rows)
