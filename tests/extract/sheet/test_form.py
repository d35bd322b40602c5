"""The form on a sheet of cells: its header row, its columns, its rows, without a workbook."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from intake.extract.sheet.form import HEADLESS, MAX_ROWS, Layout, filled_by_submitter, layout_of, rows_of
from intake.extract.sheet.grid import Grid, Sheet
from intake.extract.sheet.plaincells import PlainCell
from intake.extract.sheet.sheetscan import HEADER_ROWS
from intake.extract.unreadable import BOOK_DETAILS
from rules.facts import CellKind, FormRow, Where

DETAILS = "New Entry's Details"
PLAIN = Layout(header=1, group=1, attribute=2, value=7)


def grid(cells: Mapping[tuple[int, int], object], **beside: object) -> Grid:
    kinds = {"text": "s", "number": "n"}
    typed = {
        place: PlainCell(value, kinds["text" if isinstance(value, str) else "number"], "0.00")  # type: ignore[arg-type]  # as they are kept
        for place, value in cells.items()
    }
    plain: dict[str, object] = {"merged": (), "hidden_rows": frozenset(), "hidden_columns": ()}
    return Grid(Sheet("CPL - New Entry", True, "sheet1.xml"), typed, **(plain | beside))  # type: ignore[arg-type]  # noqa: FBT003  # the fields of Grid


def header(row: int = 1, **heads: int) -> dict[tuple[int, int], object]:
    """A header row: `group` and `attribute` and whatever else, each in its column."""
    names = {
        "group": "Data Group",
        "attribute": "Data Attribute",
        "details": DETAILS,
        "again": DETAILS,
        "valid": "Valid values",
        "notes": "Notes",
        "condition": "Conditionality rule",
        "format": "Format",
        "other": "Remarks",
    }
    return {(row, column): names[head] for head, column in heads.items()}


LAYOUTS: dict[str, tuple[dict[tuple[int, int], object], Layout | None]] = {
    "as issued": (header(group=1, attribute=2, details=7), Layout(1, 1, 2, 7)),
    "with its list of values": (header(group=1, attribute=2, valid=6, details=7), Layout(1, 1, 2, 7, None, 6)),
    "further down and right": (header(9, group=3, attribute=4, details=12), Layout(9, 3, 4, 12)),
    "values before the groups": (header(group=3, attribute=4, details=1), Layout(1, 3, 4, 1)),
    "without a head of the values": (header(group=1, attribute=2), Layout(1, 1, 2, 7)),
    "further right without one": (header(group=3, attribute=4), Layout(1, 3, 4, 9)),
    "with another word above the values": (header(group=1, attribute=2, other=7), Layout(1, 1, 2, 7)),
    "with the notes where values stand": (header(group=1, attribute=2, notes=7), Layout(1, 1, 2, 7, BOOK_DETAILS)),
    "with the format where values stand": (header(group=1, attribute=2, format=7), Layout(1, 1, 2, 7, BOOK_DETAILS)),
    "with the condition where values stand": (
        header(group=1, attribute=2, condition=7),
        Layout(1, 1, 2, 7, BOOK_DETAILS),
    ),
    "with the list where values stand": (
        header(group=1, attribute=2, valid=7),
        Layout(1, 1, 2, 7, BOOK_DETAILS, 7),
    ),
    "with two columns of values": (header(group=1, attribute=2, details=5, again=8), Layout(1, 1, 2, 5, BOOK_DETAILS)),
    "values under their head though notes stand in the usual place": (
        header(group=1, attribute=2, details=5, notes=7),
        Layout(1, 1, 2, 5),
    ),
    "in the last row that is looked at": (
        header(HEADER_ROWS, group=1, attribute=2),
        Layout(HEADER_ROWS, 1, 2, 7),
    ),
    "in the last column that is looked at": (header(group=39, attribute=40), Layout(1, 39, 40, 45)),
    "the upper of two": (header(3, group=1, attribute=2) | header(2, group=2, attribute=3), Layout(2, 2, 3, 8)),
    "below a row with half of it": ({(1, 1): "Data Group"} | header(2, group=2, attribute=3), Layout(2, 2, 3, 8)),
    "in careless letters": ({(1, 1): " DATA  group: ", (1, 2): "data attribute *"}, Layout(1, 1, 2, 7)),
    "a row too far down": (header(HEADER_ROWS + 1, group=1, attribute=2), None),
    "a column too far right": (header(group=1, attribute=41), None),
    "half a header": (header(group=1, details=7), None),
    "the other half": (header(attribute=2, details=7), None),
    "numbers": ({(1, 1): 1, (1, 2): 2}, None),
    "nothing": ({}, None),
}


@pytest.mark.parametrize("case", LAYOUTS)
def test_the_layout_of_a_form_is_told_by_its_header_row(case: str) -> None:
    cells, layout = LAYOUTS[case]
    assert layout_of(grid(cells)) == layout


@pytest.mark.parametrize("mark", ["\u2019", "\u2018", "\u02bc", "\u00b4", "`", "\u2032"])
def test_the_head_of_the_values_is_known_with_any_apostrophe(mark: str) -> None:
    cells = header(group=1, attribute=2) | {(1, 9): DETAILS.replace("'", mark)}
    assert layout_of(grid(cells)) == Layout(1, 1, 2, 9)


LINE: dict[tuple[int, int], object] = {(2, 1): "Device_Model", (2, 2): "model_identifier", (2, 7): "10:6C"}


def only(
    cells: Mapping[tuple[int, int], object], layout: Layout = PLAIN, beside: Mapping[str, object] | None = None
) -> FormRow:
    (row,) = rows_of(grid(cells, **(beside or {})), layout, "form.xlsx")
    return row


def test_a_row_says_what_its_cell_holds_and_where() -> None:
    assert only(LINE) == FormRow(
        group="Device_Model",
        attribute="model_identifier",
        value="10:6C",
        kind=CellKind.TEXT,
        where=Where("form.xlsx", sheet="CPL - New Entry", cell="G2"),
        number_format="0.00",
    )


def test_an_empty_row_is_a_row_of_the_form_without_a_format() -> None:
    row = only({place: value for place, value in LINE.items() if place != (2, 7)})
    assert (row.value, row.kind, row.number_format) == ("", CellKind.EMPTY, "General")
    row = only(LINE | {(2, 7): ""})
    assert (row.value, row.kind, row.number_format) == ("", CellKind.EMPTY, "General")


BESIDE: dict[str, tuple[dict[str, object], str]] = {
    "hidden row": ({"hidden_rows": frozenset({2})}, "hidden"),
    "hidden column": ({"hidden_columns": ((6, 7),)}, "hidden"),
    "another hidden row": ({"hidden_rows": frozenset({1, 3})}, ""),
    "another hidden column": ({"hidden_columns": ((1, 6), (8, 9))}, ""),
    "joined": ({"merged": ((7, 2, 8, 2),)}, "merged"),
    "joined downwards": ({"merged": ((7, 1, 7, 2),)}, "merged"),
    "joined with itself": ({"merged": ((7, 2, 7, 2),)}, ""),
    "joined elsewhere": ({"merged": ((7, 3, 8, 4), (5, 2, 6, 2))}, ""),
    "offered": ({"drop_downs": ((((7, 1, 7, 9),), frozenset({"10:6C"})),)}, "offered"),
    "offered by its cell's first list": (
        {"drop_downs": ((((1, 1, 6, 9), (7, 2, 7, 2)), frozenset({"10:6C"})), (((7, 2, 7, 2),), frozenset()))},
        "offered",
    ),
    "not in its cell's first list": (
        {"drop_downs": ((((7, 2, 7, 2),), frozenset({"x"})), (((7, 2, 7, 2),), frozenset({"10:6C"})))},
        "",
    ),
    "offered elsewhere": ({"drop_downs": ((((8, 1, 9, 9), (7, 3, 7, 4)), frozenset({"10:6C"})),)}, ""),
}


@pytest.mark.parametrize("case", BESIDE)
def test_a_row_says_how_its_cell_stands(case: str) -> None:
    beside, mark = BESIDE[case]
    row = only(LINE, beside=beside)
    assert {name for name in ("hidden", "merged", "offered") if getattr(row, name)} == set(filter(None, [mark]))


@pytest.mark.parametrize(
    ("value", "listed", "offered"),
    [
        ("Gas", "Gas\nElectricity", True),
        (" Electricity ", "Gas\n  Electricity \n", True),
        ("Dual", "Gas\nElectricity", False),
        ("Gas", "Gas, Electricity", False),
        (3, "3", False),
        (" ", "Gas\n\nElectricity", False),
    ],
)
def test_a_value_in_the_column_of_valid_values_is_offered(value: object, listed: str, offered: bool) -> None:
    layout = Layout(header=1, group=1, attribute=2, value=7, valid=6)
    assert only(LINE | {(2, 7): value, (2, 6): listed}, layout).offered is offered
    assert not only(LINE | {(2, 7): value, (2, 6): listed}).offered


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Device_Model", "Device_Model"),
        ("Device_ Model", "Device_Model"),
        ("Device_\nModel", "Device_Model"),
        (" Device  Model :*", "Device Model"),
        ("Device\u200b_Mo\u00addel", "Device_Model"),
        ("Device_ ", "Device_"),
    ],
)
def test_a_label_is_cleaned(written: str, read: str) -> None:
    row = only(LINE | {(2, 1): written, (2, 2): written})
    assert (row.group, row.attribute) == (read, read)


@pytest.mark.parametrize(
    ("group", "attribute", "value", "kept"),
    [
        ("g", "a", "v", True),
        ("g", "a", "", True),
        ("g", "", "v", True),
        ("", "a", "v", True),
        ("g", "", "", False),
        ("", "a", " ", False),
        ("", "", "v", False),
    ],
)
def test_a_row_has_two_labels_or_one_and_a_value(group: str, attribute: str, value: str, kept: bool) -> None:
    cells = {(2, 1): group, (2, 2): attribute, (2, 7): value}
    assert bool(list(rows_of(grid(cells), PLAIN, "form.xlsx"))) is kept


def test_a_merged_group_is_the_label_of_all_its_rows() -> None:
    cells = LINE | {(3, 2): "hardware_version"}
    rows = rows_of(grid(cells, merged=((1, 2, 1, 3),)), PLAIN, "form.xlsx")
    assert [row.field for row in rows] == ["Device_Model.model_identifier", "Device_Model.hardware_version"]


def test_rows_are_read_from_below_the_header_as_far_as_any_form_reaches() -> None:
    cells: dict[tuple[int, int], object] = {}
    for row in range(1, MAX_ROWS + 9):
        cells |= {(row, 1): "g", (row, 2): f"a{row}"}
    rows = [row.attribute for row in rows_of(grid(cells), Layout(4, 1, 2, 7), "form.xlsx")]
    assert (rows[0], rows[-1], len(rows)) == ("a5", f"a{MAX_ROWS + 4}", MAX_ROWS)
    rows = [row.attribute for row in rows_of(grid(dict(list(cells.items())[:8])), HEADLESS, "form.xlsx")]
    assert rows == ["a1", "a2", "a3", "a4"]


@pytest.mark.parametrize(
    ("group", "value", "filled"),
    [("Device_Model", "x", True), ("Device_Model", " ", False), ("Entry", "x", False), ("ENTRY", "x", False)],
)
def test_only_cells_for_the_submitter_make_a_form_a_filled_one(group: str, value: str, filled: bool) -> None:
    assert filled_by_submitter((only(LINE | {(2, 1): group, (2, 7): value}),)) is filled


@pytest.mark.parametrize(
    ("row", "column", "anchor"),
    [
        (2, 3, (2, 3)),
        (2, 4, (2, 3)),
        (4, 5, (2, 3)),
        (3, 3, (2, 3)),
        (1, 3, (1, 3)),
        (5, 3, (5, 3)),
        (3, 2, (3, 2)),
        (3, 6, (3, 6)),
    ],
)
def test_a_merged_cell_s_value_stands_in_its_first(row: int, column: int, anchor: tuple[int, int]) -> None:
    assert grid({}, merged=((8, 8, 9, 9), (3, 2, 5, 4))).anchor(row, column) == anchor
