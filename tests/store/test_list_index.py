"""The index of the list follows the register on every kind of database, whoever appends to it."""

from __future__ import annotations

from datetime import date, timedelta

from feeds import a_listed, removed
from helpers import FRIDAY

from intake.store import changes, listing
from intake.store.changes import ChangeState, NewChange
from intake.store.engine import Store
from intake.store.list_index import NOW, AsOf, ListIndex


def numbers(store: Store, index: ListIndex, as_of: AsOf = NOW) -> dict[str, bool]:
    """The list by number, and whether each entry is Current."""
    with store.reading() as tx:
        return {glance.number: glance.shape.current for glance in index.snapshot(tx, as_of).entries}


def test_it_reads_on_what_was_appended_and_what_was_published_since(store: Store) -> None:
    index = ListIndex()
    assert numbers(store, index) == {}
    with store.transaction() as tx:
        first = listing.record(tx, [a_listed("000001"), a_listed("000002")], FRIDAY, source="0" * 64, version="2.001")
    assert numbers(store, index) == {"000001": True, "000002": True}
    later = FRIDAY + timedelta(days=3)
    with store.transaction() as tx:
        change = changes.add(tx, NewChange("remove", ChangeState.APPROVED, "{}", "", "Ada", decided_by="Ben"), later)
        after = [removed(a_listed("000001")), a_listed("000003")]
        listing.append(tx, after, later, change=change, kind="remove", effective=later.date(), person="Ben")
    assert numbers(store, index) == {"000001": False, "000002": True, "000003": True}
    assert numbers(store, index, AsOf(list_version=first.id)) == {"000001": True, "000002": True}
    assert numbers(store, index, AsOf(day=date(2026, 11, 22))) == {"000001": True, "000002": True}
    assert numbers(store, index, AsOf(day=date(2026, 11, 23))) == {"000001": False, "000002": True, "000003": True}
    with store.transaction() as tx:
        second = listing.record(tx, (), later, source="1" * 64, version="2.002")
        listing.publish(tx, second, [one.id for one in listing.unpublished(tx)])
    assert numbers(store, index, AsOf(list_version=second.id)) == numbers(store, index)
    assert numbers(store, index, AsOf(list_version=first.id)) == {"000001": True, "000002": True}
    assert numbers(store, ListIndex()) == numbers(store, index)


def test_what_two_versions_differ_in_is_read_without_the_rest(store: Store) -> None:
    with store.transaction() as tx:
        one = listing.record(tx, [a_listed("000001"), a_listed("000002")], FRIDAY, source="0" * 64, version="2.001")
        other = listing.record(tx, [removed(a_listed("000002"))], FRIDAY, source="1" * 64, version="2.002")
    with store.reading() as tx:
        between = listing.published_between(tx, other, one)
        told = [listing.some_entries_of(tx, version, ["000002", "000009"]) for version in (one, other)]
        assert [version.entry.number for version in between] == ["000002"]
        assert [[entry.status for entry in entries] for entries in told] == [["Current"], ["Removed"]]
        assert listing.version_named(tx, "\x00") is None
