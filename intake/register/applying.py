"""Makes entries of a change of the list, or says why it cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.register.changes import (
    CERTIFICATE_FIELDS,
    CURRENT,
    EDITABLE,
    HASH_FIELDS,
    REMOVED,
    ChangeKind,
    ChangeRefusedError,
    ListChange,
    RemovalReason,
    column,
    is_fir,
    may_be_stated,
)
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import HARDWARE, UPGRADE_PATH, is_current, one_listed, published, same_form
from rules.shapes import ENTRY_IDS, NO_ENTRY, entry_ids

Register = Mapping[str, RegisterEntry]
"""The entries as they are now, by number."""
LONGEST = 500
"""Octets of any value; the longest that the form allows."""
_LAST_NUMBER = 999_999
_WITHOUT_ENTRIES = frozenset({ChangeKind.ADD, ChangeKind.RENAME_VALUE})
_WITH_VALUES = frozenset(
    {
        ChangeKind.ADD,
        ChangeKind.UPDATE_HASH,
        ChangeKind.CORRECT,
        ChangeKind.REPLACE_CERTIFICATE,
        ChangeKind.AMEND,
        ChangeKind.RENAME_VALUE,
        ChangeKind.STATE_PATH,
    }
)


@dataclass(frozen=True, slots=True)
class Applied:
    """An entry beside what it becomes."""

    before: RegisterEntry | None
    """None where it is new."""
    after: RegisterEntry


def next_number(register: Register) -> int:
    """Give the number of the next new entry: one more than the highest ever given; gaps stay gaps.

    Raises:
        ChangeRefusedError: there is none left.
    """
    return _given(max((int(number) for number in register), default=0) + 1)


def _given(number: int) -> int:
    if number > _LAST_NUMBER:
        message = f"The list has no number left: {_LAST_NUMBER} is its last."
        raise ChangeRefusedError(message)
    return number


def apply(change: ListChange, register: Register, today: date, stays: Collection[str] = ()) -> tuple[Applied, ...]:
    """Make the entries that a change leads to, by number.

    Args:
        change: what a person asks for.
        register: every entry as it is now, approved and unpublished changes included.
        today: the day in London.
        stays: numbers of entries that need not differ by it: they say for longer what they say.

    Raises:
        ChangeRefusedError: it cannot be made.
    """
    _check(change, register, today)
    made = tuple(_KINDS[change.kind](change, register))
    altering = [applied for applied in made if applied.before != applied.after or applied.after.number in stays]
    if not altering:
        message = "Nothing would change by that: the list says so already."
        raise ChangeRefusedError(message)
    return tuple(sorted(altering, key=lambda applied: applied.after.number))


def _check(change: ListChange, register: Register, today: date) -> None:
    if change.effective > today:
        message = f"It would hold from {change.effective:%d/%m/%Y} on, a day to come; ask for it then."
        raise ChangeRefusedError(message)
    if change.asked is not None and change.asked > today:
        message = f"It cannot have been asked for on {change.asked:%d/%m/%Y}, a day to come."
        raise ChangeRefusedError(message)
    if change.kind is not ChangeKind.ADD and not change.reason.strip():
        message = "Say in the reason, which is published, why the list changes."
        raise ChangeRefusedError(message)
    if not change.entries and change.kind not in _WITHOUT_ENTRIES:
        message = "Name the entries that it is about."
        raise ChangeRefusedError(message)
    unknown = [number for number in change.entries if number not in register]
    if unknown:
        message = f"The list has no entry {', '.join(unknown)}."
        raise ChangeRefusedError(message)
    if change.kind in _WITH_VALUES and not change.values:
        message = "State the value that it shall have."
        raise ChangeRefusedError(message)
    for name, text in change.values.items():
        _check_value(name, text)


def _check_value(name: str, text: str) -> None:
    if not name:
        message = "Choose the column that holds the value."
    elif not may_be_stated(name):
        message = f"{name} is no column of the list whose value can be changed."
    elif not text.isprintable():
        message = f"{name} has a line break or another character that cannot be seen."
    elif len(text.encode()) > LONGEST:
        message = f"{name} has more than {LONGEST} bytes."
    elif name == UPGRADE_PATH and text and not ENTRY_IDS.fits(text):
        message = f"{name} is not {ENTRY_IDS.expected}."
    else:
        return
    raise ChangeRefusedError(message)


def _add(change: ListChange, register: Register) -> Iterator[Applied]:
    yield _stating_anew(next_number(register), change.values)


def _update_hash(change: ListChange, register: Register) -> Iterator[Applied]:
    others = [name for name in change.values if name not in HASH_FIELDS and not is_fir(name)]
    if others:
        message = f"An update of the hash changes nothing else, and this states {', '.join(others)}."
        raise ChangeRefusedError(message)
    if not change.values.get(FormField.IMAGE_HASH):
        message = "An update of the hash states a hash."
        raise ChangeRefusedError(message)
    for entry in _current(change, register):
        listed = published(entry, FormField.IMAGE_HASH)
        if listed:
            message = f"Entry {entry.number} lists a hash already; one that is wrong is corrected, never updated."
            raise ChangeRefusedError(message)
        yield _stating(entry, change.values)


def _state(change: ListChange, register: Register) -> Iterator[Applied]:
    for number in change.entries:
        yield _stating(register[number], change.values)


def _amend(change: ListChange, register: Register) -> Iterator[Applied]:
    if change.until is None or change.until <= change.effective:
        message = "Say until when it is amended: a day after that from which it holds."
        raise ChangeRefusedError(message)
    yield from _state(change, register)


def _state_path(change: ListChange, register: Register) -> Iterator[Applied]:
    if set(change.values) != {UPGRADE_PATH}:
        message = f"State the {UPGRADE_PATH}, and nothing else."
        raise ChangeRefusedError(message)
    path = change.values[UPGRADE_PATH]
    for entry in (register[number] for number in change.entries):
        for base in entry_ids(path) if path != NO_ENTRY else ():
            _check_base(entry, base, register)
        yield _stating(entry, change.values)


def _check_base(entry: RegisterEntry, base: str, register: Register) -> None:
    """Check that an entry can be upgraded to from another: what an upgrade changes is the firmware alone."""
    if base == entry.number:
        message = f"Entry {base} cannot be upgraded from itself."
        raise ChangeRefusedError(message)
    other = register.get(base)
    if other is None:
        message = f"The list has no entry {base} to be upgraded from."
        raise ChangeRefusedError(message)
    for name in HARDWARE:
        if same_form(name, published(other, name)) != same_form(name, published(entry, name)):
            message = f"Entry {base} is another device than entry {entry.number}: they differ in {name}."
            raise ChangeRefusedError(message)


def _replace_certificate(change: ListChange, register: Register) -> Iterator[Applied]:
    number = next((name for name in CERTIFICATE_FIELDS if name in change.values), None)
    if number is None or not set(change.values) <= {*CERTIFICATE_FIELDS[number]}:
        message = "State one certificate: its number, and what the list has of it besides."
        raise ChangeRefusedError(message)
    was = one_listed(number, change.was)
    if not was:
        message = "Name the certificate that is replaced."
        raise ChangeRefusedError(message)
    for entry in (register[listed] for listed in change.entries):
        if one_listed(number, published(entry, number)) != was:
            has = published(entry, number) or "none"
            message = f"Entry {entry.number} does not rest on {change.was} but on {has}."
            raise ChangeRefusedError(message)
        yield _stating(entry, change.values)


def _remove(change: ListChange, register: Register) -> Iterator[Applied]:
    if change.removal is None:
        message = "Say what kind of reason there is to remove it."
        raise ChangeRefusedError(message)
    if change.removal is RemovalReason.REPLACED and not change.replaced_by:
        message = "Name the entry that takes its place."
        raise ChangeRefusedError(message)
    other = register.get(change.replaced_by) if change.replaced_by else None
    if change.replaced_by and (other is None or not is_current(other) or other.number in change.entries):
        message = f"Entry {change.replaced_by} cannot take its place: it is no other Current entry."
        raise ChangeRefusedError(message)
    for entry in _current(change, register):
        yield Applied(entry, replace(entry, status=REMOVED))


def _reinstate(change: ListChange, register: Register) -> Iterator[Applied]:
    for entry in _removed(change, register):
        yield Applied(entry, replace(entry, status=CURRENT))


def _readd(change: ListChange, register: Register) -> Iterator[Applied]:
    number = next_number(register)
    for entry in _removed(change, register):
        yield _stating_anew(
            _given(number), {**entry.fields, **{column(name): text for name, text in change.values.items()}}
        )
        number += 1


def _rename_value(change: ListChange, register: Register) -> Iterator[Applied]:
    if len(change.values) != 1 or not change.was:
        message = "Name one column, the value that is renamed, and its new name."
        raise ChangeRefusedError(message)
    ((name, _),) = change.values.items()
    for entry in register.values():
        if published(entry, name) == change.was.strip():
            yield _stating(entry, change.values)


def _end_amendment(change: ListChange, register: Register) -> Iterator[Applied]:
    """An amended value becomes what it was, unless another change has stated something else meanwhile."""
    for entry in (register[number] for number in change.entries):
        yield _stating(entry, change.values)


def _stating(entry: RegisterEntry, values: Mapping[str, str]) -> Applied:
    """An entry with these values; what differs by nothing but blanks around it stays to the letter."""
    stated = {column(name): text.strip() for name, text in values.items()}
    others = {name: text for name, text in stated.items() if text != entry.fields.get(name, "").strip()}
    return Applied(entry, replace(entry, fields={**entry.fields, **others}))


def _stating_anew(number: int, values: Mapping[str, str]) -> Applied:
    """A new entry; it has every column of the list."""
    fields = dict.fromkeys(EDITABLE, "") | {column(name): text.strip() for name, text in values.items()}
    return Applied(None, RegisterEntry(f"{number:06}", CURRENT, fields))


def _current(change: ListChange, register: Register) -> Iterator[RegisterEntry]:
    for entry in (register[number] for number in change.entries):
        if not is_current(entry):
            message = f"Entry {entry.number} is {entry.status}, not Current."
            raise ChangeRefusedError(message)
        yield entry


def _removed(change: ListChange, register: Register) -> Iterator[RegisterEntry]:
    for entry in (register[number] for number in change.entries):
        if is_current(entry):
            message = f"Entry {entry.number} is Current, not Removed."
            raise ChangeRefusedError(message)
        yield entry


_KINDS: Mapping[ChangeKind, Callable[[ListChange, Register], Iterator[Applied]]] = {
    ChangeKind.ADD: _add,
    ChangeKind.UPDATE_HASH: _update_hash,
    ChangeKind.CORRECT: _state,
    ChangeKind.REPLACE_CERTIFICATE: _replace_certificate,
    ChangeKind.REMOVE: _remove,
    ChangeKind.REINSTATE: _reinstate,
    ChangeKind.READD: _readd,
    ChangeKind.AMEND: _amend,
    ChangeKind.RENAME_VALUE: _rename_value,
    ChangeKind.STATE_PATH: _state_path,
    ChangeKind.END_AMENDMENT: _end_amendment,
}
