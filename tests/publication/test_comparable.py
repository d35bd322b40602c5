"""Two lists are compared in what both can say."""

from __future__ import annotations

from dataclasses import replace

from feeds import FOUR, ONE, THREE, TWO, altered, with_path

from intake.publication import dcc
from intake.publication.comparable import Side, comparable, of_file
from intake.register.feed import read_feed
from intake.register.reconcile import difference
from rules.facts import RegisterEntry
from rules.published import PUBLISHED, UPGRADE_PATH

LIST = (ONE, TWO, THREE, FOUR)
RESTRICTED = {"Contact-CPA.Contact.contact name": "Ada"}


def told(before: Side, after: Side) -> list[tuple[str, str, str, str]]:
    return [
        (change.entry, change.field, change.before, change.after) for change in difference(*comparable(before, after))
    ]


def copy_of(*entries: RegisterEntry) -> Side:
    read, _ = read_feed(dcc.dcc_csv(entries, "Version 2.001 Issued on 23-11-2026"), ())
    return of_file(read)


def test_the_dcc_s_copy_of_a_list_is_that_list() -> None:
    assert told(Side(LIST), copy_of(*LIST)) == []
    assert told(copy_of(*LIST), Side(LIST)) == []
    assert told(copy_of(*LIST), copy_of(*LIST)) == []


def test_what_differs_in_the_dcc_s_copy_is_told_as_it_stands_there() -> None:
    changed = (ONE, altered(TWO, FIRMWARE_VERSION="00:00:00:09"), FOUR)
    firmware = "Device_Model.firmware_version"
    assert told(Side(LIST), copy_of(*changed)) == [
        ("000002", firmware, TWO.fields[firmware].replace(":", ""), "00000009"),
        ("000003", "", "Current", ""),
    ]


def test_a_joined_code_that_was_changed_alone_is_told() -> None:
    content = dcc.dcc_csv(LIST, "Version 2.001 Issued on 23-11-2026").replace(b"0002010A", b"0002010B", 1)
    read, _ = read_feed(content, ())
    ((entry, field, before, after),) = told(Side(LIST), of_file(read))
    assert (entry, before, after) == ("000001", "0002010A", "0002010B")
    assert "concatenated" in field


def test_a_file_says_nothing_of_what_it_has_no_column_for() -> None:
    full = tuple(replace(entry, fields={**entry.fields, **RESTRICTED}) for entry in LIST)
    bare = tuple(replace(entry, fields={k: v for k, v in entry.fields.items() if k != UPGRADE_PATH}) for entry in LIST)
    assert told(Side(full), of_file(bare)) == []
    assert told(of_file(bare), Side(full)) == []
    assert [field for _, field, *_ in told(Side(full), Side(bare))] != [], "of two versions every value counts"


def test_what_a_feed_leaves_out_as_empty_is_told() -> None:
    emptied = tuple(with_path(entry, "") for entry in LIST)
    left_out = tuple(replace(entry, fields={k: v for k, v in entry.fields.items() if v}) for entry in emptied)
    changes = told(Side(LIST), of_file(left_out, (*PUBLISHED, UPGRADE_PATH)))
    assert {field for _, field, *_ in changes} == {UPGRADE_PATH}
