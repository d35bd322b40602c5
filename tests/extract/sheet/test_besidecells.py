"""What a worksheet says beside its cells' values: drop-down lists, conditional formats, heads and feet of pages."""

from __future__ import annotations

import pytest

from intake.extract.sheet.besidecells import Beside
from intake.extract.sheet.dropdowns import DropDown
from intake.extract.sheet.richtext import Text
from intake.extract.sheet.styles import CellStyle, Styles, TextStyle
from intake.extract.xmlparts import parse

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = Styles(conditional=(None, "struck through", "shown by another number format"))
STRUCK = CellStyle(text=TextStyle(struck=True))


def beside(*elements: str) -> Beside:
    taken = Beside(STYLES)
    for element in elements:
        assert taken.take(parse(element.replace(" ", f' xmlns="{SPACE}" ', 1).encode()))
    return taken


def validation(formula: str, attributes: str = 'type="list" sqref="B2:C4"') -> list[DropDown]:
    return beside(
        f"<dataValidations ><dataValidation {attributes}>{formula}</dataValidation></dataValidations>"
    ).drop_downs


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ('"Gas, Electricity ,Dual"', {"Gas", "Electricity", "Dual"}),
        ('"say ""no"""', {'say "no"'}),
        ('""', {""}),
        ('"one"', {"one"}),
    ],
)
def test_a_drop_down_list_that_is_written_out_gives_its_values(formula: str, values: set[str]) -> None:
    assert validation(f"<formula1>{formula}</formula1>") == [(((2, 2, 3, 4),), frozenset(values))]


@pytest.mark.parametrize(
    ("formula", "attributes"),
    [
        ("<formula1>Lists!$A$1:$A$9</formula1>", 'type="list" sqref="B2"'),
        ('<formula1>"</formula1>', 'type="list" sqref="B2"'),
        ('<formula1>"open</formula1>', 'type="list" sqref="B2"'),
        ('<formula1>open"</formula1>', 'type="list" sqref="B2"'),
        ("<formula1/>", 'type="list" sqref="B2"'),
        ("", 'type="list" sqref="B2"'),
        ('<formula2>"a,b"</formula2>', 'type="list" sqref="B2"'),
        ('<formula1>"a,b"</formula1>', 'type="custom" sqref="B2"'),
        ('<formula1>"a,b"</formula1>', 'sqref="B2"'),
    ],
)
def test_any_other_rule_for_a_cell_is_no_list_of_its_own(formula: str, attributes: str) -> None:
    assert validation(formula, attributes) == []


@pytest.mark.parametrize(
    ("attributes", "ranges"),
    [
        ('type="list" sqref="B2 D4:E9"', ((2, 2, 2, 2), (4, 4, 5, 9))),
        ('type="list" sqref="B2 nowhere A:A"', ((2, 2, 2, 2),)),
        ('type="list"', ()),
    ],
)
def test_a_drop_down_list_belongs_to_its_ranges(attributes: str, ranges: object) -> None:
    ((places, _),) = validation('<formula1>"a,b"</formula1>', attributes)
    assert places == ranges


@pytest.mark.parametrize(
    ("foot", "text"),
    [
        ("Draft", "Draft"),
        ("&amp;CDraft", "Draft"),
        ("&amp;LLeft&amp;CMiddle  one&amp;RRight", "Left Middle one Right"),
        ("R&amp;&amp;D only", "R&D only"),
    ],
)
def test_a_head_or_foot_is_told_without_its_codes(foot: str, text: str) -> None:
    assert beside(f"<headerFooter ><oddHeader/><oddFooter>{foot}</oddFooter></headerFooter>").page_texts == [text]


def test_what_says_nothing_beside_the_cells_is_left_to_others() -> None:
    assert not Beside(STYLES).take(parse(f'<sheetViews xmlns="{SPACE}"/>'.encode()))


def condition(cells: str, number: str, more: str = "") -> str:
    return f'<conditionalFormatting sqref="{cells}"><cfRule dxfId="{number}"/>{more}</conditionalFormatting>'


UNDER = (("A", "struck through under a condition"),)
CONDITIONS: dict[str, tuple[str, dict[tuple[int, int], object]]] = {
    "on the cell": (condition("B2", "1"), {(2, 2): UNDER}),
    "on its range": (condition("A1:B2", "1"), {(2, 2): UNDER}),
    "on a range that begins at it": (condition("B2:C3", "1"), {(2, 2): UNDER}),
    "on its column": (condition("B:B", "1"), {(2, 2): UNDER}),
    "on its row": (condition("2:2", "1"), {(2, 2): UNDER}),
    "on the second of two ranges": (condition("F1 B2", "1"), {(2, 2): UNDER}),
    "above it": (condition("A1:C1", "1"), {}),
    "below it": (condition("A3:C3", "1"), {}),
    "left of it": (condition("A1:A3", "1"), {}),
    "right of it": (condition("C1:C3", "1"), {}),
    "nowhere": (condition("somewhere", "1"), {}),
    "harmless": (condition("B2", "0"), {}),
    "of a style that is not there": (condition("B2", "3"), {}),
    "of no number": (condition("B2", "x"), {}),
    "without a range": ('<conditionalFormatting ><cfRule dxfId="1"/></conditionalFormatting>', {}),
    "without a style": ('<conditionalFormatting sqref="B2"><cfRule/></conditionalFormatting>', {}),
    "the first of two": (condition("B2", "1", '<cfRule dxfId="2"/>'), {(2, 2): UNDER}),
    "the second, of which the first is harmless": (
        condition("B2", "0", '<cfRule dxfId="2"/>'),
        {(2, 2): (("A", "shown by another number format under a condition"),)},
    ),
}


@pytest.mark.parametrize("case", CONDITIONS)
def test_a_conditional_format_hinders_the_reader_of_the_cells_it_is_on(case: str) -> None:
    element, faults = CONDITIONS[case]
    taken = beside(element)
    taken.note((2, 2), "A", CellStyle(), None)
    assert taken.faults() == faults


def test_a_cell_that_hinders_already_is_told_once_and_by_its_whole_style_first() -> None:
    taken = beside(condition("A1:A3", "1"))
    runs = Text("01:02", (("02", "struck through"),))
    taken.note((1, 1), "01:02", CellStyle(), runs)
    taken.note((2, 1), "01:02", STRUCK, runs)
    taken.note((3, 1), "01:02", CellStyle(), Text("01:02"))
    assert taken.faults() == {
        (1, 1): (("02", "struck through"),),
        (2, 1): (("01:02", "struck through"),),
        (3, 1): (("01:02", "struck through under a condition"),),
    }


@pytest.mark.parametrize("cells", ["1:2", "A:B", "A1:B2"])
def test_a_conditional_format_reaches_the_first_row_and_column(cells: str) -> None:
    taken = beside(condition(cells, "1"))
    for place in ((1, 1), (1, 2), (2, 1)):
        taken.note(place, "A", CellStyle(), None)
    assert taken.faults() == {(1, 1): UNDER, (1, 2): UNDER, (2, 1): UNDER}
