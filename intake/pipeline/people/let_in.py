"""Lets in whom the provider knows: as the person bound to that subject, or as one who comes for the first time."""

from __future__ import annotations

from intake.domain.people_events import PersonBound, RoleChanged
from intake.domain.review import Role
from intake.identity.claims import Identity, IdentityRefusedError
from intake.pipeline.people.people import added, name_fault
from intake.pipeline.services import Services
from intake.store import events, people
from intake.store.engine import Transaction
from intake.store.people import Person


def let_in(services: Services, identity: Identity) -> str:
    """Find or add the person, with the role that the provider's word means now; gives their name.

    Raises:
        IdentityRefusedError: they have no role here, are shut out, or their name is somebody else's.
    """
    role = _role(services, identity)
    with services.store.transaction() as tx:
        person = people.find_bound(tx, identity.issuer, identity.subject)
        if person is None:
            return _added(services, tx, identity, role)
        if person.disabled_at is not None:
            message = f"{person.name} is shut out"
            raise IdentityRefusedError(message)
        _take_role(services, tx, person, role)
    return person.name


def _role(services: Services, identity: Identity) -> Role:
    """The first role of the configuration's table that the provider gives this person."""
    wanted = services.config.oidc.roles if services.config.oidc is not None else {}
    for theirs, ours in wanted.items():
        if theirs in identity.roles:
            return Role(ours)
    message = "the provider gives this person no role that means anything here"
    raise IdentityRefusedError(message)


def _added(services: Services, tx: Transaction, identity: Identity, role: Role) -> str:
    """Add who comes for the first time; a name that is taken is not theirs, as anybody could claim it."""
    name, now = identity.name or identity.subject, services.clock.now()
    fault = name_fault(name)
    if fault or people.find(tx, name) is not None:
        message = fault or f"{name} is somebody's name here already, who is not bound to this subject"
        raise IdentityRefusedError(message)
    people.add_bound(tx, name, role, identity.issuer, identity.subject, now)
    bound = PersonBound(person=name, issuer=identity.issuer, subject=identity.subject)
    for happened in (added(name, "", role), bound):
        events.append(tx, happened, at=now)
    return name


def _take_role(services: Services, tx: Transaction, known: Person, role: Role) -> None:
    if known.role is role:
        return
    people.change(tx, known.name, role=role)
    people.shut_out(tx, known.name)
    happened = RoleChanged(person=known.name, before=known.role, role=role)
    events.append(tx, happened, at=services.clock.now())
