"""The cells of an OpenDocument spreadsheet, as typed values like those that openpyxl gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intake.extract.sheet.cells import MAX_TEXT
from intake.extract.unreadable import BOOK_BROKEN, UnreadableError

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_DURATION = re.compile(r"PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d+)?S)?\Z")
_INTEGER = re.compile(r"-?\d{1,18}\Z")
_DAY = 86_400
_MIDNIGHT = len("2022-09-21")

Value = str | int | float | bool | date | time | timedelta


@dataclass(frozen=True, slots=True)
class OdsCell:
    """One cell: of openpyxl's cells it has what the reader of forms looks at."""

    value: Value | None
    data_type: str
    """``f`` a formula, ``e`` an error, ``n`` anything else."""
    number_format: str


def cell_of(attributes: Mapping[str, str], text: str | None, number_format: str, *, values: bool) -> OdsCell | None:
    """Build the cell from its attributes and paragraphs; None where it is empty.

    Args:
        attributes: of its element, by `expat`'s names.
        text: its paragraphs; None where it has none.
        number_format: how it is shown.
        values: give what a formula last gave instead of the formula.

    Raises:
        UnreadableError: its value is not what its type says.
    """
    formula = attributes.get(f"{TABLE}formula")
    if formula is not None and not values:
        return OdsCell(f"={formula.partition('=')[2]}"[:MAX_TEXT], "f", number_format)
    shown = (text or "")[:MAX_TEXT]
    if attributes.get(f"{CALC}value-type") == "error":
        return OdsCell(shown or "#N/A", "e", number_format)
    kind = attributes.get(f"{OFFICE}value-type", "string")
    if kind == "string":
        stated = attributes.get(f"{OFFICE}string-value", shown)[:MAX_TEXT]
        return OdsCell(stated, "n", number_format) if stated else None
    try:
        return OdsCell(_typed(kind, attributes), "n", number_format)
    except (ValueError, KeyError, OverflowError) as error:
        raise UnreadableError(BOOK_BROKEN) from error


def ambiguous(attributes: Mapping[str, str], text: str | None) -> bool:
    """Tell whether the cell holds two texts, of which readers may take either."""
    stated = attributes.get(f"{OFFICE}string-value")
    return stated is not None and text is not None and stated != text


def _typed(kind: str, attributes: Mapping[str, str]) -> Value:
    match kind:
        case "float" | "percentage" | "currency":
            number = attributes[f"{OFFICE}value"]
            return int(number) if _INTEGER.match(number) else float(number)
        case "boolean":
            return {"true": True, "false": False}[attributes[f"{OFFICE}boolean-value"]]
        case "date":
            stated = attributes[f"{OFFICE}date-value"]
            return datetime.fromisoformat(stated) if len(stated) > _MIDNIGHT else date.fromisoformat(stated)
        case "time":
            return _clock(attributes[f"{OFFICE}time-value"])
        case _:
            raise KeyError(kind)


def _clock(stated: str) -> time | timedelta:
    match = _DURATION.match(stated)
    if match is None:
        raise ValueError(stated)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    whole = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if whole.total_seconds() >= _DAY:
        return whole
    hours, rest = divmod(int(whole.total_seconds()), 3600)
    return time(hours, *divmod(rest, 60))
