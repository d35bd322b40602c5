"""People who may sign in, and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, insert, select, update

from intake.domain.review import Role
from intake.store.engine import Transaction
from intake.store.schema import person, session


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in."""

    name: str
    password_hash: str
    role: Role


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in."""

    token_sha256: str
    person: str
    role: Role
    csrf: str
    started_at: datetime
    seen_at: datetime


def add(tx: Transaction, name: str, password_hash: str, role: Role, at: datetime) -> None:
    """Add a person, or give one a new password and role; the latter ends their sessions."""
    known = find(tx, name)
    if known is None:
        tx.execute(insert(person).values(name=name, password_hash=password_hash, role=role, created_at=at))
        return
    tx.execute(update(person).where(person.c.name == name).values(password_hash=password_hash, role=role))
    tx.execute(delete(session).where(session.c.person == name))


def find(tx: Transaction, name: str) -> Person | None:
    """Find the person of this name."""
    row = tx.execute(select(person).where(person.c.name == name)).one_or_none()
    return None if row is None else Person(row.name, row.password_hash, Role(row.role))


def names(tx: Transaction, *roles: Role) -> tuple[str, ...]:
    """List the names of everybody in these roles, in order."""
    return tuple(row.name for row in tx.execute(in_roles(*roles).order_by(person.c.name)))


def in_roles(*roles: Role) -> Select[tuple[str]]:
    """Select the names of everybody in these roles, for a statement that asks more."""
    return select(person.c.name).where(person.c.role.in_(roles))


def anybody(tx: Transaction) -> bool:
    """Tell whether any person may sign in."""
    return tx.scalar(select(person.c.name).limit(1)) is not None


def start_session(tx: Transaction, token_sha256: str, name: str, csrf: str, at: datetime) -> None:
    """Sign a person in; the store keeps only the token's digest."""
    tx.execute(insert(session).values(token_sha256=token_sha256, person=name, csrf=csrf, started_at=at, seen_at=at))


def find_session(tx: Transaction, token_sha256: str) -> Session | None:
    """Find the session of this token's digest; the caller checks its age."""
    query = (
        select(session, person.c.role)
        .join(person, person.c.name == session.c.person)
        .where(session.c.token_sha256 == token_sha256)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    return Session(row.token_sha256, row.person, Role(row.role), row.csrf, row.started_at, row.seen_at)


def touch_session(tx: Transaction, token_sha256: str, at: datetime) -> None:
    """Record that the session was used now."""
    tx.execute(update(session).where(session.c.token_sha256 == token_sha256).values(seen_at=at))


def end_session(tx: Transaction, token_sha256: str) -> None:
    """Sign out."""
    tx.execute(delete(session).where(session.c.token_sha256 == token_sha256))


def sweep_sessions(tx: Transaction, *, seen_before: datetime, started_before: datetime) -> int:
    """Delete expired sessions; give their number."""
    over = (session.c.seen_at <= seen_before) | (session.c.started_at <= started_before)
    return tx.execute(delete(session).where(over)).rowcount


def end_all_sessions(tx: Transaction) -> None:
    """Sign everybody out."""
    tx.execute(delete(session))
