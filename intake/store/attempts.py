"""Sign-ins that have failed, counted for every process; an attempt counts as failed until it has succeeded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select

from intake.store.engine import Transaction
from intake.store.schema import failed_sign_in


def failures(tx: Transaction, account: str, since: datetime, source: str | None = None) -> tuple[datetime, ...]:
    """List when attempts at an account failed, the newest first.

    Args:
        tx: a transaction.
        account: by its digest.
        since: what failed at this moment or before is left out.
        source: from where; None: from anywhere.
    """
    query = select(failed_sign_in.c.at).where(failed_sign_in.c.account == account, failed_sign_in.c.at > since)
    if source is not None:
        query = query.where(failed_sign_in.c.source == source)
    return tuple(tx.execute(query.order_by(failed_sign_in.c.at.desc())).scalars())


def count(tx: Transaction, account: str, source: str, at: datetime, *, forget: datetime) -> None:
    """Count an attempt as failed; what failed at `forget` or before is forgotten on the occasion."""
    tx.execute(delete(failed_sign_in).where(failed_sign_in.c.at <= forget))
    tx.execute(insert(failed_sign_in).values(account=account, source=source, at=at))


def succeeded(tx: Transaction, account: str, source: str) -> None:
    """Forget what failed at an account from there."""
    here = (failed_sign_in.c.account == account) & (failed_sign_in.c.source == source)
    tx.execute(delete(failed_sign_in).where(here))
