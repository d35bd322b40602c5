"""Sessions of people who are signed in; the store keeps only the digests of their tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from intake.domain.review import Role
from intake.store.engine import Transaction
from intake.store.schema import person, session

_HANDLE = 16
"""Digits of a token's digest by which a page names a session; nobody signs in by them."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in."""

    token_sha256: str
    person: str
    role: Role
    csrf: str
    started_at: datetime
    seen_at: datetime
    temporary: bool = False
    """The person's password is one that somebody else has given."""
    address: str = ""
    browser: str = ""
    """What the browser calls itself."""
    by_provider: bool = False
    """The person signs in by a provider, and has no password here."""

    @property
    def handle(self) -> str:
        """A name for it that is of no use to a thief."""
        return self.token_sha256[:_HANDLE]


_WITH_PERSON = (
    select(session, person.c.role, person.c.temporary, person.c.subject)
    .join(person, person.c.name == session.c.person)
    .where(person.c.disabled_at.is_(None))
)


_FIND = _WITH_PERSON.where(session.c.token_sha256 == bindparam("token"))


def start(
    tx: Transaction,
    token_sha256: str,
    name: str,
    csrf: str,
    at: datetime,
    *,
    address: str = "",
    browser: str = "",
) -> None:
    """Sign a person in."""
    values = {"person": name, "csrf": csrf, "started_at": at, "seen_at": at, "address": address, "browser": browser}
    tx.execute(insert(session).values(token_sha256=token_sha256, **values))


def find(tx: Transaction, token_sha256: str) -> Session | None:
    """Find the session of this token's digest, if its person is not shut out; the caller checks its age."""
    row = tx.execute(_FIND, {"token": token_sha256}).one_or_none()
    return None if row is None else _from_row(row)


def of_person(tx: Transaction, name: str, *, seen_after: datetime, started_after: datetime) -> tuple[Session, ...]:
    """List a person's sessions that are not over, the one used last first."""
    living = (session.c.seen_at > seen_after) & (session.c.started_at > started_after)
    query = _WITH_PERSON.where(session.c.person == name, living).order_by(session.c.seen_at.desc())
    return tuple(_from_row(row) for row in tx.execute(query))


def _from_row(row: Any) -> Session:  # noqa: ANN401  # a row of `session` with its person's role
    return Session(
        token_sha256=row.token_sha256,
        person=row.person,
        role=Role(row.role),
        csrf=row.csrf,
        started_at=row.started_at,
        seen_at=row.seen_at,
        temporary=bool(row.temporary),
        address=row.address,
        browser=row.browser,
        by_provider=row.subject is not None,
    )


def touch(tx: Transaction, token_sha256: str, at: datetime) -> None:
    """Record that the session was used now."""
    tx.execute(update(session).where(session.c.token_sha256 == token_sha256).values(seen_at=at))


def end(tx: Transaction, token_sha256: str) -> None:
    """Sign out."""
    tx.execute(delete(session).where(session.c.token_sha256 == token_sha256))


def end_named(tx: Transaction, name: str, handle: str) -> int:
    """End a person's session by its handle; gives how many there were: 1 or 0."""
    here = (session.c.person == name) & session.c.token_sha256.startswith(handle, autoescape=True)
    return tx.execute(delete(session).where(here)).rowcount if len(handle) == _HANDLE else 0


def end_others(tx: Transaction, name: str, token_sha256: str) -> int:
    """End every session of a person but this one; gives their number."""
    others = (session.c.person == name) & (session.c.token_sha256 != token_sha256)
    return tx.execute(delete(session).where(others)).rowcount


def sweep(tx: Transaction, *, seen_before: datetime, started_before: datetime) -> int:
    """Delete expired sessions; give their number."""
    over = (session.c.seen_at <= seen_before) | (session.c.started_at <= started_before)
    return tx.execute(delete(session).where(over)).rowcount


def end_all(tx: Transaction) -> None:
    """Sign everybody out."""
    tx.execute(delete(session))
