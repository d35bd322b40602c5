"""The relationships transform: which relationships of a .rels part a signature covers, and the bytes it hashes.

(ISO/IEC 29500-2, 10.5.8 and M6.26.) Office signs chosen relationships and not the part as a whole, so that adding
the signature itself changes nothing that is signed.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

from lxml import etree

from intake.signatures.office.package import RELATIONSHIPS
from intake.signatures.refused import refuse
from intake.signatures.xml.canonical import Element, form_of, of_document, parse
from intake.signatures.xml.xmldsig import is_canonicalization

TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
_SPACE = "http://schemas.openxmlformats.org/package/2006/digital-signature"
_UNSAFE = '"&<>\t\n\r'


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which relationships a transform keeps: by Id, or all of a type."""

    ids: frozenset[str]
    types: frozenset[str]

    def keeps(self, identity: str, kind: str) -> bool:
        """Tell whether a relationship of this Id and type is kept."""
        return identity in self.ids or kind in self.types


def chosen_by(transforms: tuple[Element, ...]) -> Chosen:
    """Read the transforms of a reference to a .rels part: this one, and behind it a canonical form.

    Raises:
        RefusedError: they are others.
    """
    usual = len(transforms) == 2 and transforms[0].get("Algorithm") == TRANSFORM  # noqa: PLR2004  # as the docstring says
    if not usual or not is_canonicalization(transforms[1]):
        refuse("The signature covers relationships by transforms that are not supported.")
    form_of(transforms[1])
    ids: set[str] = set()
    types: set[str] = set()
    for transform in transforms[0]:
        if transform.tag == f"{{{_SPACE}}}RelationshipReference" and set(transform.attrib) == {"SourceId"}:
            ids.add(transform.get("SourceId"))
        elif transform.tag == f"{{{_SPACE}}}RelationshipsGroupReference" and set(transform.attrib) == {"SourceType"}:
            types.add(transform.get("SourceType"))
        else:
            refuse("The signature chooses relationships in an unknown way.")
    return Chosen(frozenset(ids), frozenset(types))


def transformed(content: bytes, name: str, transforms: tuple[Element, ...]) -> bytes:
    """Give the bytes of a .rels part that its reference hashes.

    Args:
        content: the part, which `package` has read without complaint.
        name: the part's name.
        transforms: of the reference.
    """
    chosen = chosen_by(transforms)
    root = parse(content, name)
    kept = [relationship for relationship in root if chosen.keeps(relationship.get("Id"), relationship.get("Type"))]
    kept = sorted(map(copy.copy, kept), key=lambda relationship: str(relationship.get("Id")))
    root[:] = kept
    root.text = None
    for element in kept:
        element.text = element.tail = None
        element.set("TargetMode", element.get("TargetMode", "Internal"))
    return of_document(root, form_of(transforms[1]))


def transformed_anew(content: bytes, name: str, transforms: tuple[Element, ...]) -> bytes | None:
    """Give the octets that a program hashes which writes the relationships anew; None where they would be the same.

    .NET's packaging reads a .rels part and writes what is chosen of it under a default namespace, whatever prefixes the
    part declares. The same Ids, types, targets and modes are bound either way.
    """
    chosen = chosen_by(transforms)
    root = parse(content, name)
    plain = {None: RELATIONSHIPS[1:-1]}
    if all(relationship.nsmap == plain for relationship in root.iter()):
        return None
    anew = etree.Element(root.tag, nsmap=plain)
    for element in root:
        if chosen.keeps(element.get("Id"), element.get("Type")):
            etree.SubElement(anew, element.tag, {key: element.get(key) for key in element.attrib})
    return transformed(etree.tostring(anew), name, transforms)


def transformed_by_libxmlsec(content: bytes, name: str, transforms: tuple[Element, ...]) -> bytes | None:
    """Give the bytes that libxmlsec1 up to 1.3.12 (LibreOffice) hashes instead; None where they are the same.

    It writes every white space between relationships as an element ``text``, in front of them, and attributes as they
    are (mended upstream in August 2026). Such bytes are no canonical form of anything, so nothing that another program
    signed is taken for them, and they hold the same Ids, types, targets and modes; values that would have to be escaped
    are not followed, for it cannot sign those at all.
    """
    chosen = chosen_by(transforms)
    root = parse(content, name)
    spaces = sum(text is not None for text in (root.text, *(relationship.tail for relationship in root)))
    kept = sorted(
        (relationship for relationship in root if chosen.keeps(relationship.get("Id"), relationship.get("Type"))),
        key=lambda relationship: str(relationship.get("Id")),
    )
    values = [value for relationship in kept for value in relationship.attrib.values()]
    if not spaces or root.prefix or any(mark in value for value in values for mark in _UNSAFE):
        return None
    written = "".join(map(_written, kept))
    opening = f'<Relationships xmlns="{RELATIONSHIPS[1:-1]}">'
    return f"{opening}{'<text></text>' * spaces}{written}</Relationships>".encode()


def _written(relationship: Element) -> str:
    given = {"TargetMode": "Internal", **relationship.attrib}
    attributes = "".join(f' {name}="{given[name]}"' for name in sorted(given))
    return f"<Relationship{attributes}></Relationship>"
