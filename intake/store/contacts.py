"""Whom the notices about an entry's CPA certificate go to; never published."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, insert, select

from intake.clock import iso
from intake.domain.event_digest import SALT_BYTES
from intake.store.engine import Transaction
from intake.store.schema import contact, keepable

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to write to about an entry."""

    number: str
    """The entry's, six digits."""
    name: str
    telephone: str
    email: str


def put(tx: Transaction, known: Sequence[Contact], at: datetime) -> tuple[str, ...]:
    """Keep these contacts, each in the place of what was known of its entry.

    Returns:
        What the ledger is to tell of each: the entry's number and, behind a blank, `digest` over a new salt.
    """
    salted = [(kept, os.urandom(SALT_BYTES)) for kept in known]
    for start in range(0, len(salted), _AT_A_TIME):
        some = salted[start : start + _AT_A_TIME]
        tx.execute(delete(contact).where(contact.c.number.in_([kept.number for kept, _ in some])))
        tx.execute(insert(contact), [{**asdict(kept), "recorded_at": at, "salt": salt} for kept, salt in some])
    return tuple(
        f"{kept.number} {digest(salt, kept.name, kept.telephone, kept.email, iso(at))}" for kept, salt in salted
    )


def digest(salt: bytes, *told: str) -> str:
    """Digest a contact: SHA-256, in hex, over the salt and a JSON array of name, telephone, address and moment."""
    return sha256(salt + json.dumps(list(map(keepable, told))).encode()).hexdigest()


def addresses(tx: Transaction) -> dict[str, str]:
    """Map the numbers of entries to the addresses that are known."""
    return {row.number: row.email for row in tx.execute(select(contact.c.number, contact.c.email)) if row.email}


def of_entry(tx: Transaction, number: str) -> Contact | None:
    """Find whom notices about an entry go to; None where nobody is known."""
    query = select(contact.c.number, contact.c.name, contact.c.telephone, contact.c.email)
    row = tx.execute(query.where(contact.c.number == number)).one_or_none()
    return None if row is None else Contact(*row)


def every(tx: Transaction) -> dict[str, Contact]:
    """Map the numbers of entries to whom is known."""
    query = select(contact.c.number, contact.c.name, contact.c.telephone, contact.c.email)
    return {row.number: Contact(*row) for row in tx.execute(query)}
