"""Of all that changed an entry, the change that set a value is named for that value, and no other."""

from __future__ import annotations

import pytest
from helpers import HandClock
from pipeline.publishing import DESCRIPTOR, listed, published, today

from intake.pipeline.list.change import agree, propose
from intake.pipeline.list.set_by import set_by
from intake.pipeline.services import Services
from intake.register.changes import ChangeKind, ListChange
from intake.register.reconcile import Change, difference
from intake.store import listing

CREATOR = "Manufacturer_Image.creator"
ENTRY = "000002"


def corrected(services: Services, reason: str, **values: str) -> None:
    number = propose(services, ListChange(ChangeKind.CORRECT, today(services), (ENTRY,), values, reason=reason), "Ada")
    assert number is not None
    agree(services, number, "Ben")


@pytest.fixture
def three_versions(services: Services, clock: HandClock) -> Services:
    """2.052: two corrections of two fields; 2.053: one of them again; 2.054: back to what it was in 2.052."""
    listed(services, 1, 2)
    for reasons in (
        {"The image was named wrongly.": {DESCRIPTOR: "Whole image"}, "The maker was mistyped.": {CREATOR: "Hale"}},
        {"It is a fragment.": {DESCRIPTOR: "Fragment"}},
        {"It is whole after all.": {DESCRIPTOR: "Whole image"}},
    ):
        for reason, values in reasons.items():
            corrected(services, reason, **values)
        published(services)
        clock.forward(days=1)
    return services


def why(services: Services, before: str, after: str) -> dict[str, str | None]:
    """The reason of each field that differs."""
    with services.store.reading() as tx:
        first, second = (listing.version_named(tx, name) for name in (before, after))
        assert first
        assert second
        changes = [*difference(listing.entries_of(tx, first), listing.entries_of(tx, second))]
        told = listing.histories(tx, {change.entry for change in changes}, second)
    made = {change.field: set_by(told[change.entry], change) for change in changes}
    return {field: version.reason if version else None for field, version in made.items()}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2.051", "2.052", {DESCRIPTOR: "The image was named wrongly.", CREATOR: "The maker was mistyped."}),
        ("2.051", "2.053", {DESCRIPTOR: "It is a fragment.", CREATOR: "The maker was mistyped."}),
        ("2.051", "2.054", {DESCRIPTOR: "It is whole after all.", CREATOR: "The maker was mistyped."}),
        ("2.052", "2.053", {DESCRIPTOR: "It is a fragment."}),
        ("2.052", "2.054", {}),
        ("2.053", "2.052", {DESCRIPTOR: "The image was named wrongly."}),
        ("2.054", "2.051", {DESCRIPTOR: None, CREATOR: None}),
    ],
)
def test_each_value_has_the_reason_of_the_change_that_set_it(
    three_versions: Services, before: str, after: str, expected: dict[str, str | None]
) -> None:
    assert why(three_versions, before, after) == expected


def test_a_new_entry_has_what_brought_it_in_and_one_that_is_gone_or_unheard_of_has_nothing(
    three_versions: Services,
) -> None:
    with three_versions.store.reading() as tx:
        told = listing.histories(tx, [ENTRY])[ENTRY]
    made = set_by(told, Change(ENTRY, "", "", "Current"))
    assert made is not None
    assert made.kind == listing.IMPORT
    assert set_by(told, Change(ENTRY, "", "Current", "")) is None
    assert set_by(told, Change(ENTRY, DESCRIPTOR, "Whole image", "What no one ever said")) is None
    assert set_by((), Change(ENTRY, DESCRIPTOR, "", "Whole image")) is None
