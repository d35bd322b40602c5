"""A tab is read row by row, whoever wrote it and however; what is far beyond any list is refused with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from publication.books import MAIN, OLD, Book, a_book, packed, parts

from intake.publication.tabs import LIST_TAB
from intake.register import cells, package, published
from intake.register.package import DamagedError, Package
from intake.register.published import read_list_file, read_tab, tabs_of
from intake.register.unreadable import UnreadableListError


def rows(inner: str, **facts: object) -> list[cells.Row]:
    content = f'<worksheet xmlns="{MAIN}"><sheetData>{inner}</sheetData></worksheet>'.encode()
    return list(cells.rows(BytesIO(content), cells.Book(**facts)))  # type: ignore[arg-type]  # the test names the facts


def values(inner: str, **facts: object) -> list[list[cells.Value]]:
    return [list(row.values) for row in rows(inner, **facts)]


@pytest.mark.parametrize(
    ("inner", "says"),
    [
        ('<row r="1"><c r="B1"><v>7</v></c></row>', [[None, 7]]),
        ("<row><c><v>7</v></c><c><v>7.50</v></c><c><v>1E3</v></c></row>", [[7, 7.5, 1000.0]]),
        ('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>9</v></c></row>', [["two", None]]),
        ('<row><c t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r><rPh><t>x</t></rPh></is></c></row>', [["a b"]]),
        ('<row><c t="str"><f>A1</f><v>told</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>',
         [["told", True, "#N/A"]]),
        ('<row><c t="inlineStr"><is><t>_x000D__x005F_x000D_ _xD800_ _x00</t></is></c></row>',
         [["\r_x000D_ _xD800_ _x00"]]),
        ('<row><c s="1"><v>45168</v></c><c s="2"><v>1.5</v></c><c s="1"><v>1E9</v></c></row>',
         [[datetime(2023, 8, 30), timedelta(days=1, hours=12), 1e9]]),  # noqa: DTZ001  # a spreadsheet's days have no zone
        ('<row><c t="d"><v>2023-08-30T00:00:00</v></c><c t="d"><v>soon</v></c></row>',
         [[datetime(2023, 8, 30), "soon"]]),  # noqa: DTZ001  # likewise
        ('<row r="1"><c><v>1</v></c></row><row r="9"><c><v>2</v></c></row>', [[1], [], [2]]),
        ('<row><c t="inlineStr"><is><t><![CDATA[a < b]]></t></is></c></row><!-- c --><row/>', [["a < b"], []]),
        (f'<row><c r="{cells.column_letters(61)}1"><v>1</v></c></row>', [[]]),
    ],
)  # fmt: skip
def test_a_cell_says_what_a_spreadsheet_shows(inner: str, says: list[list[cells.Value]]) -> None:
    facts = {"texts": ("one", "two"), "days": frozenset({1, 2}), "spans": frozenset({2})}
    assert values(inner, **facts) == says


@pytest.mark.parametrize(
    ("inner", "columns"),
    [
        ("<row><c><v>1</v></c><c><f>A1</f></c></row>", [2]),
        ('<row><c r="C1"><f>A1</f><v></v></c><c t="n"><f t="shared" si="0"/><v/></c></row>', [3, 4]),
        ('<row><c><f>A1</f><v>1</v></c><c t="str"><f>""</f><v></v></c><c/></row>', []),
        (f'<row><c r="{cells.column_letters(61)}1"><f>A1</f></c></row>', []),
    ],
)
def test_a_formula_without_its_result_is_told(inner: str, columns: list[int]) -> None:
    (row,) = rows(inner)
    assert list(row.uncomputed) == columns


def test_days_may_be_counted_from_1904() -> None:
    assert values('<row><c s="1"><v>1</v></c></row>', days=frozenset({1}), since_1904=True) == [
        [datetime(1904, 1, 2)]  # noqa: DTZ001  # a spreadsheet's days have no zone
    ]


@pytest.mark.parametrize("letters", ["A", "Z", "AA", "XFD"])
def test_columns_have_letters(letters: str) -> None:
    assert cells.column_letters(cells.column_number(letters)) == letters


@pytest.mark.parametrize("book", [Book(), Book(shared=False), Book(prefix="x:"), Book(absolute=True)])
def test_it_reads_what_openpyxl_reads(book: Book) -> None:
    content = packed(parts(book))
    opened = load_workbook(BytesIO(content), data_only=True, read_only=True)
    for sheet in opened:
        ours = [[text for text in row if text] for row in read_tab(content, sheet.title) or ()]
        theirs = [[str(cell.value) for cell in row if cell.value is not None] for row in sheet.iter_rows()]
        assert ours == [[text.replace("_x000D_", "\r") for text in row] for row in theirs if row]


def test_formats_tell_days_from_numbers() -> None:
    book = Workbook()
    for value in (date(2028, 8, 30), time(10, 2), timedelta(hours=36), 7, 0.5):
        book.active.append([value])
    out = BytesIO()
    book.save(out)
    assert list(read_tab(out.getvalue(), "Sheet") or ()) == [["30/08/2028"], ["10:02"], ["36:00"], ["7"], ["0.5"]]


def test_tabs_are_found_by_their_titles_and_relationships() -> None:
    names = {
        LIST_TAB: "one.xml",
        "CPL - saveable in CSV": "list.xml",
        "Version Control": "2.xml",
        "CPL - New Entry": "3.xml",
    }
    content = a_book(names=names, absolute=True, folder="xl/tabs/")
    assert tabs_of(content) == tuple(names)
    assert [entry.number for entry in read_list_file(content).entries] == [entry.number for entry in OLD]
    assert read_tab(content, "Elsewhere") is None


def test_a_part_may_be_named_in_another_case_and_with_escapes() -> None:
    book = parts(Book(names={**Book().names, LIST_TAB: "a b.xml"}))
    name = "xl/_rels/workbook.xml.rels"
    book[name] = book[name].replace(b"worksheets/a b.xml", b"Worksheets/a%20b.XML")
    assert len(read_list_file(packed(book)).entries) == len(OLD)


def hostile() -> Iterator[tuple[str, bytes, str]]:
    tab, texts = "xl/worksheets/sheet3.xml", "xl/sharedStrings.xml"
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    book = parts(Book())
    for name in (tab, texts, "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        declared = packed({**book, name: laughs + book[name].split(b"\r\n", 1)[1]})
        yield f"a document type in {name}", declared, "a document type" if name in {tab, texts} else "no .xlsx"
    yield "no XML", packed({**book, tab: book[tab][:-20]}), "no .xlsx"
    yield "a column that is none", packed({**book, tab: book[tab].replace(b'"A1"', b'"?1"')}), "no column"
    yield "a row of no number", packed({**book, tab: book[tab].replace(b'r="1"', b'r="x"')}), "no .xlsx"
    yield "a text that is not there", packed({**book, tab: book[tab].replace(b"<v>13</v>", b"<v>x</v>")}), "no .xlsx"


@pytest.mark.parametrize(("content", "says"), [pytest.param(*rest, id=name) for name, *rest in hostile()])
def test_a_hostile_workbook_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableListError, match=says) as told:
        read_list_file(content)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize(
    ("where", "limit", "value", "says"),
    [
        (cells, "MAX_TEXTS", 3, "more than 3 texts"),
        (cells, "MAX_TEXT", 5, "a cell of more than 5 characters"),
        (package, "MAX_SMALL", 10, "unpacks to more than"),
        (published, "MAX_BYTES", 1000, "unpacks to more than 1,000 bytes"),
        (published, "MAX_LINES", 2, "more than 2 lines"),
    ],
)
def test_the_real_reason_of_a_refusal_is_told(
    where: object, limit: str, value: int, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, limit, value)
    with pytest.raises(UnreadableListError, match=says):
        read_list_file(a_book(shared=limit != "MAX_TEXT"))


def test_a_package_without_a_workbook_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(packed({"a.txt": b"a"}))
    with pytest.raises(DamagedError, match="no workbook"):
        _ = Package(file).main
    with pytest.raises(UnreadableListError, match="no workbook in it"):
        read_list_file(file.read_bytes())
