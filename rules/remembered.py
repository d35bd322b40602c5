"""Keeps what is derived from a form with the form itself, however many rules ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

if TYPE_CHECKING:
    from rules.facts import Document, Dossier, NewEntry

_Derived = TypeVar("_Derived")
_Asked = TypeVar("_Asked")
_OfDocuments: TypeAlias = "tuple[tuple[Document, ...] | None, _Derived | None]"


def once_a_form(derive: Callable[[NewEntry], _Derived]) -> Callable[[NewEntry], _Derived]:
    """Let a function of a form be asked once of each; it must say the same of the same form for ever."""

    def remembered(new_entry: NewEntry) -> _Derived:
        kept = new_entry.derived
        if derive not in kept:
            kept[derive] = derive(new_entry)
        return cast("_Derived", kept[derive])

    remembered.__doc__ = derive.__doc__
    return remembered


def once_an_entry(derive: Callable[[_Asked, Dossier], _Derived]) -> Callable[[_Asked, Dossier], _Derived]:
    """Let a method be asked once of each entry with the documents that came with it.

    It must say the same of the same form and documents for ever, whatever else the dossier holds.
    """

    def remembered(asked: _Asked, dossier: Dossier) -> _Derived:
        kept, key = dossier.new_entry.derived, (derive, asked)
        documents, derived = cast("_OfDocuments[_Derived]", kept.get(key, (None, None)))
        if documents is not dossier.documents:  # the latest alone, as an absent form is every message's
            derived = derive(asked, dossier)
            kept[key] = dossier.documents, derived
        return cast("_Derived", derived)

    remembered.__doc__ = derive.__doc__
    return remembered
