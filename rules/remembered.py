"""Keeps what is derived from a form, or from it and the papers beside it, however many rules ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from rules.facts import Dossier, NewEntry

_Derived = TypeVar("_Derived")
_Asked = TypeVar("_Asked")


def once_a_form(derive: Callable[[NewEntry], _Derived]) -> Callable[[NewEntry], _Derived]:
    """Let a function of a form be asked once of each; it must say the same of the same form for ever."""

    def remembered(new_entry: NewEntry) -> _Derived:
        kept = new_entry.derived
        if derive not in kept:
            kept[derive] = derive(new_entry)
        return cast("_Derived", kept[derive])

    remembered.__doc__ = derive.__doc__
    return remembered


def once_a_dossier(derive: Callable[[_Asked, Dossier], _Derived]) -> Callable[[_Asked, Dossier], _Derived]:
    """Let a method that looks at a dossier's form and documents alone be asked once of each.

    It is kept with the form until the form is judged among other documents.
    """

    def remembered(asked: _Asked, dossier: Dossier) -> _Derived:
        kept = dossier.new_entry.derived
        documents, derived = cast("tuple[object, _Derived | None]", kept.get((derive, asked), (None, None)))
        if documents is not dossier.documents:
            derived = derive(asked, dossier)
            kept[derive, asked] = dossier.documents, derived
        return cast("_Derived", derived)

    remembered.__doc__ = derive.__doc__
    return remembered
