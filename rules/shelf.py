"""A submission's documents by name, by kind and by certificate number, put in order once for all its entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rules.certificate_number import spelling_free
from rules.fields import NUMBER_LABELS

if TYPE_CHECKING:  # a dossier has a shelf, so `rules.facts` imports this module
    from rules.facts import AssuranceCertificate, Document, DocumentKind


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of a submission in order, so that each of many entries finds its own at once."""

    by_name: Mapping[str, Document]
    by_kind: Mapping[DocumentKind, tuple[Document, ...]]
    by_number: Mapping[tuple[DocumentKind, str], tuple[AssuranceCertificate, ...]]

    def certificates(self, kind: DocumentKind, number: str) -> tuple[AssuranceCertificate, ...]:
        """Give those of this number, however it is spelt; all of the kind where none has it."""
        key = spelling_free(number)
        named = self.by_number.get((kind, key)) if key else None
        return named or tuple(d.certificate for d in self.by_kind.get(kind, ()) if d.certificate is not None)


def shelf_of(documents: tuple[Document, ...]) -> Shelf:
    """Give the shelf of these very documents; made once, however often it is asked for."""
    return _shelved(_Identical(documents))


class _Identical:
    """Tells tuples of documents apart by identity, which costs nothing."""

    __slots__ = ("documents",)

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self.documents = documents

    def __hash__(self) -> int:
        return id(self.documents)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identical) and self.documents is other.documents


@lru_cache(maxsize=4)
def _shelved(identical: _Identical) -> Shelf:
    by_name: dict[str, Document] = {}
    by_kind: dict[DocumentKind, list[Document]] = {}
    by_number: dict[tuple[DocumentKind, str], list[AssuranceCertificate]] = {}
    for document in identical.documents:
        by_name.setdefault(document.name, document)
        by_kind.setdefault(document.kind, []).append(document)
        if document.certificate is not None and (number := _number(document.certificate)):
            by_number.setdefault((document.kind, number), []).append(document.certificate)
    return Shelf(
        by_name,
        {kind: tuple(documents) for kind, documents in by_kind.items()},
        {key: tuple(certificates) for key, certificates in by_number.items()},
    )


def _number(certificate: AssuranceCertificate) -> str:
    """The number that the certificate states, free of its spelling; empty where it cannot be read."""
    stated = certificate.stated(NUMBER_LABELS[certificate.kind])
    return spelling_free(stated.value) if stated is not None else ""
