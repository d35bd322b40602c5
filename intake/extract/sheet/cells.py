"""Converts a cell's stored value to text, and tells its kind."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from intake.extract.sheet.grid import Cell
from rules.facts import CellKind

MAX_TEXT = 32_767
"""The most characters that Excel keeps in a cell."""

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes characters that XML does not take (ECMA-376, 22.4.2.4)."""
_BY_TYPE = {"f": CellKind.FORMULA, "e": CellKind.ERROR}
_BY_VALUE: tuple[tuple[type, CellKind], ...] = (
    (bool, CellKind.BOOLEAN),
    (str, CellKind.TEXT),
    (date, CellKind.DATE),
    (time, CellKind.TIME),
    (timedelta, CellKind.TIME),
)


def kind_of(cell: Cell | None) -> CellKind:
    """Tell the kind of value the workbook stores in the cell, before any display format."""
    value = cell.value if cell is not None else None
    if cell is None or value is None or value == "":
        return CellKind.EMPTY
    if cell.data_type in _BY_TYPE:
        return _BY_TYPE[cell.data_type]
    return next((kind for form, kind in _BY_VALUE if isinstance(value, form)), CellKind.NUMBER)


def text_of(cell: Cell | None) -> str:
    """Convert the cell's value to text: text as is, a formula's source, ISO 8601 dates, HH:MM:SS times."""
    value = cell.value if cell is not None else None
    if isinstance(value, str):
        plain = _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), value) if "_x" in value else value
        return plain[:MAX_TEXT]
    return _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _clock(value)
    return str(value) if isinstance(value, (int, float)) else _formula(value)


def _formula(value: object) -> str:
    """The source of a formula that openpyxl has an object for."""
    from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula  # noqa: PLC0415  # loaded where there is any

    if isinstance(value, ArrayFormula):
        return str(value.text or "=")[:MAX_TEXT]
    return "=TABLE()" if isinstance(value, DataTableFormula) else str(value)


def _clock(value: timedelta) -> str:
    """Format a duration; hours may exceed 24, as under the format ``[h]:mm:ss``."""
    seconds = round(value.total_seconds())
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
