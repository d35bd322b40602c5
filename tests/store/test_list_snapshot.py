"""A search of a list by its shapes and codes finds what looking through every column of every entry finds."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from feeds import a_listed, with_path
from helpers import FRIDAY

from intake.store import list_snapshot, listing
from intake.store.engine import Store
from intake.store.list_index import AsOf, ListIndex
from intake.store.list_snapshot import Snapshot
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import PUBLISHED, UPGRADE_PATH

_CODES = (
    FormField.MANUFACTURER_IDENTIFIER,
    FormField.MODEL_IDENTIFIER,
    FormField.FIRMWARE_VERSION,
    FormField.IMAGE_HASH,
)
_TYPES = ("Gas Smart Meter", "Pre-Payment Interface Device", "Zähler STRASSE ", "")


def an_entry(number: int, draw: random.Random) -> RegisterEntry:
    """An entry whose codes come of few digits, so that they are like each other's."""
    digits = [":".join("".join(draw.choices("01aB", k=2)) for _ in range(pairs)) for pairs in (2, 2, 4, 32)]
    entry = a_listed(
        f"{number:06}",
        draw.choice(("Current", "Removed ")),
        DEVICE_TYPE=draw.choice(_TYPES),
        **{FormField(name).name: code for name, code in zip(_CODES, digits, strict=True)},
    )
    return with_path(entry, draw.choice(("N/A", f"{number - 1:06}", "", "000001, 000002")))


def by_columns(entry: RegisterEntry, word: str) -> bool:
    """Whether an entry says a word in a column, or in a code without its colons."""
    texts = [entry.number, entry.status, *(entry.fields.get(str(name), "") for name in (*PUBLISHED[2:], UPGRADE_PATH))]
    bare = [entry.fields.get(str(name), "").replace(":", "") for name in _CODES]
    return any(word in text.casefold() for text in (*texts, *bare))


def a_snapshot(store: Store, entries: list[RegisterEntry]) -> Snapshot:
    """The list of these entries."""
    with store.transaction() as tx:
        listing.record(tx, entries, FRIDAY, source="0" * 64, version="2.001")
    with store.reading() as tx:
        return ListIndex().snapshot(tx)


@pytest.mark.parametrize("many", [0, 5, 1_000], ids=["each text", "some codes", "codes"])
def test_a_word_is_found_where_a_column_says_it(store: Store, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(list_snapshot, "_MANY", many)
    draw = random.Random(11)
    entries = [an_entry(number, draw) for number in range(1, 200)]
    snapshot = a_snapshot(store, entries)
    some = snapshot.those(lambda shape: shape.current)
    hashes = [entry.fields[str(FormField.IMAGE_HASH)].casefold() for entry in entries]
    words = [
        "0",
        ":",
        "::",
        "1:0",
        "a:b",
        "000",
        "01ab",
        "n/a",
        "000017",
        "000001,",
        "meter",
        "strasse",
        "zä",
        "ß",
        "w",
    ]
    words += [draw.choice(hashes)[at : at + 14] for at in range(20)]
    words += [draw.choice(hashes).replace(":", "")[at : at + 9] for at in range(20)]
    for word in words:
        wanted = [entry.number for entry in entries if by_columns(entry, word)]
        assert [glance.number for glance in snapshot.having(word, snapshot.entries)] == wanted, word
        current = {glance.number for glance in some}
        assert [glance.number for glance in snapshot.having(word, some)] == [one for one in wanted if one in current]


def test_an_entry_is_found_by_its_number_and_by_its_device(store: Store) -> None:
    snapshot = a_snapshot(store, [a_listed(number, MODEL_IDENTIFIER=number[2:]) for number in ("000003", "000009")])
    glance = snapshot.find("000009")
    assert glance is not None
    assert glance.number == "000009"
    assert [snapshot.find(number) for number in ("000001", "000004", "000010")] == [None, None, None]
    assert [other.number for other in snapshot.of_devices({glance.shape.device})] == ["000009"]


def test_a_list_as_of_any_day_is_what_was_told_by_then(store: Store) -> None:
    draw, index = random.Random(5), ListIndex()
    days = [FRIDAY + timedelta(days=at) for at in (0, 0, 3, 4, 9)]
    for at, day in enumerate(days):
        with store.transaction() as tx:
            some = draw.sample(range(1, 30), 12)
            told = [a_listed(f"{number:06}", DEVICE_TYPE=f"type {at}") for number in sorted(some)]
            listing.record(tx, told, day, source=f"{at}" * 64, version=f"2.00{at}")
    with store.reading() as tx:
        for at in range(-1, 12):
            on = (FRIDAY + timedelta(days=at)).date()
            shown = index.snapshot(tx, AsOf(day=on)).entries
            wanted = [(entry.number, entry.fields[str(FormField.DEVICE_TYPE)]) for entry in listing.entries_on(tx, on)]
            assert [(glance.number, glance.shape.device_type) for glance in shown] == wanted
        for version in listing.versions(tx):
            shown = index.snapshot(tx, AsOf(list_version=version.id)).entries
            wanted = [
                (entry.number, entry.fields[str(FormField.DEVICE_TYPE)]) for entry in listing.entries_of(tx, version)
            ]
            assert [(glance.number, glance.shape.device_type) for glance in shown] == wanted
        assert len({id(index.snapshot(tx, AsOf(day=days[-1].date() + timedelta(days=at)))) for at in range(3)}) == 1
