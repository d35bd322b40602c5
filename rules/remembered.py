"""Keeps what is derived from a form with the form itself, however many rules ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from rules.facts import NewEntry

_Derived = TypeVar("_Derived")


def once_a_form(derive: Callable[[NewEntry], _Derived]) -> Callable[[NewEntry], _Derived]:
    """Let a function of a form be asked once of each; it must say the same of the same form for ever."""

    def remembered(new_entry: NewEntry) -> _Derived:
        kept = new_entry.derived
        if derive not in kept:
            kept[derive] = derive(new_entry)
        return cast("_Derived", kept[derive])

    remembered.__doc__ = derive.__doc__
    return remembered
