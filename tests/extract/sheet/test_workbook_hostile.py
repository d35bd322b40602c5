from __future__ import annotations

import random
import warnings
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from extract import books

from intake.extract import unreadable as says
from intake.extract import zipguard
from intake.extract.document import read_document
from intake.extract.unread import DocumentReading
from rules.facts import DocumentKind
from rules.fields import FormField

CELL = '<c r="G14"'


def read(content: bytes, name: str = "form.xlsx") -> DocumentReading:
    return read_document(name, content)


def assert_unreadable(content: bytes, sentence: str, name: str = "form.xlsx") -> None:
    reading = read(content, name)
    assert reading.document.kind is DocumentKind.UNREADABLE
    assert reading.document.trouble == sentence
    assert reading.entry is not None
    assert reading.entry.trouble == sentence
    assert reading.entry.rows == ()


def sheet_with(rows: bytes) -> bytes:
    xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return books.changed(books.form(), books.SHEET, lambda _: xml + rows + b"</sheetData></worksheet>")


def doubled_names() -> bytes:
    out = BytesIO(books.form())
    with warnings.catch_warnings(), ZipFile(out, "a", ZIP_DEFLATED) as target:
        warnings.simplefilter("ignore")
        target.writestr(books.SHEET, b"<worksheet/>")
    return out.getvalue()


def with_parts(**more: bytes) -> bytes:
    return books.container({**books.parts_of(books.form()), **more})


def encrypted_flag() -> bytes:
    content = bytearray(books.form())
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


HOSTILE_CONTAINERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "two parts of one name": (doubled_names, zipguard.TWICE),
    "two parts that differ in case": (lambda: with_parts(**{"XL/workbook.xml": b""}), zipguard.TWICE),
    "a name that leads out": (lambda: with_parts(**{"../evil": b""}), zipguard.STRANGE_NAMES),
    "an absolute name": (lambda: with_parts(**{"/etc/passwd": b""}), zipguard.STRANGE_NAMES),
    "a bomb": (lambda: with_parts(bomb=b"\0" * 60_000_000), zipguard.TOO_MUCH),
    "a dense part": (lambda: with_parts(bomb=b"\0" * 5_000_000), zipguard.TOO_DENSE),
    "too many parts": (lambda: with_parts(**{f"p{n}": b"" for n in range(600)}), zipguard.TOO_MANY),
    "an endless directory": (lambda: with_parts(**{f"p{n}": b"" for n in range(6000)}), zipguard.TOO_MANY),
    "an encrypted part": (encrypted_flag, says.BOOK_LOCKED),
    "cut in half": (lambda: books.form()[:4000], says.BOOK_BROKEN),
    "cut before its end": (lambda: books.form()[:-10], says.BOOK_BROKEN),
}


@pytest.mark.parametrize("case", HOSTILE_CONTAINERS)
def test_a_hostile_container_is_not_opened(case: str) -> None:
    build, sentence = HOSTILE_CONTAINERS[case]
    assert_unreadable(build(), sentence)


ENTITIES = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
HOSTILE_PARTS = {
    "a foreign entity in the sheet": (books.SHEET, ENTITIES, says.BOOK_HOSTILE),
    "growing entities in the sheet": (books.SHEET, LAUGHS, says.BOOK_HOSTILE),
    "a foreign entity in the workbook": ("xl/workbook.xml", ENTITIES, says.BOOK_BROKEN),
    "a foreign entity in the strings": ("xl/sharedStrings.xml", ENTITIES, says.BOOK_HOSTILE),
    "a foreign entity in the styles": ("xl/styles.xml", ENTITIES, says.BOOK_HOSTILE),
}


@pytest.mark.parametrize("case", HOSTILE_PARTS)
def test_entities_are_refused_in_every_part(case: str) -> None:
    part, declaration, sentence = HOSTILE_PARTS[case]
    assert_unreadable(books.changed(books.shared(books.form()), part, lambda xml: declaration.encode() + xml), sentence)


DOUBLES = {
    "a cell twice": (CELL, '<c r="G14" t="inlineStr"><is><t>FF</t></is></c><c r="G14"', "Cell G14 stands twice"),
    "a cell twice in another spelling": (CELL, '<c r="g14"/><c r="G14"', "Cell G14 stands twice"),
    "a row twice": ('<row r="14"', '<row r="14"/><row r="14"', "Row 14 stands twice"),
    "a cell in another row": (CELL, '<c r="G13"/><c r="G14"', "Cell G13 stands"),
    "all data twice": ("<sheetData>", "<sheetData></sheetData><sheetData>", "data stands twice"),
    "alternative contents": (
        CELL,
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/><c r="G14"',
        "alternative contents",
    ),
    "alternative sheet data": (
        "<sheetData>",
        (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><sheetData/>'
            "</mc:AlternateContent><sheetData>"
        ),
        "alternative contents",
    ),
    "a cell within a stranger's element": (CELL, '<x:y xmlns:x="urn:x"/><c r="G14"', "only some readers know"),
    "two values in a cell": ("<is>", "<v>1</v><is>", "two values"),
    "the same value twice in a cell": ("</is>", "</is><is><t>FF</t></is>", "two values"),
    "a row within a row": ('<row r="14"', '<row r="13000"><row r="14"/></row><row r="13001"', "within another one"),
    "a cell behind the data": (
        "</sheetData>",
        '</sheetData><extLst><ext uri="a"><row r="14"><c r="G14"><v>6</v></c></row></ext></extLst>',
        "where none belong",
    ),
    "a cell in a cell's extension": (
        "</is></c>",
        '</is><extLst><ext uri="a"><c r="G14"><v>6</v></c></ext></extLst></c>',
        "where none belong",
    ),
    "a cell outside of any row": ('<row r="14"', '<c r="A99"/><row r="14"', "outside of its row"),
}
FRAMES = {
    "a list of sheets twice": ("<sheets>", "<sheets/><sheets>", "stands twice"),
    "an alternative list of sheets": (
        "<sheets>",
        '<sheets><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>',
        "damaged",  # openpyxl does not read it at all
    ),
}
ALTERNATIVE_TEXT = (
    b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    b"<mc:Choice><t>FF</t></mc:Choice></mc:AlternateContent><t>"
)


@pytest.mark.parametrize("case", DOUBLES)
def test_what_two_readers_could_read_differently_is_never_taken_as_read(case: str) -> None:
    old, new, words = DOUBLES[case]
    reading = read(books.swapped(old, new))
    assert reading.document.kind is DocumentKind.NEW_ENTRY
    assert reading.entry is not None
    assert not reading.entry.readable
    assert words in (reading.entry.trouble or "")
    assert reading.entry.rows
    assert reading.document.trouble == reading.entry.trouble


@pytest.mark.parametrize("case", FRAMES)
def test_a_frame_that_two_readers_could_read_differently_is_never_taken_as_read(case: str) -> None:
    old, new, words = FRAMES[case]
    entry = read(books.swapped(old, new, "xl/workbook.xml")).entry
    assert entry is not None
    assert words in (entry.trouble or "")


def test_alternative_contents_of_a_shared_text_are_never_taken_as_read() -> None:
    spoilt = books.changed(
        books.shared(books.form()), "xl/sharedStrings.xml", lambda xml: xml.replace(b"<t>", ALTERNATIVE_TEXT, 1)
    )
    entry = read(spoilt).entry
    assert entry is not None
    assert "alternative contents" in (entry.trouble or "")


def test_alternative_contents_beside_the_data_do_no_harm() -> None:
    end = "</sheetData>"
    button = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>'
    entry = read(books.swapped(end, end + button)).entry
    assert entry is not None
    assert entry.readable


def test_a_million_rows_are_refused_before_they_are_loaded() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(1, 200_000))
    assert_unreadable(sheet_with(rows), says.BOOK_LARGE)


def test_a_large_sheet_beside_the_form_does_no_harm() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(1, 70_000))
    xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    content = books.form(whole_workbook=True)
    content = books.changed(content, "xl/worksheets/sheet3.xml", lambda _: xml + rows + b"</sheetData></worksheet>")
    entry = read(content).entry
    assert entry is not None
    assert entry.readable


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        ("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A50:XFD1048576"/></mergeCells>'),
        ("<sheetData>", '<cols><col min="8" max="16384" width="0" customWidth="1"/></cols><sheetData>'),
    ],
    ids=["the last cell of all", "everything merged", "columns to the end"],
)
def test_a_sheet_that_reaches_to_the_end_is_read_as_far_as_the_form(old: str, new: str) -> None:
    parts = books.parts_of(books.form())
    xml = parts[books.SHEET]
    for tag in (b"mergeCells", b"cols"):
        start, end = xml.find(b"<" + tag), xml.find(b"</" + tag + b">")
        xml = xml[:start] + xml[end + len(tag) + 3 :]
    parts[books.SHEET] = xml.replace(old.encode(), new.encode(), 1)
    entry = read(books.container(parts)).entry
    assert entry is not None
    assert entry.readable
    assert entry.value(FormField.FIRMWARE_VERSION) == "01:02:05:06"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "form.xlsx", says.EMPTY),
        (b"<html><table><tr><td>Data Group</td></tr></table></html>", "form.xls", says.BOOK_WEB),
        (b"just text", "form.xlsx", says.BOOK_NOT),
        (b"%PDF-1.7 something", "form.xlsx", says.BOOK_NOT),
        (books.container({"readme.txt": b"x"}), "form.xlsx", says.BOOK_NOT),
        (books.container({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "form", says.BOOK_BROKEN),
        (
            books.container({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"}),
            "form",
            says.BOOK_BINARY,
        ),
        (books.container({"[Content_Types].xml": b"spreadsheetml"}), "form", says.BOOK_BROKEN),
    ],
)
def test_what_only_looks_like_a_workbook_is_said_to_be_what_it_is(content: bytes, name: str, sentence: str) -> None:
    assert_unreadable(content, sentence, name)


def test_flipped_bits_never_raise() -> None:
    chance = random.Random(20220921)  # the same sample each time
    content = books.form()
    kinds = set()
    for _ in range(150):
        bent = bytearray(content)
        for _ in range(3):
            bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
        reading = read(bytes(bent))
        assert reading.entry is not None or reading.document.kind is not DocumentKind.NEW_ENTRY
        kinds.add(reading.document.kind)
    assert DocumentKind.UNREADABLE in kinds


def test_every_cut_end_is_unreadable_and_never_missed() -> None:
    content = books.form()
    for length in range(1, len(content), 397):
        reading = read(content[:length])
        assert reading.document.kind is DocumentKind.UNREADABLE
        assert reading.entry is not None
        assert reading.entry.trouble
