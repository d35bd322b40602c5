"""Amendments of the list, which hold until a day: how long each lasts, how it is prolonged or kept, and its end.

A change that states what an entry says already, by an amendment that would end, alters no entry: by a further
amendment the value lasts longer, by a correction it stays for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from intake.clock import LONDON
from intake.pipeline.list.enter import Agreed, enter, read
from intake.pipeline.services import Services
from intake.register.changes import ChangeKind, ListChange
from intake.store import changes, listing
from intake.store.changes import StoredChange
from intake.store.engine import Transaction
from intake.store.listing import EntryVersion
from intake.store.turns import serialize_writers
from rules.facts import RegisterEntry

FOR_GOOD = date.max
_LASTING = (ChangeKind.AMEND, ChangeKind.CORRECT)
"""Kinds that say how long a value stays."""


def restated(tx: Transaction, change: ListChange, register: Mapping[str, RegisterEntry]) -> frozenset[str]:
    """Give the entries that say already what a change states, by an amendment that would end before the change does.

    Args:
        tx: the caller's transaction.
        change: what a person asks for.
        register: every entry as it is now.
    """
    wanted = FOR_GOOD if change.kind is ChangeKind.CORRECT else change.until
    if change.kind not in _LASTING or wanted is None:
        return frozenset()
    return frozenset(
        number
        for number in change.entries
        for name, text in change.values.items()
        if number in register and _lasting(tx, number, name, text, register[number]) < wanted
    )


def amended_until(tx: Transaction, number: str, entry: RegisterEntry) -> list[tuple[StoredChange, list[str]]]:
    """Tell which amendments of an entry still say what stands, each with its columns; of a column the longest alone."""
    longest: dict[str, StoredChange] = {}
    for stored, change in _running(tx, number):
        for name, text in change.values.items():
            stands = _same(entry.fields.get(name, ""), text) and _lasts(tx, number, name, text, stored) != FOR_GOOD
            other = longest.get(name)
            if stands and (other is None or (other.until or FOR_GOOD) < (stored.until or FOR_GOOD)):
                longest[name] = stored
    of_change: dict[int, tuple[StoredChange, list[str]]] = {}
    for name, stored in longest.items():
        of_change.setdefault(stored.id, (stored, []))[1].append(name)
    return list(of_change.values())


def end_amendments(services: Services) -> tuple[str, ...]:
    """Give amended entries back what they said before, where the day has come that was decided with the amendment.

    Another change may have stated something else meanwhile, or that the value stays; that holds. It may run twice.

    Returns:
        The numbers of the entries.

    Raises:
        UnreachableError: the store did not answer.
    """
    now = services.clock.now()
    today, numbers = now.astimezone(LONDON).date(), list[str]()
    with services.store.reading() as tx:
        if not changes.amendments_over(tx, today):
            return ()
    with services.store.transaction() as tx:
        serialize_writers(tx)
        for stored in changes.amendments_over(tx, today):
            change = read(stored.request).change
            for number in change.entries:
                ending = _ending(tx, stored, change, number, today)
                if ending is not None:
                    numbers += enter(tx, Agreed(ending, stored.proposed_by, stored.decided_by or ""), now)
            changes.end_amendment(tx, stored)
    return tuple(numbers)


def _lasting(tx: Transaction, number: str, name: str, text: str, entry: RegisterEntry) -> date:
    """How long an entry says this by amendments; for good where it says something else, or by no amendment."""
    if not _same(entry.fields.get(name, ""), text):
        return FOR_GOOD
    running = [stored for stored, change in _running(tx, number) if _states(change, number, name, text)]
    return max((_lasts(tx, number, name, text, stored) for stored in running), default=FOR_GOOD)


def _running(tx: Transaction, number: str) -> Iterator[tuple[StoredChange, ListChange]]:
    """The amendments of an entry that have not been ended, oldest first."""
    for stored in changes.amendments_over(tx, FOR_GOOD):
        change = read(stored.request).change
        if number in change.entries:
            yield stored, change


def _lasts(tx: Transaction, number: str, name: str, text: str, first: StoredChange) -> date:
    """Until when an amended value stands, by its amendment and whatever people have stated likewise since."""
    days = [date.min]
    for stored in changes.approved(tx, _LASTING):
        change = read(stored.request).change
        if _moment(stored) >= _moment(first) and _states(change, number, name, text):
            days.append(change.until or FOR_GOOD)
    return max(days)


def _moment(stored: StoredChange) -> tuple[object, ...]:
    return stored.decided_at, stored.id


def _states(change: ListChange, number: str, name: str, text: str) -> bool:
    return number in change.entries and name in change.values and _same(change.values[name], text)


def _same(one: str, other: str) -> bool:
    return one.strip() == other.strip()


def _ending(tx: Transaction, stored: StoredChange, change: ListChange, number: str, today: date) -> ListChange | None:
    """The change that ends an amendment of one entry; None where nothing of it still stands, or is to go on."""
    told = listing.history(tx, number)
    before = {name: _before(tx, told, name, stored, today) for name in change.values}
    values = {name: text for name, text in before.items() if text is not None}
    if not values:
        return None
    reason = f"The amendment until {change.until:%d/%m/%Y} has ended: {change.reason}"
    return ListChange(ChangeKind.END_AMENDMENT, today, (number,), values, reason=reason)


def _before(tx: Transaction, told: Sequence[EntryVersion], name: str, stored: StoredChange, today: date) -> str | None:
    """What a column says again when an amendment of it ends; None where nothing of that stands, or it is to go on."""
    at, now, number = _amended_at(told, name, stored), told[-1].entry.fields.get(name, ""), told[-1].entry.number
    if not at or now != told[at].entry.fields.get(name, ""):
        return None
    came = _came(told, name)
    if came > at and told[came].kind != ChangeKind.END_AMENDMENT:
        return None  # others have stated it since
    if _lasts(tx, number, name, now, stored) > today:
        return None
    text = _without_amendments(tx, told[:at], name, today)
    return None if text == now else text


def _amended_at(told: Sequence[EntryVersion], name: str, stored: StoredChange) -> int:
    """The place from which on an amendment stands; of one that prolongs others, where theirs does; 0 if nowhere."""
    own = next((at for at, version in enumerate(told) if version.change == stored.id), None)
    if own is not None:
        return own
    text = read(stored.request).change.values[name]
    prolonged = (
        at
        for at, version in enumerate(told)
        if version.kind == ChangeKind.AMEND and _same(version.entry.fields.get(name, ""), text)
        if stored.decided_at is not None and version.recorded_at <= stored.decided_at
    )
    return max(prolonged, default=0)


def _came(told: Sequence[EntryVersion], name: str) -> int:
    """The place from which on an entry has said in a column what it says at the end."""
    at = len(told) - 1
    while at and told[at - 1].entry.fields.get(name, "") == told[-1].entry.fields.get(name, ""):
        at -= 1
    return at


def _without_amendments(tx: Transaction, told: Sequence[EntryVersion], name: str, today: date) -> str:
    """What an entry said in a column before it was amended; an amendment whose day has come counts no more."""
    text, number, at = told[-1].entry.fields.get(name, ""), told[-1].entry.number, _came(told, name)
    stored = changes.get(tx, told[at].change or 0) if at and told[at].kind == ChangeKind.AMEND else None
    if stored is None or _lasts(tx, number, name, text, stored) > today:
        return text
    return _without_amendments(tx, told[:at], name, today)
