"""Takes out of a workbook what tells of the people and machines that made it, and lets nothing refer to it any more."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from intake.publication.book.nodes import Edits, Node, parse
from intake.register.package import Package, Relation

_CUSTOM = ("custom-properties", "customProperties")
DIGEST = "CPL list digest (SHA-256)"
"""The property that holds the list's digest."""
_PRIVATE = {
    "printerSettings",  # a person's name and a server's address, in UTF-16
    "customXml",  # what SharePoint keeps with a document
    "classificationlabels",  # the makers' tenant
    "revisionHeaders",  # who changed what in a shared workbook
    "usernames",  # who has it open
    "origin",  # of signatures, which the changed parts would break
}
_PEOPLE, _THREADS, _CHAIN = "person", "threadedComment", "calcChain"
_TYPES = "[Content_Types].xml"
CUSTOM_PART = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PRINTERS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"
_CELL_OF_CHAIN = re.compile(rb"<(?:\w+:)?c\b[^>]*>")
_SHEET_OF_CELL = re.compile(rb"""\si\s*=\s*["']([0-9]+)""")


@dataclass
class Cleaned:
    """Which parts are gone, and which relationships with them."""

    gone: set[str]
    relations: dict[str, set[str]] = field(default_factory=dict)
    """Ids of the relationships that are gone, by the part that had them."""
    printers: dict[str, set[str]] = field(default_factory=dict)
    """Of these, the ones to printer settings."""


def cleaned(package: Package, numbers_of_tabs: set[str]) -> Cleaned:
    """Find what is taken out.

    Args:
        package: the previous workbook.
        numbers_of_tabs: the ids of the tabs whose cells are written anew, as the chain of calculation names them.
    """
    relations = {name: package.relations(name) for name in ("", *package.names)}
    kinds = {relation.kind for some in relations.values() for relation in some}
    private = set(_PRIVATE)
    if _THREADS not in kinds:
        private.add(_PEOPLE)  # people are listed though nobody has said anything
    if _chained(package, numbers_of_tabs):
        private.add(_CHAIN)
    done = Cleaned(set())
    for name, some in relations.items():
        taken = {relation.id: relation for relation in some if relation.kind in private}
        if taken:
            done.relations[name] = set(taken)
            done.printers[name] = {number for number, relation in taken.items() if relation.kind == "printerSettings"}
            done.gone |= {relation.target for relation in taken.values() if not relation.outside}
    _with_theirs(done, relations)
    done.gone |= {package.relations_part(name) for name in done.gone}
    done.gone &= set(package.names)
    return done


def _chained(package: Package, numbers: set[str]) -> bool:
    """Whether the chain of calculation names a cell of these tabs; Excel repairs a workbook where no formula is."""
    chain = package.related(package.main, _CHAIN)
    current = ""
    for cell in _CELL_OF_CHAIN.findall(package.read(chain)) if chain else ():
        named = _SHEET_OF_CELL.search(cell)
        current = named[1].decode() if named else current
        if current in numbers:
            return True
    return False


def _with_theirs(done: Cleaned, relations: dict[str, tuple[Relation, ...]]) -> None:
    """Let go with a part what only that part refers to."""
    waiting = list(done.gone)
    while waiting:
        for relation in relations.get(waiting.pop(), ()):
            others = (
                kept
                for name, some in relations.items()
                if name not in done.gone
                for kept in some
                if kept.id not in done.relations.get(name, ())
            )
            if relation.target not in done.gone and all(other.target != relation.target for other in others):
                done.gone.add(relation.target)
                waiting.append(relation.target)


def relations_without(package: Package, part: str, gone: set[str], more: str = "") -> bytes:
    """Give a part's relationships without these; empty where none is left."""
    name = package.relations_part(part)
    content = package.read(name)
    root, edits = parse(content, name), Edits(content)
    left = 0
    for relation in root.children:
        if relation.attributes.get("Id") in gone:
            edits.drop(relation)
        else:
            left += 1
    _append(root, edits, more and f"<{root.tag.removesuffix('Relationships')}{more}")
    return edits.done() if left or more else b""


def _append(node: Node, edits: Edits, more: str) -> None:
    if more and node.close == node.inner and edits.part[node.inner - 2 : node.inner] == b"/>":
        edits.replace(node.inner - 2, node.inner, f">{more}</{node.tag}>")
    elif more:
        edits.insert(node.close, more)


def custom_part(package: Package) -> str:
    """Say where the workbook's own properties lie; empty where it has none."""
    return next(filter(None, (package.related("", kind) for kind in _CUSTOM)), "")


def custom_relation(package: Package) -> str:
    """Give the relationship to the workbook's own properties, where it has none yet, as XML."""
    taken = {relation.id for relation in package.relations("")}
    number = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    return f'Relationship Id="{number}" Type="{_CUSTOM_RELATION}" Target="{CUSTOM_PART}"/>'


def custom_properties(digest: str) -> bytes:
    """Give the workbook's own properties: the list's digest alone."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{DIGEST}">'
        f"<vt:lpwstr>{digest}</vt:lpwstr></property></Properties>"
    ).encode()


def types_without(content: bytes, gone: set[str], kept: Iterable[str], *, custom: bool) -> bytes:
    """Write the parts' types without those that are gone, and with that of the workbook's own properties if new."""
    root, edits = parse(content, _TYPES), Edits(content)
    named = {_part(node) for node in root.children if node.name == "Override"}
    for node in root.children:
        if node.name == "Override" and _part(node) in gone:
            edits.drop(node)
        elif node.name == "Default" and node.attributes.get("ContentType") == _PRINTERS_TYPE:
            ending = "." + node.attributes.get("Extension", "").casefold()
            if not any(name.casefold().endswith(ending) and name not in named for name in kept):
                edits.drop(node)
    prefix = root.tag.removesuffix("Types")
    if custom:
        _append(root, edits, f'<{prefix}Override PartName="/{CUSTOM_PART}" ContentType="{_CUSTOM_TYPE}"/>')
    return edits.done()


def _part(node: Node) -> str:
    return posixpath.normpath(node.attributes.get("PartName", "")).lstrip("/")


def properties_without_people(content: bytes, where: str, issued: date) -> bytes:
    """Write the workbook's properties without people, firms and folders; changed on the day of issue."""
    root, edits = parse(content, where), Edits(content)
    for node in root.children:
        if node.name in {"creator", "lastModifiedBy", "Manager", "Company", "HyperlinkBase"}:
            edits.drop(node)
        elif node.name == "modified":
            edits.say(node, f"{issued:%Y-%m-%d}T00:00:00Z")
    return edits.done()
