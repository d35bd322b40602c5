"""The parts of an Office package, their content types and what relates them (ISO/IEC 29500-2, OPC).

Read as strictly as the zip container: a package that Office would repair, or that two readers could follow
differently, is refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from intake.signatures.refused import refuse
from intake.signatures.xml.canonical import Element, parse

TYPES = "[Content_Types].xml"
RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
ROOT = "_rels/.rels"
_CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_PATH = re.compile(r"(?P<folder>(?:[^/]+/)*)_rels/(?P<name>[^/]*)\.rels\Z")
_SEGMENT = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=@:]|%[0-9A-Fa-f]{2})+\Z")
_NEEDLESS = re.compile(r"%(?:2[DEF]|5[CF]|7E|3\d|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])", re.IGNORECASE)
"""Percent-encoded slashes, and letters that need no encoding (OPC, 6.2.2.2)."""
_PIECE = re.compile(r"/\[\d+\](?:\.last)?\.piece\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow from a part, or from the package itself, to another part or to somewhere outside."""

    id: str
    type: str
    target: str
    external: bool
    part: str | None
    """The part it leads to; None where it leads outside, or to nothing."""


@dataclass(frozen=True)
class Package:
    """An Office package, whole."""

    parts: Mapping[str, bytes]
    """As `zipstrict` gave them: names without the slash at their beginning."""
    defaults: Mapping[str, str]
    """Content types by extension, in lower case."""
    overrides: Mapping[str, str]
    """Content types by part name, in lower case."""
    relations: Mapping[str, tuple[Relationship, ...]]
    """By the name of the .rels part that they stand in."""

    @cached_property
    def types(self) -> Mapping[str, str | None]:
        """The content type of each part; None where it has none."""
        return {name: self.overrides.get(name.lower(), self.defaults.get(_extension(name))) for name in self.parts}

    @cached_property
    def main(self) -> str:
        """The part that the package is about, such as ``xl/workbook.xml``.

        Raises:
            RefusedError: there is none, or more than one.
        """
        relationships = [
            relation for relation in self.relations.get(ROOT, ()) if relation.type.lower().endswith("/officedocument")
        ]
        part = relationships[0].part if len(relationships) == 1 else None
        return part if part is not None else refuse("The file has no main document, or more than one.")


def read_package(parts: Mapping[str, bytes]) -> Package:
    """Read a package's frame.

    Args:
        parts: as `zipstrict.unpack` gives them.

    Raises:
        RefusedError: it is none that every reader would follow in the same way.
    """
    _expect(TYPES in parts and ROOT in parts, "lacks its content types or relationships")
    for name in parts:
        _expect(name == TYPES or _is_part_name(name), f"has a part with an unusual name: {name}")
    defaults, overrides = _types(parse(parts[TYPES], TYPES))
    relations = {name: tuple(_relations(name, content, parts)) for name, content in parts.items() if _PATH.match(name)}
    package = Package(parts, defaults, overrides, relations)
    for name, kind in package.types.items():
        _expect(name == TYPES or kind is not None, f"does not say what kind of part {name} is")
        _expect((kind == RELATIONSHIPS_TYPE) == (name in relations), f"takes {name} for relationships, or does not")
    for name in relations:
        source = source_of(name)
        _expect(source in parts or name == ROOT, f"has relationships of a part that is not there: {source}")
    return package


def _extension(name: str) -> str:
    return posixpath.basename(name).rpartition(".")[2].lower()


def source_of(name: str) -> str:
    """Give the part whose relationships this .rels part holds; empty for the package itself."""
    match = _PATH.match(name)
    return match["folder"] + match["name"] if match else ""


def relations_of(part: str) -> str:
    """Give the name of the .rels part that holds a part's relationships, be it there or not."""
    folder, _, last = part.rpartition("/")
    return f"{folder}/_rels/{last}.rels".lstrip("/")


def _types(root: Element) -> tuple[dict[str, str], dict[str, str]]:
    _expect(root.tag == f"{_CONTENT_TYPES}Types" and not root.attrib, "has unusual content types")
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}
    for plain_child in _plain_children(root):
        if plain_child.tag == f"{_CONTENT_TYPES}Default" and set(plain_child.attrib) == {"Extension", "ContentType"}:
            into, key = defaults, plain_child.get("Extension").lower()
        elif plain_child.tag == f"{_CONTENT_TYPES}Override" and set(plain_child.attrib) == {"PartName", "ContentType"}:
            into, key = overrides, plain_child.get("PartName").lower()
            _expect(key.startswith("/") and key[1:] != TYPES.lower(), "has unusual content types")
            key = key[1:]
        else:
            refuse("The file's package has unusual content types.")
        _expect(key not in into, f"states the content type of {key} twice")
        into[key] = plain_child.get("ContentType")
    return defaults, overrides


def _relations(name: str, content: bytes, parts: Mapping[str, bytes]) -> list[Relationship]:
    root = parse(content, name)
    _expect(root.tag == f"{RELATIONSHIPS}Relationships" and not root.attrib, f"has unusual relationships in {name}")
    relationships = [_relation(plain_child, name, parts) for plain_child in _plain_children(root)]
    _expect(
        len({relationship.id for relationship in relationships}) == len(relationships),
        f"uses a relationship's Id twice in {name}",
    )
    return relationships


def _relation(element: Element, name: str, parts: Mapping[str, bytes]) -> Relationship:
    given = dict(element.attrib)
    mode = given.pop("TargetMode", "Internal")
    usual = element.tag == f"{RELATIONSHIPS}Relationship" and mode in {"Internal", "External"}
    _expect(
        usual and set(given) == {"Id", "Type", "Target"} and all(given.values()), f"has unusual relationships in {name}"
    )
    external = mode == "External"
    part = None if external else _resolved(given["Target"], posixpath.dirname(source_of(name)))
    return Relationship(given["Id"], given["Type"], given["Target"], external, part if part in parts else None)


def _resolved(target: str, folder: str) -> str:
    """The part's name that a target states relative to a folder."""
    path = target.partition("#")[0]
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, path))


def _plain_children(root: Element) -> list[Element]:
    """The root's children, which have none of their own, with nothing but white space among them."""
    children = list(root)
    texts = [root.text, *(text for child in children for text in (child.text, child.tail))]
    plain = not any((text or "").strip() for text in texts) and not any(len(child) for child in children)
    _expect(plain, "has content types or relationships of another shape than office programs give")
    return children


def _is_part_name(name: str) -> bool:
    segments = name.split("/")
    usual = all(_SEGMENT.match(segment) and not segment.endswith(".") for segment in segments)
    return usual and not _NEEDLESS.search(name) and not _PIECE.search(f"/{name}")


def _expect(condition: bool, otherwise: str) -> None:  # noqa: FBT001  # it reads as a sentence
    if not condition:
        refuse(f"The file's package {otherwise}.")
