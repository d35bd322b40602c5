"""What a change makes of entries, value by value, for whoever looks: what is restricted is left out by role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.register.applying import Applied
from intake.register.changes import EDITABLE, is_fir
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import UPGRADE_PATH

_SHOWN = (*EDITABLE, UPGRADE_PATH)


@dataclass(frozen=True, slots=True)
class Altered:
    """An entry whose values differ."""

    number: str
    values: tuple[tuple[str, str, str], ...]
    """Field, before, after."""
    link: bool = True
    """Whether the list has the entry yet."""


def columns(entry: RegisterEntry, *, restricted: bool) -> tuple[str, ...]:
    """Give the columns of an entry that a person may see, in the list's order.

    Args:
        entry: the entry.
        restricted: whether the person may read what only the Firmware Information Repository publishes.
    """
    fir = [name for name in entry.fields if is_fir(name)] if restricted else []
    return (*_SHOWN, *fir)


def altered(made: Iterable[Applied], *, restricted: bool) -> tuple[Altered, ...]:
    """Tell what differs between entries before and after; of a new one all that it states."""
    return tuple(
        Altered(
            applied.after.number,
            tuple(differing(applied.before, applied.after, restricted=restricted)),
            applied.before is not None,
        )
        for applied in made
    )


def differing(
    before: RegisterEntry | None, after: RegisterEntry, *, restricted: bool
) -> Iterator[tuple[str, str, str]]:
    """Give each value that differs to the letter: its field, before, after."""
    old = before.status if before else ""
    if old != after.status:
        yield str(FormField.ENTRY_STATUS), old, after.status
    for name in columns(after, restricted=restricted):
        was, now = before.fields.get(name, "") if before else "", after.fields.get(name, "")
        if was != now:
            yield name, was, now
