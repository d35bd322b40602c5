"""What the drop-down lists of a form offer: values written out, or a range of cells that holds them.

Excel writes the values between quotes and commas, or a range, of another sheet too, or the name of one (ECMA-376,
18.3.1.32); OpenDocument says `cell-content-is-in-list` of the same things (OpenFormula notation).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from intake.extract.sheet.addresses import bounds

Area = tuple[int, int, int, int]
"""Left, top, right, bottom."""
DropDown = tuple[tuple[Area, ...], frozenset[str]]
"""The ranges of cells that a list belongs to, and its values."""
ListElsewhere = tuple[tuple[Area, ...], str]
"""The ranges of cells that a list belongs to, and where its values stand, as the form says it."""

_SHEET = r"(?:\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))[!.])?\.?"
_CORNER = r"\$?[A-Z]{1,3}(?:\$?[0-9]+)?"
_CELLS = re.compile(rf"{_SHEET}(?P<first>{_CORNER})(?::(?:[^:]*[!.])?(?P<last>{_CORNER}))?")
_LAST_ROW = 400
"""Of a list that is a whole column."""
_NAME = re.compile(r"[^\W\d][\w.]*")
_IN_LIST = re.compile(r"(?:\w+:)?cell-content-is-in-list\((?P<list>.*)\)\s*", re.DOTALL)
_TEXT = re.compile(r'\s*"(?P<text>(?:[^"]|"")*)"\s*(?:;|\Z)')


def written_out(formula: str) -> frozenset[str] | None:
    """Give the values of Excel's list where the formula holds them itself."""
    if len(formula) > 1 and formula[0] == formula[-1] == '"':
        return frozenset(value.strip() for value in formula[1:-1].replace('""', '"').split(","))
    return None


def of_condition(condition: str) -> tuple[frozenset[str] | None, str]:
    """Give the values of an OpenDocument list where the condition holds them itself, or else where they stand.

    Both are nothing where the condition is of another kind.
    """
    match = _IN_LIST.fullmatch(condition.strip())
    if match is None:
        return None, ""
    items, at = list[str](), 0
    while (item := _TEXT.match(match["list"], at)) is not None and at < len(match["list"]):
        items.append(item["text"].replace('""', '"').strip())
        at = item.end()
    return (frozenset(items), "") if items and at == len(match["list"]) else (None, match["list"].strip().strip("[]"))


def place_of(stated: str, names: Mapping[str, str]) -> tuple[str | None, Area] | None:
    """Give the sheet and the range that a list stands in; None where it is calculated.

    Args:
        stated: a range, or the name of one.
        names: the workbook's ranges by their names, in small letters.

    Returns:
        The sheet's name, None for the form's own, and the range.
    """
    stated = stated.strip().lstrip("=").strip()
    if _NAME.fullmatch(stated):
        stated = names.get(stated.casefold(), stated).strip().strip("[]")
    match = _CELLS.fullmatch(stated)
    if match is None:
        return None
    sheet = match["plain"] or (match["quoted"].replace("''", "'") if match["quoted"] else None)
    try:
        left, top, right, bottom = bounds(f"{match['first']}:{match['last'] or match['first']}")
    except ValueError:
        return None
    if left is None or right is None:
        return None
    rows = sorted((top or 1, bottom or _LAST_ROW))
    return sheet, (min(left, right), rows[0], max(left, right), rows[1])
