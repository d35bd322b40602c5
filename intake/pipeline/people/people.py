"""Who may sign in, and as what: added, given another role, shut out, let in again; each is an event of the ledger.

Whoever is shut out or has another role or password is signed out of everything, which the next request notices.
"""

from __future__ import annotations

from intake.domain.event import DomainEvent
from intake.domain.people_events import (
    PasswordChanged,
    PersonBound,
    PersonDisabled,
    PersonEnabled,
    RoleChanged,
    SessionsEnded,
)
from intake.domain.review import Role
from intake.domain.store_events import PersonAdded
from intake.pipeline.services import Services
from intake.store import events, people, sessions
from intake.store.engine import Transaction
from intake.store.people import Person
from intake.store.schema import PROGRAM

LONGEST_NAME = 200


class PersonRefusedError(Exception):
    """It cannot be done with this person; the message says why, for whoever asked."""


def add(
    services: Services,
    name: str,
    password_hash: str,
    role: Role,
    *,
    by: str = PROGRAM,
    temporary: bool = False,
    anew: bool = False,
) -> None:
    """Add a person; with `anew`, one who is known gets this password and role instead.

    Args:
        services: the edges.
        name: by which they sign in, and under which they act.
        password_hash: as `web.passwords` makes it.
        role: what they may do.
        by: who adds them.
        temporary: whether they must change the password before anything else.
        anew: whether they may be known already.

    Raises:
        PersonRefusedError: the name cannot be one, or is taken.
    """
    fault = name_fault(name)
    if fault:
        raise PersonRefusedError(fault)
    with services.store.transaction() as tx:
        if not anew and people.find(tx, name) is not None:
            message = f"There is somebody called {name} already."
            raise PersonRefusedError(message)
        now = services.clock.now()
        before = people.add(tx, name, password_hash, role, now, temporary=temporary)
        happened: list[DomainEvent] = [added(name, password_hash, role, temporary=temporary)]
        if before is not None and before.role is not role:
            happened.append(RoleChanged(person=name, before=before.role, role=role))
        for event in happened:
            events.append(tx, event, at=now, actor=by)


def added(name: str, password_hash: str, role: Role, *, temporary: bool = False) -> PersonAdded:
    """Tell of a person who may sign in, or does so otherwise from now on."""
    digest = people.hash_sha256(password_hash)
    return PersonAdded(person=name, role=role, hash_sha256=digest, temporary=temporary)


def name_fault(name: str) -> str:
    """Explain why nobody can have this name; empty where somebody can."""
    if not name or name != name.strip() or not name.isprintable():
        return "A name needs letters, and none that cannot be seen."
    if len(name) > LONGEST_NAME:
        return f"A name may have {LONGEST_NAME} characters at most."
    return f"{PROGRAM} is the program's own name." if name.casefold() == PROGRAM else ""


def give_role(services: Services, name: str, role: Role, *, by: str = PROGRAM) -> None:
    """Give a person another role, and sign them out.

    Raises:
        PersonRefusedError: there is nobody of this name, it is the person who asks, or their role is the provider's.
    """
    with services.store.transaction() as tx:
        person = _other(tx, name, by)
        if person.subject is not None:
            message = f"{name} signs in by a provider, which says the role at each sign-in."
            raise PersonRefusedError(message)
        if person.role is role:
            return
        people.change(tx, name, role=role)
        people.shut_out(tx, name)
        happened = RoleChanged(person=name, before=person.role, role=role)
        events.append(tx, happened, at=services.clock.now(), actor=by)


def disable(services: Services, name: str, *, by: str = PROGRAM) -> None:
    """Shut a person out; what they did stays under their name.

    Raises:
        PersonRefusedError: there is nobody of this name, or it is the person who asks.
    """
    with services.store.transaction() as tx:
        person, now = _other(tx, name, by), services.clock.now()
        people.shut_out(tx, name)
        if person.disabled_at is None:
            people.change(tx, name, disabled_at=now)
            events.append(tx, PersonDisabled(person=name), at=now, actor=by)


def enable(services: Services, name: str, *, by: str = PROGRAM) -> None:
    """Let a person who was shut out sign in again.

    Raises:
        PersonRefusedError: there is nobody of this name.
    """
    with services.store.transaction() as tx:
        if _known(tx, name).disabled_at is not None:
            people.change(tx, name, disabled_at=None)
            events.append(tx, PersonEnabled(person=name), at=services.clock.now(), actor=by)


def give_password(services: Services, name: str, password_hash: str, *, by: str) -> None:
    """Give a person a password that they must change before anything else, and sign them out.

    Raises:
        PersonRefusedError: there is nobody of this name, it is the person who asks, or they sign in by a provider.
    """
    with services.store.transaction() as tx:
        person = _other(tx, name, by)
        _has_password(person)
        people.change(tx, name, password_hash=password_hash, temporary=1)
        people.shut_out(tx, name)
        happened = PasswordChanged(person=name, hash_sha256=people.hash_sha256(password_hash))
        events.append(tx, happened, at=services.clock.now(), actor=by)


def change_password(services: Services, name: str, before: str, password_hash: str, token_sha256: str) -> None:
    """Change one's own password; every session but this one ends.

    Args:
        services: the edges.
        name: whose it is.
        before: the hash of the password that was checked just now.
        password_hash: of the new password.
        token_sha256: the digest of the token of the session that stays.

    Raises:
        PersonRefusedError: they have no password, or it was changed meanwhile.
    """
    with services.store.transaction() as tx:
        person, now = _known(tx, name), services.clock.now()
        _has_password(person)
        if person.password_hash != before:
            message = "The password has just been changed."
            raise PersonRefusedError(message)
        people.change(tx, name, password_hash=password_hash, temporary=0)
        sessions.end_others(tx, name, token_sha256)
        happened = PasswordChanged(person=name, hash_sha256=people.hash_sha256(password_hash))
        events.append(tx, happened, at=now, actor=name)


def end_sessions(services: Services, name: str, *, by: str = PROGRAM, handle: str = "") -> int:
    """Sign a person out of one session, or of everything; gives the number of sessions that ended.

    Args:
        services: the edges.
        name: whose sessions they are.
        by: who ends them.
        handle: of one session; empty: every one.
    """
    with services.store.transaction() as tx:
        ended = sessions.end_named(tx, name, handle) if handle else people.shut_out(tx, name)
        if ended:
            happened = SessionsEnded(person=name, sessions=ended)
            events.append(tx, happened, at=services.clock.now(), actor=by)
    return ended


def bind(services: Services, name: str, issuer: str, subject: str, *, by: str = PROGRAM) -> None:
    """Have a known person sign in by the provider, and by no password, from now on.

    Raises:
        PersonRefusedError: there is nobody of this name, or somebody else is this subject.
    """
    with services.store.transaction() as tx:
        _known(tx, name)
        holder = people.find_bound(tx, issuer, subject)
        if holder is not None and holder.name != name:
            message = f"{holder.name} is bound to this subject already."
            raise PersonRefusedError(message)
        people.change(tx, name, issuer=issuer, subject=subject, password_hash="", temporary=0)
        people.shut_out(tx, name)
        happened = PersonBound(person=name, issuer=issuer, subject=subject)
        events.append(tx, happened, at=services.clock.now(), actor=by)


def known(services: Services, name: str) -> Person:
    """Find a person.

    Raises:
        PersonRefusedError: there is nobody of this name.
    """
    with services.store.reading() as tx:
        return _known(tx, name)


def _known(tx: Transaction, name: str) -> Person:
    person = people.find(tx, name)
    if person is None:
        message = f"There is nobody called {name}."
        raise PersonRefusedError(message)
    return person


def _other(tx: Transaction, name: str, by: str) -> Person:
    """Find somebody who is not the person who asks: so the last administrator cannot lock the door from outside."""
    if name == by:
        message = "You cannot do this to yourself; another administrator can."
        raise PersonRefusedError(message)
    return _known(tx, name)


def _has_password(person: Person) -> None:
    if person.subject is not None:
        message = f"{person.name} signs in by a provider, and has no password here."
        raise PersonRefusedError(message)
