"""Sign-ins by a provider that have begun: what is needed when the browser comes back, to whichever process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from intake.store.engine import Transaction
from intake.store.schema import sign_in_flow


@dataclass(frozen=True, slots=True)
class Flow:
    """A sign-in that has begun."""

    state: str
    nonce: str
    verifier: str
    target: str
    posted: Mapping[str, str] | None
    """The form that came after its session had ended; None where none did."""
    started_at: datetime


def begin(tx: Transaction, token_sha256: str, flow: Flow, *, forget: datetime) -> None:
    """Keep a flow; those that began at `forget` or before are forgotten on the occasion."""
    tx.execute(delete(sign_in_flow).where(sign_in_flow.c.started_at <= forget))
    posted = None if flow.posted is None else json.dumps(dict(flow.posted))
    values = {"state": flow.state, "nonce": flow.nonce, "verifier": flow.verifier, "target": flow.target}
    row = {"token_sha256": token_sha256, "posted": posted, "started_at": flow.started_at, **values}
    tx.execute(insert(sign_in_flow).values(**row))


def take(tx: Transaction, token_sha256: str) -> Flow | None:
    """Take a flow out, so that it serves once; None where there is none."""
    here = sign_in_flow.c.token_sha256 == token_sha256
    row = tx.execute(select(sign_in_flow).where(here).with_for_update()).one_or_none()
    if row is None:
        return None
    tx.execute(delete(sign_in_flow).where(here))
    posted = None if row.posted is None else json.loads(row.posted)
    return Flow(row.state, row.nonce, row.verifier, row.target, posted, row.started_at)
