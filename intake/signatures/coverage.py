"""What a signature leaves out of a package, and the little that it may leave out.

Office signs no document properties, so those may be unsigned: by their place and by their content type, and nothing is
ever read from them. Everything else that is unsigned is named, for it could show, hide or change what is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from intake.signatures.package import ROOT, TYPES, Package, Relationship
from intake.signatures.relationships import Chosen

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@dataclass(frozen=True, slots=True)
class _Allowed:
    """One kind of part that may be unsigned."""

    place: re.Pattern[str]
    content_types: frozenset[str]
    relations: frozenset[str]


_ALLOWED = (
    _Allowed(
        re.compile(r"docProps/core\.xml"),
        frozenset({"application/vnd.openxmlformats-package.core-properties+xml"}),
        frozenset(
            {
                f"{_PACKAGE}/metadata/core-properties",
                # LibreOffice's strict ISO 29500 export writes a name of its own.
                "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",
            }
        ),
    ),
    _Allowed(
        re.compile(r"docProps/app\.xml"),
        frozenset({"application/vnd.openxmlformats-officedocument.extended-properties+xml"}),
        frozenset({f"{_OFFICE}/extended-properties", f"{_STRICT}/extendedProperties"}),
    ),
    _Allowed(
        re.compile(r"docProps/custom\.xml"),
        frozenset({"application/vnd.openxmlformats-officedocument.custom-properties+xml"}),
        frozenset({f"{_OFFICE}/custom-properties", f"{_STRICT}/customProperties"}),
    ),
    _Allowed(
        re.compile(r"docProps/thumbnail\.(?:jpe?g|png|[ew]mf)"),
        frozenset({"image/jpeg", "image/png", "image/x-emf", "image/x-wmf"}),
        frozenset({f"{_PACKAGE}/metadata/thumbnail"}),
    ),
)


@dataclass(frozen=True, slots=True)
class Covered:
    """What one signature covers."""

    parts: frozenset[str]
    """Parts whose bytes it hashes."""
    relations: dict[str, Chosen]
    """By the name of a .rels part: those relationships that it hashes."""


def left_out(package: Package, covered: Covered, own: frozenset[str]) -> Iterator[str]:
    """Name what the signature leaves out and may not: parts by their names, relationships by part and Id.

    Args:
        package: the whole package.
        covered: what the signature covers.
        own: names of the signatures' own parts.
    """
    for name in package.parts:
        if name in package.relations:
            yield from _relations_left_out(package, name, covered, own)
        elif name != TYPES and name not in covered.parts | own and not _may_be_unsigned(package, name):
            yield name


def outside(package: Package) -> Iterator[str]:
    """Name every relationship that leads out of the package."""
    for name, relations in package.relations.items():
        yield from (f"{name}#{each.id} to {each.target}" for each in relations if each.external)


def _relations_left_out(package: Package, name: str, covered: Covered, own: frozenset[str]) -> Iterator[str]:
    if name in covered.parts or name in own:
        return
    chosen = covered.relations.get(name)
    is_signed: Callable[[Relationship], bool] = lambda each: chosen is not None and chosen.keeps(each.id, each.type)  # noqa: E731
    for each in package.relations[name]:
        if not is_signed(each) and not (name == ROOT and _may_be_unrelated(package, each, own)):
            yield f"{name}#{each.id}" + (f" to {each.target}" if each.external else "")


def _may_be_unsigned(package: Package, name: str) -> bool:
    kind = package.type_of(name)
    return any(each.place.fullmatch(name) and kind in each.content_types for each in _ALLOWED)


def _may_be_unrelated(package: Package, relation: Relationship, own: frozenset[str]) -> bool:
    """Whether the package's own relationship to a part may be unsigned: the signatures', or one to such a part."""
    if relation.part is None:
        return False
    if relation.part in own:
        return True
    return _may_be_unsigned(package, relation.part) and any(
        relation.type in each.relations and each.place.fullmatch(relation.part) for each in _ALLOWED
    )
