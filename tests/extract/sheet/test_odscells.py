"""A cell of an OpenDocument spreadsheet by its attributes and its text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import pytest

from intake.extract.sheet.cells import MAX_TEXT
from intake.extract.sheet.odscells import CALC, OFFICE, TABLE, ambiguous, cell_of
from intake.extract.unreadable import BOOK_BROKEN, UnreadableError


def attributes(stated: Mapping[str, str]) -> dict[str, str]:
    """By short names: `of:` the office's, `ta:` the table's, `ca:` LibreOffice's own."""
    spaces = {"of": OFFICE, "ta": TABLE, "ca": CALC}
    return {spaces[name[:2]] + name[3:]: value for name, value in stated.items()}


def typed(kind: str, name: str, value: str) -> dict[str, str]:
    return {"of:value-type": kind, f"of:{name}": value}


CELLS: list[tuple[dict[str, str], str | None, tuple[object, str] | None]] = [
    ({}, "text", ("text", "n")),
    ({}, None, None),
    ({}, "", None),
    ({"of:value-type": "string"}, "text", ("text", "n")),
    ({"of:value-type": "string"}, None, None),
    (typed("string", "string-value", "kept"), "shown", ("kept", "n")),
    ({"of:value-type": "string"}, "x" * (MAX_TEXT + 1), ("x" * MAX_TEXT, "n")),
    (typed("string", "string-value", "x" * (MAX_TEXT + 1)), None, ("x" * MAX_TEXT, "n")),
    (typed("float", "value", "42"), "42", (42, "n")),
    (typed("float", "value", "-42"), None, (-42, "n")),
    (typed("float", "value", "4.5"), "4.5", (4.5, "n")),
    (typed("percentage", "value", "0.5"), "50 %", (0.5, "n")),
    (typed("currency", "value", "3"), "3 GBP", (3, "n")),
    (typed("boolean", "boolean-value", "true"), "TRUE", (True, "n")),
    (typed("boolean", "boolean-value", "false"), "FALSE", (False, "n")),
    (typed("date", "date-value", "2026-11-20"), "20/11/26", (date(2026, 11, 20), "n")),
    (
        typed("date", "date-value", "2026-11-20T09:05:00"),
        None,
        (datetime(2026, 11, 20, 9, 5), "n"),  # noqa: DTZ001  # a workbook knows no zone
    ),
    (typed("time", "time-value", "PT09H05M07S"), None, (time(9, 5, 7), "n")),
    (typed("time", "time-value", "PT9H"), None, (time(9), "n")),
    (typed("time", "time-value", "PT5M"), None, (time(0, 5), "n")),
    (typed("time", "time-value", "PT7S"), None, (time(0, 0, 7), "n")),
    (typed("time", "time-value", "PT00H00M07.5S"), None, (time(0, 0, 7), "n")),
    (typed("time", "time-value", "PT7,5S"), None, (time(0, 0, 7), "n")),
    (typed("time", "time-value", "PT23H59M59S"), None, (time(23, 59, 59), "n")),
    (typed("time", "time-value", "PT24H"), None, (timedelta(days=1), "n")),
    (typed("time", "time-value", "PT30H02M01S"), None, (timedelta(hours=30, minutes=2, seconds=1), "n")),
    ({"ca:value-type": "error", "of:value-type": "string"}, "#REF!", ("#REF!", "e")),
    ({"ca:value-type": "error"}, None, ("#N/A", "e")),
    ({"ca:value-type": "error"}, "x" * (MAX_TEXT + 1), ("x" * MAX_TEXT, "e")),
]
FORMULAS: list[tuple[str, str]] = [
    ("of:=[.A1]=[.B1]", "=[.A1]=[.B1]"),
    ("=A1", "=A1"),
    ("of:=" + "x" * MAX_TEXT, "=" + "x" * (MAX_TEXT - 1)),
]


@pytest.mark.parametrize(("stated", "text", "expected"), CELLS)
def test_a_cell_is_typed_by_what_it_states(
    stated: dict[str, str], text: str | None, expected: tuple[object, str] | None
) -> None:
    cell = cell_of(attributes(stated), text, "General", values=False)
    if expected is None:
        assert cell is None
        return
    assert cell is not None
    assert (cell.value, cell.data_type, cell.number_format) == (*expected, "General")
    assert type(cell.value) is type(expected[0])


@pytest.mark.parametrize(("formula", "source"), FORMULAS)
def test_a_formula_is_its_source_or_what_it_last_gave(formula: str, source: str) -> None:
    stated = attributes({"ta:formula": formula, **typed("float", "value", "3")})
    cell, result = (cell_of(stated, "3", "0.00", values=values) for values in (False, True))
    assert cell is not None
    assert (cell.value, cell.data_type, cell.number_format) == (source, "f", "0.00")
    assert result is not None
    assert (result.value, result.data_type) == (3, "n")


@pytest.mark.parametrize(
    "stated",
    [
        typed("float", "value", "many"),
        {"of:value-type": "float"},
        typed("boolean", "boolean-value", "TRUE"),
        typed("date", "date-value", "20/11/2026"),
        typed("time", "time-value", "09:05"),
        typed("time", "time-value", "PT9H rest"),
        typed("time", "time-value", "PT1234567890H"),
        typed("colour", "value", "3"),
        {"of:value-type": ""},
    ],
)
def test_a_value_that_is_not_what_its_type_says_makes_the_book_unreadable(stated: dict[str, str]) -> None:
    with pytest.raises(UnreadableError, match=BOOK_BROKEN):
        cell_of(attributes(stated), "3", "General", values=False)


@pytest.mark.parametrize(
    ("stated", "text", "expected"),
    [("a", "a", False), ("a", "b", True), ("a", None, False), (None, "b", False)],
)
def test_a_cell_with_two_texts_is_ambiguous(stated: str | None, text: str | None, expected: bool) -> None:
    named = {} if stated is None else {"of:string-value": stated}
    assert ambiguous(attributes(named), text) is expected
