"""People who may sign in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from intake.domain.review import Role
from intake.store.engine import Transaction
from intake.store.schema import known_browser, person, session


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in, or might."""

    name: str
    password_hash: str
    """Empty where they have no password."""
    role: Role
    temporary: bool = False
    """The password is one that somebody else has given, and must be changed."""
    disabled_at: datetime | None = None
    issuer: str | None = None
    """The provider by which they sign in."""
    subject: str | None = None
    """Who they are to the provider."""


def _from_row(row: Any) -> Person:  # noqa: ANN401  # a row of `person`
    return Person(
        row.name, row.password_hash, Role(row.role), bool(row.temporary), row.disabled_at, row.issuer, row.subject
    )


def hash_sha256(password_hash: str) -> str:
    """Digest the hash of a password, by which the ledger tells one from another; empty where there is none."""
    return sha256(password_hash.encode()).hexdigest() if password_hash else ""


def add(
    tx: Transaction, name: str, password_hash: str, role: Role, at: datetime, *, temporary: bool = False
) -> Person | None:
    """Add a person, or give one a new password and role: they are let in again, by this password alone.

    Their sessions end.

    Returns:
        The person as they were before; None where there was none of this name.
    """
    earlier = find(tx, name)
    values = {"password_hash": password_hash, "role": role, "temporary": int(temporary)}
    if earlier is None:
        tx.execute(insert(person).values(name=name, created_at=at, **values))
        return None
    unbound = {"disabled_at": None, "issuer": None, "subject": None}
    tx.execute(update(person).where(person.c.name == name).values(**unbound, **values))
    shut_out(tx, name)
    return earlier


def add_bound(tx: Transaction, name: str, role: Role, issuer: str, subject: str, at: datetime) -> None:
    """Add a person who signs in by a provider, and has no password."""
    values = {"password_hash": "", "role": role, "created_at": at, "issuer": issuer, "subject": subject}
    tx.execute(insert(person).values(name=name, **values))


def change(tx: Transaction, name: str, **values: object) -> None:
    """Write into a person's row."""
    tx.execute(update(person).where(person.c.name == name).values(**values))


def shut_out(tx: Transaction, name: str) -> int:
    """End every session of a person, and forget their browsers; gives the number of sessions."""
    tx.execute(delete(known_browser).where(known_browser.c.person == name))
    return tx.execute(delete(session).where(session.c.person == name)).rowcount


def find(tx: Transaction, name: str) -> Person | None:
    """Find the person of this name."""
    row = tx.execute(select(person).where(person.c.name == name)).one_or_none()
    return None if row is None else _from_row(row)


def find_bound(tx: Transaction, issuer: str, subject: str) -> Person | None:
    """Find whom a provider knows as this subject."""
    query = select(person).where(person.c.issuer == issuer, person.c.subject == subject)
    row = tx.execute(query).one_or_none()
    return None if row is None else _from_row(row)


def everybody(tx: Transaction) -> tuple[Person, ...]:
    """List everybody in order of name, those who are shut out last."""
    query = select(person).order_by(person.c.disabled_at.is_not(None), person.c.name)
    return tuple(_from_row(row) for row in tx.execute(query))


def names(tx: Transaction, *roles: Role) -> tuple[str, ...]:
    """List the names of everybody in these roles who may sign in, in order."""
    return tuple(row.name for row in tx.execute(in_roles(*roles).order_by(person.c.name)))


def in_roles(*roles: Role) -> Select[tuple[str]]:
    """Select the names of everybody in these roles who may sign in, for a statement that asks more."""
    return select(person.c.name).where(person.c.role.in_(roles), person.c.disabled_at.is_(None))


def anybody(tx: Transaction) -> bool:
    """Tell whether any person may sign in."""
    return tx.scalar(select(person.c.name).where(person.c.disabled_at.is_(None)).limit(1)) is not None


def know_browser(tx: Transaction, token_sha256: str, name: str, at: datetime, *, keep: int) -> None:
    """Remember that a person has signed in with this browser; of a person's so many are kept."""
    own = known_browser.c.person == name
    tx.execute(delete(known_browser).where(own, known_browser.c.token_sha256 == token_sha256))
    tx.execute(insert(known_browser).values(token_sha256=token_sha256, person=name, at=at))
    newest = select(known_browser.c.token_sha256).where(own).order_by(known_browser.c.at.desc()).limit(keep)
    kept: Sequence[str] = tx.execute(newest).scalars().all()
    tx.execute(delete(known_browser).where(own, known_browser.c.token_sha256.not_in(kept)))


def knows_browser(tx: Transaction, token_sha256: str, name: str) -> bool:
    """Tell whether a person has signed in with this browser before."""
    own = (known_browser.c.token_sha256 == token_sha256) & (known_browser.c.person == name)
    return tx.scalar(select(known_browser.c.person).where(own)) is not None
