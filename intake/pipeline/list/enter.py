"""Enters what people approved into the register, in the commit of their decision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from intake.clock import LONDON
from intake.domain.addresses import first_address
from intake.domain.register_events import ListChangeApproved, ListChangeWaits
from intake.domain.review import DecisionRefusedError
from intake.register.applying import Applied, Register, apply
from intake.register.changes import ChangeRefusedError, ListChange
from intake.register.entering import CpaContact, contact_of, entering
from intake.store import changes, contacts, events, list_digests, listing
from intake.store.changes import ChangeState, NewChange
from intake.store.contacts import Contact
from intake.store.engine import Transaction
from intake.store.turns import serialize_writers
from rules.facts import Dossier, RegisterEntry


@dataclass(frozen=True, slots=True)
class Agreed:
    """A change that people agreed on: who asked for it, who approved it, and what it is about."""

    change: ListChange
    asked_by: str
    approved_by: str
    message: int | None = None
    """The number of the submission that it comes of."""
    contact: CpaContact | None = None
    """Whom notices go to; kept apart from all that is published."""


class Request(msgspec.Struct, frozen=True):
    """A change as `list_change.request` keeps it."""

    change: ListChange
    contact: CpaContact | None = None


def written(change: ListChange, contact: CpaContact | None = None) -> str:
    """Write a change as the store keeps it."""
    return msgspec.json.encode(Request(change, contact)).decode()


def read(request: str) -> Request:
    """Read a change that the store kept."""
    return msgspec.json.decode(request, type=Request)


def register_now(tx: Transaction) -> dict[str, RegisterEntry]:
    """Read every entry as it is now, approved and unpublished changes included, by number."""
    return {entry.number: entry for entry in listing.all_entries(tx) or ()}


def basis_of(made: Sequence[Applied]) -> str:
    """Give the digest of what a change makes of the list: of its entries before and after.

    The number of a new entry is none of it: it is the next that is free when the second person agrees.
    """
    return listing.digest_of(
        replace(entry, number=f"{place:06} {when} {entry.number if applied.before else 'new'}")
        for place, applied in enumerate(made)
        for when, entry in (("before", applied.before), ("after", applied.after))
        if entry is not None
    )


def enter_approved(
    tx: Transaction, dossier: Dossier, entries: Sequence[int], agreed_by: tuple[str, str], message: int, now: datetime
) -> tuple[str, ...]:
    """Enter the forms of a submission that were approved.

    Args:
        tx: the commit of the approval.
        dossier: the submission's.
        entries: which of its forms, counted from 0.
        agreed_by: who proposed the approval, and who confirmed it.
        message: the submission's number.
        now: the moment of the approval.

    Returns:
        The numbers of the entries that say something else now; none where no list was ever taken in, so that they wait.

    Raises:
        DecisionRefusedError: the list cannot take one of them; the message is for the person on the page.
    """
    serialize_writers(tx)
    numbers: list[str] = []
    day = now.astimezone(LONDON).date()
    for form in (dossier.entries[number] for number in entries):
        register = register_now(tx)
        judged = replace(dossier, register=tuple(register.values())).judging(form)
        asked_by, approved_by = agreed_by
        agreed = Agreed(entering(judged, day), asked_by, approved_by, message, contact_of(judged))
        if register:
            numbers += enter(tx, agreed, now, register=register)
        else:
            wait_for_list(tx, agreed, now)
    return tuple(numbers)


def enter(
    tx: Transaction,
    agreed: Agreed,
    now: datetime,
    *,
    proposed: int | None = None,
    register: Register | None = None,
    stays: Collection[str] = (),
) -> tuple[str, ...]:
    """Append what a change that people agreed on makes of the list; its caller has had its turn among writers.

    Args:
        tx: the caller's commit.
        agreed: the change.
        now: the moment of the agreement.
        proposed: its number, where it was proposed before; None where it is new.
        register: every entry as it is now, where the caller has read them.
        stays: entries that say already what it states, and do so for longer by it.

    Raises:
        DecisionRefusedError: it cannot be made; the message is for the person on the page.
    """
    change = agreed.change
    try:
        now_listed = register_now(tx) if register is None else register
        made = apply(change, now_listed, now.astimezone(LONDON).date(), stays)
    except ChangeRefusedError as error:
        raise DecisionRefusedError(str(error)) from error
    number = proposed if proposed is not None else _recorded(tx, agreed, ChangeState.APPROVED, basis_of(made), now)
    after = [applied.after for applied in made if applied.before != applied.after]
    listing.append(
        tx,
        after,
        now,
        change=number,
        kind=change.kind.value,
        effective=change.effective,
        person=agreed.approved_by,
        reason=change.reason,
        internal_reason=change.internal_reason,
    )
    kept = _keep_contact(tx, agreed, after, now)
    happened = ListChangeApproved(
        change=number,
        kind=change.kind.value,
        entries=change.entries,
        reason=change.reason,
        internal_reason=change.internal_reason,
        numbers=tuple(entry.number for entry in after),
        digest=listing.digest_of(after),
        asked_by=agreed.asked_by,
        asked_sha256=changes.asked_sha256(tx, number),
        versions_sha256=list_digests.versions_sha256(tx, number),
        contacts=kept,
    )
    _append(tx, happened, agreed, happened.numbers or change.entries, now)
    return happened.numbers


def wait_for_list(tx: Transaction, agreed: Agreed, now: datetime) -> None:
    """Keep a change that was approved before any list was taken in, until it can have a number."""
    number = _recorded(tx, agreed, ChangeState.WAITS, "", now)
    happened = ListChangeWaits(
        change=number,
        kind=agreed.change.kind.value,
        entries=agreed.change.entries,
        asked_by=agreed.asked_by,
        asked_sha256=changes.asked_sha256(tx, number),
    )
    _append(tx, happened, agreed, (), now)


def enter_waiting(tx: Transaction, now: datetime) -> tuple[str, ...]:
    """Enter what waited for a list, oldest first; gives the numbers of its entries.

    What the list can no longer take goes on waiting, before a person.
    """
    numbers: list[str] = []
    for waiting in changes.in_state(tx, ChangeState.WAITS):
        asked = read(waiting.request)
        agreed = Agreed(asked.change, waiting.proposed_by, waiting.decided_by or "", waiting.message, asked.contact)
        try:
            numbers += enter(tx, agreed, now, proposed=waiting.id)
        except DecisionRefusedError:
            continue
        changes.move(tx, waiting, ChangeState.APPROVED, person=waiting.decided_by, at=waiting.decided_at or now)
    return tuple(numbers)


def _recorded(tx: Transaction, agreed: Agreed, state: ChangeState, basis: str, now: datetime) -> int:
    new = NewChange(
        agreed.change.kind.value,
        state,
        written(agreed.change, agreed.contact),
        basis,
        agreed.asked_by,
        agreed.message,
        agreed.change.until,
        agreed.approved_by,
    )
    return changes.add(tx, new, now)


def _keep_contact(
    tx: Transaction, agreed: Agreed, after: Sequence[RegisterEntry], now: datetime
) -> tuple[str, ...] | None:
    address = first_address(agreed.contact.email) if agreed.contact else None
    if agreed.contact is None or address is None:
        return None
    name, telephone = agreed.contact.name, agreed.contact.telephone
    return contacts.put(tx, [Contact(entry.number, name, telephone, address) for entry in after], now)


def _append(
    tx: Transaction,
    happened: ListChangeApproved | ListChangeWaits,
    agreed: Agreed,
    numbers: Sequence[str],
    now: datetime,
) -> None:
    """Append the event, about the submission that it comes of, else about the entry where it is one."""
    entry = numbers[0] if agreed.message is None and len(numbers) == 1 else None
    events.append(tx, happened, at=now, message=agreed.message, entry=entry, actor=agreed.approved_by)
