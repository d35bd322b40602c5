from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from intake.register import published
from intake.register.published import read_list
from intake.register.unreadable import UnreadableListError
from rules.facts import RegisterEntry
from rules.published import PUBLISHED, UPGRADE_PATH

DATA = Path(os.environ.get("CPL_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "cpl"
ENTRIES = DATA / "entries-000001-000450.csv"

LINE = (
    "000001", "Current", "Gas Smart Meter", "10:6C", "43:31", "00", "AC", "12:40:74:DA", "SMETS V2.0 ",
    "GBCS Version 1.0 ", "[E] NCSC-1433053936-9001", "Security Characteristics version 1.2", "30/08/2028", "", "",
    "ZIG16041ZSE12476-24", "ZigBee Smart Energy Standard 1.2a", "Zoë & Söhne", "", "",
)  # fmt: skip


def as_csv(rows: Iterable[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_book(rows: Iterable[Sequence[object]], title: str = "Central Products List", *, first: str = "Notes") -> bytes:
    book = Workbook()
    book.active.title = first
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = [PUBLISHED, LINE]


@pytest.mark.parametrize(
    "content",
    [
        as_csv(GOOD),
        as_csv(GOOD, encoding="utf-8-sig"),
        as_csv(GOOD, encoding="cp1252"),
        as_csv(GOOD, delimiter=";"),
        as_csv(GOOD, delimiter="\t"),
        as_csv([["Published on 21/09/2022"], [], *GOOD, []]),
        as_book(GOOD),
        as_book(GOOD, title="List"),
        as_book([["Central Products List"], [None], *GOOD, [None] * 21]),
        as_book([PUBLISHED, ["six digits", "status"], LINE]),
    ],
)
def test_every_form_of_the_list_reads_the_same(content: bytes) -> None:
    (entry,) = read_list(content)
    assert (entry.number, entry.status) == ("000001", "Current")
    assert tuple(entry.fields) == PUBLISHED[2:]
    assert tuple(entry.fields.values()) == LINE[2:]


def test_columns_are_known_whatever_their_case_and_place() -> None:
    names = [name.upper().replace(".", ". ").replace(". ", ".") for name in PUBLISHED]
    rows = [[*reversed(names), "MP231 Firmware Upgrade Path (ids)", "SIZE"], [*reversed(LINE), "N/A", "7"]]
    (entry,) = read_list(as_csv(rows))
    assert entry.fields[PUBLISHED[2]] == LINE[2]
    assert entry.fields[UPGRADE_PATH] == "N/A"
    assert entry.fields["SIZE"] == "7"


def test_the_form_s_name_of_the_version_column_is_known_too() -> None:
    names = ["SMETS/CHTS Version.Version_number" if name.startswith("SMETS") else name for name in PUBLISHED]
    (entry,) = read_list(as_csv([names, LINE]))
    assert tuple(entry.fields) == PUBLISHED[2:]


def test_a_header_in_two_rows_is_read() -> None:
    groups, attributes = zip(*(name.split(".", 1) for name in PUBLISHED), strict=True)
    sparse = ["" if at and groups[at - 1] == group else group for at, group in enumerate(groups)]
    (entry,) = read_list(as_csv([sparse, attributes, LINE]))
    assert tuple(entry.fields) == PUBLISHED[2:]


def test_what_a_spreadsheet_changed_is_read_as_it_shows_it() -> None:
    line: list[object] = list(LINE)
    line[0], line[3], line[4], line[5], line[12], line[13] = 1, time(10, 2), timedelta(days=1), 0, None, 1830.0
    line[12] = datetime(2028, 8, 30)  # noqa: DTZ001  # a spreadsheet's days have no zone
    (entry,) = read_list(as_book([PUBLISHED, line]))
    assert entry.number == "000001"
    assert list(entry.fields.values())[1:4] == ["10:02", "24:00", "00"]
    assert list(entry.fields.values())[10:12] == ["30/08/2028", "1830"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no header row"),
        (b"hello, world\n", "no header row"),
        (as_csv([PUBLISHED[:6], LINE[:6]]), "lacks columns"),
        (as_csv([[*PUBLISHED, PUBLISHED[7]], [*LINE, LINE[7]]]), f"the column {PUBLISHED[7]} twice"),
        (as_csv([*GOOD, ["x", *LINE[1:]]]), "'x', not six digits"),
        (as_csv([*GOOD, ["", *LINE[1:]]]), "not six digits"),
        (b"PK\x03\x04 and no more", "no .xlsx"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "no .xlsx"),
        (b"Entry.number\0", "no .xlsx"),
        (as_book([["nothing"]]), "no header row"),
        (as_csv(GOOD) + b'"' + b"x" * 200_000, "no .xlsx"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableListError, match=words):
        read_list(content)


@pytest.mark.parametrize(("limit", "value"), [("MAX_LINES", 1), ("MAX_BYTES", 10)])
def test_what_is_far_beyond_any_list_is_refused(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, limit, value)
    with pytest.raises(UnreadableListError, match="more than"):
        read_list(as_book([*GOOD, LINE]))


def test_a_list_without_lines_is_empty() -> None:
    assert read_list(as_csv([PUBLISHED])) == ()


headed = st.text(max_size=200).map(lambda text: f"{','.join(PUBLISHED)}\n{text}".encode())


@given(st.binary(max_size=200) | headed)
def test_nothing_but_a_list_or_a_sentence_comes_of_any_bytes(content: bytes) -> None:
    entries: tuple[RegisterEntry, ...] = ()
    told = "."
    try:
        entries = read_list(content)
    except UnreadableListError as error:
        told = str(error)
    assert told.endswith(".")
    assert all(len(entry.number) == 6 for entry in entries)


@pytest.mark.skipif(not ENTRIES.exists(), reason=f"the published entries are not at {ENTRIES}")
def test_the_real_list_is_read_to_the_letter() -> None:
    entries = read_list(ENTRIES.read_bytes())
    with ENTRIES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert tuple(rows[0]) == PUBLISHED
    assert [(entry.number, entry.status, *entry.fields.values()) for entry in entries] == [
        tuple(row) for row in rows[1:]
    ]
    assert read_list(as_book(rows)) == entries
    assert load_workbook(BytesIO(as_book(rows))).sheetnames[1] == published.TAB


def test_beside_another_version_what_says_the_same_is_the_same_object_and_all_else_is_read_alike() -> None:
    numbered = [(f"{at:06}", *LINE[1:]) for at in range(1, 9)]
    before = read_list(as_csv([PUBLISHED, *numbered]))
    changed = [list(line) for line in numbered]
    changed[1][1] = "Removed"
    changed[2][17] = "Another"
    changed[3][17] += " "
    changed[4][5] = "0"  # as a spreadsheet leaves it
    changed[5][0] = "6"
    del changed[6][18:]
    content = as_csv([PUBLISHED, *changed])
    alone, beside = read_list(content), read_list(content, before)
    assert beside == alone
    assert [entry is was for entry, was in zip(beside, before, strict=True)] == [at in (0, 7) for at in range(8)]
    assert published.read_list_file(content, before).normalised == published.read_list_file(content).normalised
    other_columns = as_csv([[*PUBLISHED[:2], *reversed(PUBLISHED[2:])], [*LINE[:2], *reversed(LINE[2:])]])
    assert read_list(other_columns, before) == read_list(other_columns)
