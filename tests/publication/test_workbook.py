"""A version is written into the workbook before it: the list changes, the makers go, and all else stays to the byte."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from publication.books import (
    CANARIES,
    FORM_TAB,
    MACRO,
    NEW,
    OLD,
    VERSION_ROWS,
    Book,
    a_book,
    edition,
    packed,
    parts,
    unpacked,
)
from register.lines import a_version

from intake.publication import dcc
from intake.publication.book.rewrite import has_macros
from intake.publication.book.unusable import UnusableWorkbookError
from intake.publication.edition import Copy, Edition
from intake.publication.tabs import CSV_TAB, LIST_TAB, VERSIONS_TAB, columns_of, listed
from intake.publication.workbook import workbook, write_workbook
from intake.register.published import read_list_file, read_tab
from rules.facts import RegisterEntry
from rules.published import PUBLISHED

KINDS = {
    "as Excel has it": Book(),
    "texts in their cells": Book(shared=False),
    "a prefix": Book(prefix="x:"),
    "targets from the root": Book(absolute=True),
    "another folder": Book(folder="xl/other/deep/", absolute=True),
    "other files": Book(names={LIST_TAB: "a b.xml", FORM_TAB: "sheet1.xml", CSV_TAB: "s.xml", VERSIONS_TAB: "9.xml"}),
    "no macros": Book(macros=False),
    "no entries yet": Book(entries=()),
    "one entry": Book(entries=OLD[:1]),
    "more entries": Book(entries=(*NEW, *(a_version(number) for number in range(6, 60)))),
}
CHANGED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/tables/table1.xml"}
GONE = {"xl/calcChain.xml", "xl/persons/person.xml", "xl/printerSettings/printerSettings1.bin",
        "xl/printerSettings/printerSettings2.bin", "customXml/item1.xml", "customXml/itemProps1.xml",
        "customXml/_rels/item1.xml.rels"}  # fmt: skip


def changed(book: Book) -> set[str]:
    rels = {f"{book.folder}_rels/{book.names[title]}.rels" for title in (LIST_TAB, FORM_TAB)}
    properties = {"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"}
    tabs = {book.part(title) for title in (LIST_TAB, CSV_TAB, VERSIONS_TAB, FORM_TAB)}
    return CHANGED | rels | properties | tabs | ({"xl/calcChain.xml"} if book.entries else set())


@pytest.mark.parametrize("book", KINDS.values(), ids=KINDS)
def test_only_the_list_changes_and_the_makers_go(book: Book) -> None:
    before, after = parts(book), unpacked(workbook(edition(), packed(parts(book))))
    assert before.keys() - after.keys() == GONE
    assert {name for name in after if after[name] != before.get(name)} == changed(book) - {"xl/calcChain.xml"}
    for content in after.values():
        assert not [name for name in CANARIES if name.encode() in content or name.encode("utf-16-le") in content]
    form = book.part(FORM_TAB)
    number = b' r:id="rId3"'  # of the printer settings: a tab that names a relationship which is not there is repaired
    assert after[form] == before[form].replace(number, b"")
    assert after.get("xl/vbaProject.bin") == (MACRO if book.macros else None)


@pytest.mark.parametrize("book", KINDS.values(), ids=KINDS)
def test_what_goes_in_is_read_back_to_the_letter(book: Book) -> None:
    told = edition()
    content = workbook(told, packed(parts(book)))
    read = read_list_file(content)
    assert (read.entries, read.version, read.issued, read.normalised) == (NEW_READ, "2.052", "30/11/2026", {})
    rows = read_tab(content, CSV_TAB)
    assert rows is not None
    assert list(rows) == [list(dcc.HEADER), *(dcc.row(entry, told.line) for entry in NEW)]
    opened = load_workbook(BytesIO(content))
    values = [
        [cell.value or "" for cell in row] for row in opened[LIST_TAB].iter_rows(min_row=6, max_col=len(PUBLISHED))
    ]
    assert values == [list(listed(entry, PUBLISHED)) for entry in NEW]
    cells = [cell for title in (LIST_TAB, CSV_TAB) for row in opened[title].iter_rows(min_row=6) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


NEW_READ = tuple(
    RegisterEntry(entry.number, entry.status, dict(zip(PUBLISHED[2:], list(listed(entry, PUBLISHED))[2:], strict=True)))
    for entry in NEW
)


def attribute(content: bytes, element: str, name: str) -> list[str]:
    return re.findall(rf'<{element}\b[^>]*\b{name}="([^"]*)"', content.decode())


@pytest.mark.parametrize(
    ("entries", "last"), [(NEW, 9), (OLD[:1], 6), ((*NEW, *(a_version(number) for number in range(6, 40))), 43)]
)
def test_what_refers_to_the_rows_follows_them(entries: tuple[RegisterEntry, ...], last: int) -> None:
    after = unpacked(workbook(edition(*entries), a_book()))
    tab, main = after["xl/worksheets/sheet3.xml"], after["xl/workbook.xml"].decode()
    assert attribute(tab, "dimension", "ref") == [f"A1:U{last}"]
    assert attribute(tab, "autoFilter", "ref") == [f"A4:U{last}"]
    assert b"filterColumn" not in tab
    assert attribute(tab, "conditionalFormatting", "sqref") == [f"A6:A{last} C6:U{last}"]
    assert f"COUNTIF($A$6:$A${last},A6)&gt;1".encode() in tab
    assert attribute(tab, "dataValidation", "sqref") == [f"B6:B{last}"]
    assert f"<xm:sqref>D6:D{last}</xm:sqref>".encode() in tab
    assert attribute(tab, "mergeCell", "ref") == ["A1:C1"]
    assert attribute(tab, "selection", "sqref") == ["A6:A8"]
    assert b"hyperlink" not in tab
    assert b'hidden="1"' not in tab
    assert b"Version 2.052 Issued on 30-11-2026" in tab
    assert attribute(after["xl/tables/table1.xml"], "(?:table|autoFilter)", "ref") == [f"A4:U{last}"] * 2
    names = dict(re.findall(r'definedName name="([\w.]+)"[^>]*>([^<]*)<', main))
    assert names["_xlnm._FilterDatabase"] == f"'{LIST_TAB}'!$A$4:$U${last}"
    assert names["_xlnm.Print_Area"] == f"'{LIST_TAB}'!$A$1:$U${last}"
    assert names["Numbers"] == f"'{LIST_TAB}'!$A$6:$A${last}"
    assert (names["_xlnm.Print_Titles"], names["Other"]) == (f"'{LIST_TAB}'!$1:$4", f"'{FORM_TAB}'!$A$6:$A$8")
    assert 'fullCalcOnLoad="1"' in main


def test_a_list_without_entries_grows_its_filter_and_keeps_what_is_above() -> None:
    after = unpacked(workbook(edition(), packed(parts(Book(entries=())))))
    main = after["xl/workbook.xml"].decode()
    assert attribute(after["xl/worksheets/sheet3.xml"], "conditionalFormatting", "sqref") == ["A6:A9 C6:U9"]
    assert f"'{LIST_TAB}'!$1:$4" in main


def test_an_entry_keeps_its_look_and_a_new_one_has_that_of_its_status() -> None:
    removed = RegisterEntry("000004", "Removed", OLD[2].fields)
    content = workbook(edition(OLD[0], OLD[1], removed, a_version(5)), a_book())
    tab = unpacked(content)["xl/worksheets/sheet3.xml"].decode()
    assert re.findall(r'<row r="(\d)" ht="(\d+)"><c r="A\d" s="(\d)"', tab) == [
        ("6", "18", "3"), ("7", "19", "4"), ("8", "19", "4"), ("9", "18", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize("book", [Book(), Book(shared=False), Book(prefix="x:"), Book(version_rows=1)])
def test_a_version_s_row_is_added_below_the_others_which_stay_to_the_byte(book: Book) -> None:
    note = "Entry 000005 added: <new> & “odd” =1+1\nSecond line "
    before, content = packed(parts(book)), workbook(edition(note=note), packed(parts(book)))
    old, new = (unpacked(each)[book.part(VERSIONS_TAB)].decode() for each in (before, content))
    kept = re.findall(rf'<{book.prefix}row r="[1-{2 + book.version_rows}]".*?</{book.prefix}row>', old)
    assert len(kept) == 2 + book.version_rows
    assert all(row in new for row in kept)
    rows = list(read_tab(content, VERSIONS_TAB) or ())
    assert rows[-1][:3] == ["2.052", "30/11/2026", note]
    assert rows[-2][0] == VERSION_ROWS[book.version_rows - 1][0]
    last = 3 + book.version_rows
    assert attribute(new.encode(), f"{book.prefix}mergeCell", "ref")[-1] == f"C{last}:E{last}"
    assert len(re.findall(rf'row r="{last}"', new)) == 1
    assert 'ht="60"' not in new[new.index(f'row r="{last}"') :]


def test_a_table_of_the_versions_grows_with_them() -> None:
    book = parts(Book())
    book["xl/tables/table2.xml"] = b'<table ref="A2:C4"><autoFilter ref="A2:C4"/></table>'
    relation = b'<Relationship Id="rId1" Type="http://a.example/relationships/table" Target="../tables/table2.xml"/>'
    whole = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%b</Relationships>'
    book["xl/worksheets/_rels/sheet1.xml.rels"] = whole % relation
    after = unpacked(workbook(edition(), packed(book)))
    assert after["xl/tables/table2.xml"] == b'<table ref="A2:C5"><autoFilter ref="A2:C5"/></table>'


def test_columns_of_versions_may_have_any_heading() -> None:
    rows = list(read_tab(workbook(edition(), a_book(heading="Synopsis")), VERSIONS_TAB) or ())
    assert rows[-1][:3] == ["2.052", "30/11/2026", "Entry 000005 added."]


def test_a_version_that_is_there_is_not_added_again_and_one_list_gives_the_same_bytes() -> None:
    once = workbook(edition(), a_book())
    assert workbook(edition(), a_book()) == once
    assert workbook(edition(), once) == once


def test_a_version_is_no_number_whose_last_digit_does_not_count() -> None:
    rows = list(read_tab(workbook(edition(version="2.05"), a_book()), VERSIONS_TAB) or ())
    assert [row[0] for row in rows[2:]] == ["2.050", "2.051", "2.05"]


ODD = [
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", " blanks  within and behind  ", "\ttab\t", "two\nlines", "a\r\nb",
    "_x000D_", "_x005F_", "_x00e9_", "x_x0041_x", "\x01\x1f\ufffe", "<b>&amp;</b>]]>", "Zoë \U0001f600", "00", "1E5",
    "30/08/2028", "TRUE", "'quoted", '"', "a;b,c",
]  # fmt: skip


def test_every_text_is_text_and_comes_back_as_it_was() -> None:
    entries = tuple(odd_entry(number, text) for number, text in enumerate(ODD, 1))
    content = workbook(edition(*entries), a_book())
    read = read_list_file(content)
    assert [entry.fields["Manufacturer_Image.creator"] for entry in read.entries] == ODD
    tab = unpacked(content)["xl/worksheets/sheet3.xml"]
    assert b"<f>" not in tab
    assert tab.isascii()
    assert unpacked(workbook(edition(*read.entries), a_book()))["xl/worksheets/sheet3.xml"] == tab


def odd_entry(number: int, text: str) -> RegisterEntry:
    entry = a_version(number)
    return RegisterEntry(entry.number, entry.status, {**entry.fields, "Manufacturer_Image.creator": text})


def test_the_list_s_digest_is_a_property_and_goes_by_the_content() -> None:
    once, again = workbook(edition(), a_book()), workbook(edition(), a_book(shared=False))
    for content in (once, again):
        assert edition().digest.encode() in unpacked(content)["docProps/custom.xml"]
    without = {name: part for name, part in parts(Book()).items() if name != "docProps/custom.xml"}
    without["_rels/.rels"] = re.sub(rb'<Relationship Id="rId4"[^>]*>', b"", without["_rels/.rels"])
    without["[Content_Types].xml"] = re.sub(
        rb'<Override PartName="/docProps/custom.xml"[^>]*>', b"", without["[Content_Types].xml"]
    )
    added = unpacked(workbook(edition(), packed(without)))
    assert edition().digest.encode() in added["docProps/custom.xml"]
    assert b"docProps/custom.xml" in added["_rels/.rels"]
    assert load_workbook(BytesIO(workbook(edition(), packed(without)))).custom_doc_props.names == [
        "CPL list digest (SHA-256)"
    ]


def test_the_first_workbook_ever_is_plain_and_the_next_is_written_into_it() -> None:
    first = workbook(edition(*OLD, version="2.051", note="The first."))
    assert workbook(edition(*OLD, version="2.051", note="The first.")) == first
    content = workbook(edition(), first)
    opened = load_workbook(BytesIO(content))
    assert opened.sheetnames == [VERSIONS_TAB, LIST_TAB, CSV_TAB]
    assert (opened[LIST_TAB].freeze_panes, opened[LIST_TAB].auto_filter.ref) == ("A3", "A2:U6")
    assert {cell.number_format for cell in opened[LIST_TAB][6]} == {"@"}
    assert [[cell.value for cell in row] for row in opened[VERSIONS_TAB].iter_rows(min_row=2)] == [
        ["2.051", "30/11/2026", "The first."], ["2.052", "30/11/2026", "Entry 000005 added."],
    ]  # fmt: skip
    assert b"creator" not in unpacked(content)["docProps/core.xml"]
    columns = columns_of(NEW)
    assert [list(listed(entry, columns)) for entry in read_list_file(content).entries] == [
        list(listed(entry, columns)) for entry in NEW
    ]
    unstated = tuple(a_version(number, None) for number in (1, 2))
    assert read_list_file(workbook(edition(*unstated))).columns == PUBLISHED


def test_a_copy_has_the_version_line_that_its_file_had() -> None:
    copy = Copy("2.051", edition().issued, OLD, said="Version 2.051")
    assert read_list_file(workbook(copy, a_book())).issued == ""
    nameless = Copy("", edition().issued, OLD)
    assert read_list_file(workbook(nameless, a_book())).version == ""
    assert workbook(nameless, workbook(nameless)) == workbook(nameless)


@pytest.mark.parametrize("title", [LIST_TAB, CSV_TAB, VERSIONS_TAB])
def test_a_workbook_without_a_tab_is_told(title: str) -> None:
    book = parts(Book())
    book["xl/workbook.xml"] = book["xl/workbook.xml"].replace(f'name="{title}"'.encode(), b'name="Other"')
    with pytest.raises(UnusableWorkbookError, match=f"no tab '{title}'"):
        workbook(edition(), packed(book))


def spoilt(name: str, old: bytes, new: bytes, count: int = -1) -> bytes:
    book = parts(Book(shared=False))
    assert old in book[name]
    book[name] = book[name].replace(old, new, count)
    return packed(book)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (spoilt("xl/worksheets/sheet3.xml", b"Manufacturer_Image.hash", b"Hash"), "no column Manufacturer_Image.hash"),
        (spoilt("xl/worksheets/sheet3.xml", b"Entry.number", b"No."), "no header row"),
        (spoilt("xl/worksheets/sheet3.xml", b"Device_Type.name", b"Type"), "no header with each column"),
        (spoilt("xl/worksheets/sheet4.xml", b">Version<", b">V<", 1), "no column Version"),
        (packed(parts(Book(version_rows=0, heading="What"))), "headings version, date and changes"),
        (spoilt("xl/worksheets/sheet1.xml", b"</worksheet>", b""), "is no XML"),
        (spoilt("xl/worksheets/sheet3.xml", b"</row>", b"", 1), "damaged"),
        (spoilt("xl/workbook.xml", b"<workbook", b"<!DOCTYPE x><workbook"), "damaged"),
        (b"PK\x03\x04", "damaged"),
        (b"", "damaged"),
        (packed({"a": b""}), "no workbook in it"),
        (packed({**parts(Book()), "XL/Workbook.xml": b""}), "two parts of one name"),
    ],
)
def test_a_workbook_that_lacks_what_is_needed_is_told_in_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(UnusableWorkbookError, match=says) as told:
        workbook(edition(), content)
    assert str(told.value)[0].isupper()
    assert str(told.value).endswith(".")


def test_it_is_written_from_a_file_to_a_file(tmp_path: Path) -> None:
    file, target = tmp_path / "old.xlsm", tmp_path / "new.xlsm"
    file.write_bytes(a_book())
    with target.open("w+b") as out:
        write_workbook(edition(), out, file)
    assert target.read_bytes() == workbook(edition(), a_book())
    assert has_macros(target)
    assert not has_macros(a_book(macros=False))


def test_a_comment_or_a_thread_keeps_its_people() -> None:
    book = parts(Book())
    thread = (
        b'<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
    )
    thread += b'Target="../drawings/drawing1.xml"/></Relationships>'
    name = "xl/worksheets/_rels/sheet2.xml.rels"
    book[name] = book[name].replace(b"</Relationships>", thread)
    assert "xl/persons/person.xml" in unpacked(workbook(edition(), packed(book)))


def test_a_signature_that_the_change_would_break_is_taken_out() -> None:
    book = parts(Book())
    origin = (
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/'
    )
    origin += b'origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    book["_rels/.rels"] = book["_rels/.rels"].replace(b"</Relationships>", origin)
    book["_xmlsignatures/origin.sigs"] = b""
    book["_xmlsignatures/_rels/origin.sigs.rels"] = book["customXml/_rels/item1.xml.rels"].replace(
        b"itemProps1.xml", b"sig1.xml"
    )
    book["_xmlsignatures/sig1.xml"] = b"<Signature/>"
    assert not [name for name in unpacked(workbook(edition(), packed(book))) if "sig" in name]


def test_the_digest_is_one_for_each_list() -> None:
    digests = {told.digest for told in (edition(), edition(*OLD), edition(version="2.053"), edition(note="other"))}
    assert len(digests) == 3
    assert isinstance(replace(edition(), note=""), Edition)
