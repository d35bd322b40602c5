"""People change the list: one asks for a change, another agrees, and both see what it would make of the entries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from intake.clock import LONDON
from intake.domain.register_events import ListChangeProposed, ListChangeRefused
from intake.domain.review import DecisionRefusedError, Role
from intake.pipeline.list.amendments import restated
from intake.pipeline.list.enter import Agreed, basis_of, enter, read, register_now, written
from intake.pipeline.services import Services
from intake.register.applying import Applied, apply
from intake.register.changes import ChangeKind, ChangeRefusedError, ListChange, Reference
from intake.store import changes, events, listing, people
from intake.store.changes import ChangeState, NewChange, StoredChange
from intake.store.engine import Transaction
from intake.store.turns import serialize_writers
from rules.facts import RegisterEntry

SSC = "SSC"
"""The kind of a reference of the Security Sub-Committee."""


class NoSuchChangeError(Exception):
    """There is no change of this number."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as a person sees it: what it is, and what it would make, or has made, of the list."""

    stored: StoredChange
    change: ListChange
    made: tuple[Applied, ...] = ()
    trouble: str = ""
    """Why it can no longer be made; empty where it can, or was."""


def preview(services: Services, change: ListChange) -> tuple[Applied, ...]:
    """Say what a change would make of the list as it is now.

    Raises:
        DecisionRefusedError: it cannot be made; the message is for the person on the page.
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        return _applied(tx, change, services.clock.now().astimezone(LONDON).date())


def propose(services: Services, change: ListChange, person: str, *, as_ssc: bool = False) -> int | None:
    """Ask for a change; gives its number, or None where one person may decide alone, so that it is made at once.

    Whoever asks as the SSC asks for a removal, with the SSC's own reference.

    Raises:
        DecisionRefusedError: it cannot be made; the message is for the person on the page.
        UnreachableError: the store did not answer.
    """
    if as_ssc:
        _refuse_others_than_removals(change)
        if not reference_of_ssc(change):
            message = "Give the SSC's reference."
            raise DecisionRefusedError(message)
    now = services.clock.now()
    alone = not services.config.review.four_eyes
    if change.kind is ChangeKind.REMOVE and services.config.review.ssc_removes:
        alone = alone and as_ssc
    with services.store.transaction() as tx:
        serialize_writers(tx)
        made = _applied(tx, change, now.astimezone(LONDON).date())
        if alone:
            stays = frozenset(applied.after.number for applied in made if applied.before == applied.after)
            enter(tx, Agreed(change, person, person), now, stays=stays)
            return None
        new = NewChange(
            change.kind.value,
            ChangeState.PROPOSED,
            written(change),
            basis_of(made),
            person,
            until=change.until,
        )
        number = changes.add(tx, new, now)
        happened = ListChangeProposed(
            change=number,
            kind=change.kind.value,
            entries=change.entries,
            reason=change.reason,
            internal_reason=change.internal_reason,
            asked_sha256=changes.asked_sha256(tx, number),
        )
        events.append(tx, happened, at=now, entry=_only(change.entries), actor=person)
    return number


def agree(
    services: Services, number: int, person: str, *, as_ssc: bool = False, ssc_reference: str = ""
) -> tuple[str, ...]:
    """Agree to a change that another person asked for; gives the numbers of the entries that it made.

    Args:
        services: the edges.
        number: of the change.
        person: who agrees.
        as_ssc: whether they are of the SSC, who agree to removals alone.
        ssc_reference: the SSC's own reference, where they are; one that the change has already stays.

    Raises:
        DecisionRefusedError: it cannot be made, or not by this person; the message is for the person on the page.
        NoSuchChangeError: there is no such change.
        UnreachableError: the store did not answer.
    """
    now = services.clock.now()
    with services.store.transaction() as tx:
        serialize_writers(tx)
        stored = _proposed(tx, number)
        if stored.proposed_by == person:
            message = "You asked for this change, so another person must agree to it."
            raise DecisionRefusedError(message)
        asked = read(stored.request)
        agreed = asked.change
        if as_ssc:
            agreed = _with_reference(agreed, ssc_reference.strip())
            changes.rewrite(tx, number, written(agreed, asked.contact))
        elif agreed.kind is ChangeKind.REMOVE and services.config.review.ssc_removes:
            proposer = people.find(tx, stored.proposed_by)
            if proposer is None or proposer.role is not Role.SSC:
                message = "Somebody of the SSC must agree to this removal."
                raise DecisionRefusedError(message)
        made = _applied(tx, asked.change, now.astimezone(LONDON).date())
        if basis_of(made) != stored.basis:
            message = "The list has changed since this was asked for, and it would make something else of it now."
            raise DecisionRefusedError(message)
        changes.move(tx, stored, ChangeState.APPROVED, person=person, at=now)
        stays = frozenset(applied.after.number for applied in made if applied.before == applied.after)
        return enter(tx, Agreed(agreed, stored.proposed_by, person), now, proposed=number, stays=stays)


def reference_of_ssc(change: ListChange) -> str:
    """Give the SSC's reference of a change; empty where it has none."""
    return next((reference.number for reference in change.references if reference.kind == SSC), "")


def _with_reference(change: ListChange, number: str) -> ListChange:
    """The removal with the SSC's reference.

    Raises:
        DecisionRefusedError: it is no removal, or there is no reference.
    """
    _refuse_others_than_removals(change)
    if reference_of_ssc(change):
        return change
    if not number:
        message = "Give the SSC's reference."
        raise DecisionRefusedError(message)
    return replace(change, references=(*change.references, Reference(SSC, number)))


def _refuse_others_than_removals(change: ListChange) -> None:
    if change.kind is not ChangeKind.REMOVE:
        message = "The SSC decides on removals, and on nothing else of the list."
        raise DecisionRefusedError(message)


def refuse(services: Services, number: int, reason: str, person: str, *, as_ssc: bool = False) -> None:
    """Refuse a change, or take back one's own.

    Raises:
        DecisionRefusedError: it is decided already, or no reason is given.
        NoSuchChangeError: there is no such change.
        UnreachableError: the store did not answer.
    """
    if not reason.strip():
        message = "Say why it is not made."
        raise DecisionRefusedError(message)
    now = services.clock.now()
    with services.store.transaction() as tx:
        serialize_writers(tx)
        stored = _proposed(tx, number)
        if as_ssc:
            _refuse_others_than_removals(read(stored.request).change)
        changes.move(tx, stored, ChangeState.REFUSED, person=person, at=now)
        happened = ListChangeRefused(change=number, reason=reason.strip())
        events.append(tx, happened, at=now, entry=_only(read(stored.request).change.entries), actor=person)


def shown(services: Services, number: int) -> Shown:
    """Read a change with what it makes of the list.

    Raises:
        NoSuchChangeError: there is no such change.
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        stored = changes.get(tx, number)
        if stored is None:
            raise NoSuchChangeError(number)
        return _shown(tx, stored, services.clock.now().astimezone(LONDON).date())


def open_changes(services: Services) -> tuple[Shown, ...]:
    """List the changes that wait for somebody: proposed ones, and those that wait for a list.

    Raises:
        UnreachableError: the store did not answer.
    """
    today = services.clock.now().astimezone(LONDON).date()
    with services.store.reading() as tx:
        return tuple(
            _shown(tx, stored, today) for stored in changes.in_state(tx, ChangeState.PROPOSED, ChangeState.WAITS)
        )


def _shown(tx: Transaction, stored: StoredChange, today: date) -> Shown:
    change = read(stored.request).change
    if stored.state is ChangeState.APPROVED:
        return Shown(stored, change, _made(tx, stored.id))
    if stored.state is ChangeState.REFUSED or not listing.any_entry(tx):
        return Shown(stored, change)
    try:
        made = _applied(tx, change, today)
    except DecisionRefusedError as error:
        return Shown(stored, change, trouble=str(error))
    old = stored.state is ChangeState.PROPOSED and basis_of(made) != stored.basis
    trouble = "The list has changed since this was asked for, and it would make something else of it now."
    return Shown(stored, change, made, trouble if old else "")


def _made(tx: Transaction, change: int) -> tuple[Applied, ...]:
    """What an approved change made of the entries."""
    made = []
    for number in listing.numbers_of(tx, change):
        told = listing.history(tx, number)
        at = next(place for place, version in enumerate(told) if version.change == change)
        made.append(Applied(told[at - 1].entry if at else None, told[at].entry))
    return tuple(made)


def _applied(tx: Transaction, change: ListChange, today: date) -> tuple[Applied, ...]:
    register = register_now(tx)
    if not register:
        message = "No list was taken in yet, so there is nothing to change."
        raise DecisionRefusedError(message)
    return applied_to(change, register, today, restated(tx, change, register))


def applied_to(
    change: ListChange, register: dict[str, RegisterEntry], today: date, stays: Collection[str] = ()
) -> tuple[Applied, ...]:
    """Say what a change makes of entries, those included that stay as they are and do so for longer.

    Raises:
        DecisionRefusedError: it cannot be made; the message is for the person on the page.
    """
    try:
        return apply(change, register, today, stays)
    except ChangeRefusedError as error:
        raise DecisionRefusedError(str(error)) from error


def _proposed(tx: Transaction, number: int) -> StoredChange:
    stored = changes.get(tx, number, to_change=True)
    if stored is None:
        raise NoSuchChangeError(number)
    if stored.state is not ChangeState.PROPOSED:
        message = f"This change is {stored.state.value}; there is nothing to decide."
        raise DecisionRefusedError(message)
    return stored


def _only(entries: tuple[str, ...]) -> str | None:
    return entries[0] if len(entries) == 1 else None
