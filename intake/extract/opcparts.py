"""Tells what an Office package holds by its main part's own type, as Office does (ECMA-376 part 2, 7.2.3 and 6.5).

Types that are declared for parts which are not there say nothing: SheetJS declares the binary workbook's for `.bin`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from xml.etree.ElementTree import Element

from intake.extract.unreadable import UnreadableError
from intake.extract.xmlparts import parse

_MAIN = ("xl/workbook.xml", "xl/workbook.bin", "word/document.xml")
"""Where the main part lies where no relationship says so."""
_MACROS = "vbaproject.bin"


def kind_of_package(types: bytes, relations: bytes, names: Collection[str]) -> str:
    """Tell the kind of a package.

    Args:
        types: its ``[Content_Types].xml``.
        relations: its ``_rels/.rels``; empty where there is none.
        names: of its parts; they compare without case.

    Returns:
        ``xlsx xlsm xlsb docx``, or ``zip`` for any other.
    """
    main = main_part(relations, names)
    declared = _type_of(main, types) if main else None
    # where it cannot be told which type counts, any that is named anywhere makes the file come before its reader
    stated = types.decode("ascii", "replace") if declared is None else declared
    if "ms-excel.sheet.binary" in stated:
        return "xlsb"
    if "macroEnabled" in stated and "ms-excel" in stated:
        return "xlsm"
    if "spreadsheetml" in stated:
        return "xlsm" if any(name.lower().endswith(_MACROS) for name in names) else "xlsx"
    return "docx" if "wordprocessingml" in stated else "zip"


def main_part(relations: bytes, names: Collection[str]) -> str | None:
    """Find the part that a package is about, as it is spelt among its parts; None where there is none."""
    spelt = {name.casefold(): name for name in names}
    for relation in _children(relations):
        if relation.get("Type", "").endswith("/officeDocument"):
            target = posixpath.normpath(relation.get("Target", "").lstrip("/"))
            return spelt.get(target.casefold())
    return next((spelt[name] for name in _MAIN if name in spelt), None)


def _type_of(part: str, types: bytes) -> str | None:
    """The type that is declared for a part: its own, else that of its ending."""
    ending = part.rpartition(".")[2].casefold()
    default = None
    for declared in _children(types):
        if declared.get("PartName", "").lstrip("/").casefold() == part.casefold():
            return declared.get("ContentType")
        if declared.get("Extension", "").casefold() == ending and default is None:
            default = declared.get("ContentType")
    return default


def _children(part: bytes) -> tuple[Element, ...]:
    try:
        return tuple(parse(part)) if part else ()
    except UnreadableError:
        return ()
