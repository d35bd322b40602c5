"""What a signature leaves out of a package, and the little that it may leave out.

Office signs no document properties, so those may be unsigned: by their place and by their content type, and nothing is
ever read from them. Everything else that is unsigned is named, for it could show, hide or change what is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.signatures.office.package import ROOT, TYPES, Package, Relationship
from intake.signatures.office.relationships import Chosen
from intake.signatures.refused import MalformedSignatureError
from intake.signatures.xml.canonical import parse

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


@dataclass(frozen=True, slots=True)
class _Allowed:
    """One kind of part that may be unsigned."""

    place: re.Pattern[str]
    content_types: frozenset[str]
    relations: frozenset[str]
    roots: frozenset[str] | None = None
    """What its XML may begin with; None for pictures. Office would try to mend anything else."""


def _roots(transitional: str, strict: str) -> frozenset[str]:
    spaces = (
        f"http://schemas.openxmlformats.org/officeDocument/2006/{transitional}",
        f"http://purl.oclc.org/ooxml/officeDocument/{strict}",
    )
    return frozenset(f"{{{space}}}Properties" for space in spaces)


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
        frozenset({"{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}coreProperties"}),
    ),
    _Allowed(
        re.compile(r"docProps/app\.xml"),
        frozenset({"application/vnd.openxmlformats-officedocument.extended-properties+xml"}),
        frozenset({f"{_OFFICE}/extended-properties", f"{_STRICT}/extendedProperties"}),
        _roots("extended-properties", "extendedProperties"),
    ),
    _Allowed(
        re.compile(r"docProps/custom\.xml"),
        frozenset({"application/vnd.openxmlformats-officedocument.custom-properties+xml"}),
        frozenset({f"{_OFFICE}/custom-properties", f"{_STRICT}/customProperties"}),
        _roots("custom-properties", "customProperties"),
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
    loose = {name: allowed for name in package.parts for allowed in _ALLOWED if _is(package, name, allowed)}
    related: set[_Allowed] = set()
    for name, relations in package.relations.items():
        chosen = covered.relations.get(name)
        for relationship in relations if name not in covered.parts | own else ():
            if chosen is not None and chosen.keeps(relationship.id, relationship.type):
                continue
            kind = _kind_of(relationship, loose)
            # Office allows one of each kind, and mends a package that has more.
            if name != ROOT or not (_leads_to(relationship, own) or (kind and kind not in related)):
                yield f"{name}#{relationship.id}" + (f" to {relationship.target}" if relationship.external else "")
            elif kind:
                related.add(kind)
    accounted = {TYPES} | package.relations.keys() | covered.parts | own | loose.keys()
    yield from (name for name in package.parts if name not in accounted)


def outside(package: Package) -> Iterator[str]:
    """Name every relationship that leads out of the package."""
    for name, relations in package.relations.items():
        yield from (f"{name}#{relation.id} to {relation.target}" for relation in relations if relation.external)


def _is(package: Package, name: str, kind: _Allowed) -> bool:
    """Whether a part is of this kind: by its place, its content type, and what its XML begins with."""
    if not kind.place.fullmatch(name) or package.types[name] not in kind.content_types:
        return False
    try:
        return kind.roots is None or parse(package.parts[name], name).tag in kind.roots
    except MalformedSignatureError:
        return False


def _leads_to(relation: Relationship, own: frozenset[str]) -> bool:
    return not relation.external and relation.part in own


def _kind_of(relation: Relationship, loose: Mapping[str, _Allowed]) -> _Allowed | None:
    """Find the allowed unsigned kind that a relationship leads to, by its type."""
    kind = loose.get(relation.part or "")
    return kind if kind is not None and relation.type in kind.relations else None
