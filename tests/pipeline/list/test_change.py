"""People change the list: one asks, another agrees or refuses, on every kind of database, and many at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest
from dossiers import GAS, a_dossier, a_form
from feeds import a_listed, removed
from helpers import HandClock, a_submission, fetched

from intake.config import ReviewConfig
from intake.domain.review import DecisionRefusedError
from intake.pipeline.arrival.receive import receive
from intake.pipeline.list import change as pipeline
from intake.pipeline.list.amendments import end_amendments
from intake.pipeline.list.change import NoSuchChangeError, open_changes, propose, refuse, shown
from intake.pipeline.list.enter import enter_approved
from intake.pipeline.list.listing import import_list
from intake.pipeline.services import Services
from intake.register.changes import ChangeKind, ListChange, RemovalReason, column
from intake.register.published import ListFile
from intake.store import changes, events, listing
from intake.store.changes import ChangeState
from intake.store.engine import Store
from rules.fields import FormField
from rules.published import PUBLISHED, published

TODAY = date(2026, 11, 20)
MANY, PEOPLE = 50, 8


@pytest.fixture
def listed(services: Services) -> Services:
    """A list of three entries, the last of them Removed."""
    entries = (a_listed("000001"), a_listed("000002"), removed(a_listed("000007")))
    _, taken = import_list(services, b"the file", ListFile(entries, PUBLISHED, version="2.001"))
    assert taken
    return services


def a_change(kind: ChangeKind, *entries: str, **more: object) -> ListChange:
    return ListChange(kind, TODAY, entries, reason="As agreed.", **more)  # type: ignore[arg-type]  # the fields of ListChange


def gbcs(text: str) -> dict[str, str]:
    return {column(FormField.GBCS_VERSION): text}


def said(services: Services, number: str) -> list[str]:
    """The GBCS versions that an entry has stated, oldest first."""
    with services.store.reading() as tx:
        return [published(one.entry, FormField.GBCS_VERSION) for one in listing.history(tx, number)]


def names(services: Services) -> list[str]:
    with services.store.reading() as tx:
        assert events.first_fault(tx) is None
        return [event.name for event in events.chain(tx)]


def test_what_one_asks_for_another_agrees_to_and_only_then_it_is_so(listed: Services) -> None:
    asked = a_change(ChangeKind.REMOVE, "000001", removal=RemovalReason.DEFECT, internal_reason="told by the maker")
    number = propose(listed, asked, "Ada")
    assert number is not None
    with listed.store.reading() as tx:
        assert len(listing.history(tx, "000001")) == 1
    assert [one.stored.id for one in open_changes(listed)] == [number]
    with pytest.raises(DecisionRefusedError, match="another person must agree"):
        pipeline.agree(listed, number, "Ada")
    assert pipeline.agree(listed, number, "Ben") == ("000001",)
    with listed.store.reading() as tx:
        version = listing.history(tx, "000001")[-1]
    assert (version.entry.status, version.person, version.change) == ("Removed", "Ben", number)
    assert (version.reason, version.internal_reason, version.published) == ("As agreed.", "told by the maker", False)
    with pytest.raises(DecisionRefusedError, match="is approved"):
        pipeline.agree(listed, number, "Cid")
    made = shown(listed, number).made
    assert [(one.before.status if one.before else "", one.after.status) for one in made] == [("Current", "Removed")]


def test_nobody_agrees_to_something_else_than_was_asked_for(listed: Services) -> None:
    first = propose(listed, a_change(ChangeKind.CORRECT, "000001", values=gbcs("GBCS Version 4.1")), "Ada")
    second = propose(listed, a_change(ChangeKind.CORRECT, "000001", values=gbcs("GBCS Version 4.2")), "Ada")
    assert first is not None
    assert second is not None
    pipeline.agree(listed, first, "Ben")
    assert "something else of it now" in shown(listed, second).trouble
    with pytest.raises(DecisionRefusedError, match="something else of it now"):
        pipeline.agree(listed, second, "Ben")
    assert said(listed, "000001") == ["GBCS Version 3.2", "GBCS Version 4.1"]
    refuse(listed, second, "It is done already.", "Ada")
    assert open_changes(listed) == ()


def test_a_refusal_has_a_reason_and_is_final(listed: Services) -> None:
    number = propose(listed, a_change(ChangeKind.REINSTATE, "000007"), "Ada")
    assert number is not None
    with pytest.raises(DecisionRefusedError, match="Say why"):
        refuse(listed, number, " ", "Ben")
    refuse(listed, number, "Not yet.", "Ben")
    for person in ("Ada", "Ben"):
        with pytest.raises(DecisionRefusedError, match="is refused"):
            refuse(listed, number, "Again.", person)
    with pytest.raises(DecisionRefusedError, match="is refused"):
        pipeline.agree(listed, number, "Cid")
    with pytest.raises(NoSuchChangeError):
        pipeline.agree(listed, 99, "Cid")
    with listed.store.reading() as tx:
        assert len(listing.history(tx, "000007")) == 1


def test_what_cannot_be_made_is_not_even_recorded(listed: Services) -> None:
    with pytest.raises(DecisionRefusedError, match="is Current"):
        propose(listed, a_change(ChangeKind.REINSTATE, "000001"), "Ada")
    assert open_changes(listed) == ()


def test_without_a_list_nothing_is_changed(services: Services) -> None:
    with pytest.raises(DecisionRefusedError, match="No list was taken in"):
        propose(services, a_change(ChangeKind.REINSTATE, "000001"), "Ada")


def test_one_person_decides_alone_where_the_configuration_says_so(listed: Services) -> None:
    config = msgspec.structs.replace(listed.config, review=ReviewConfig(four_eyes=False))
    alone = replace(listed, config=config)
    assert propose(alone, a_change(ChangeKind.REINSTATE, "000007"), "Ada") is None
    with listed.store.reading() as tx:
        assert listing.history(tx, "000007")[-1].entry.status == "Current"
    assert names(listed)[-1] == "list_change_approved"


def test_an_amendment_ends_on_its_day_and_what_others_have_stated_since_stays(
    listed: Services, clock: HandClock
) -> None:
    until = date(2026, 11, 23)
    values = gbcs("GBCS Version 3.1")
    number = propose(listed, a_change(ChangeKind.AMEND, "000001", "000002", values=values, until=until), "Ada")
    assert number is not None
    pipeline.agree(listed, number, "Ben")
    other = propose(listed, a_change(ChangeKind.CORRECT, "000002", values=gbcs("GBCS Version 4.1")), "Ben")
    assert other is not None
    pipeline.agree(listed, other, "Ada")
    clock.forward(days=2)  # Sunday
    assert end_amendments(listed) == ()
    clock.forward(days=1)
    assert end_amendments(listed) == ("000001",)
    assert end_amendments(listed) == ()
    assert said(listed, "000001") == ["GBCS Version 3.2", "GBCS Version 3.1", "GBCS Version 3.2"]
    assert said(listed, "000002") == ["GBCS Version 3.2", "GBCS Version 3.1", "GBCS Version 4.1"]


@pytest.mark.parametrize(
    ("first", "second", "runs"),
    [
        (3, 5, (3, 5)),  # the later amendment outlasts the one that it was made over
        (5, 3, (3, 5)),
        (3, 3, (3,)),
        (3, 5, (9,)),  # nobody ran the program meanwhile
        (5, 3, (9,)),
    ],
)
def test_an_amendment_over_another_leaves_what_was_said_before_both(
    listed: Services, clock: HandClock, first: int, second: int, runs: tuple[int, ...]
) -> None:
    begun = clock.now().date()
    for days, value in ((first, "GBCS Version 3.1"), (second, "GBCS Version 3.0")):
        until = begun + timedelta(days=days)
        number = propose(listed, a_change(ChangeKind.AMEND, "000001", values=gbcs(value), until=until), "Ada")
        assert number is not None
        pipeline.agree(listed, number, "Ben")
    for day in runs:
        clock.at = datetime.combine(begun + timedelta(days=day), time(9), UTC)
        end_amendments(listed)
    assert said(listed, "000001")[-1] == "GBCS Version 3.2"
    clock.forward(days=30)
    assert end_amendments(listed) == ()


@pytest.fixture
def people(listed: Services) -> Iterator[list[Services]]:
    """So many processes with one store."""
    stores = [Store(listed.store.url).open() for _ in range(PEOPLE)]
    yield [replace(listed, store=store) for store in stores]
    for store in stores:
        store.close()


def test_fifty_approvals_at_once_give_fifty_numbers_without_gap_or_double(people: list[Services]) -> None:
    dossier = a_dossier(a_form(GAS))
    message = _message(people[0])

    def approve(at: int) -> tuple[str, ...]:
        services = people[at % PEOPLE]
        with services.store.transaction() as tx:
            return enter_approved(tx, dossier, [0], ("Ada", "Ben"), message, services.clock.now())

    with ThreadPoolExecutor(PEOPLE) as pool:
        given = [number for numbers in pool.map(approve, range(MANY)) for number in numbers]
    assert sorted(given) == [f"{number:06}" for number in range(8, 8 + MANY)]
    with people[0].store.reading() as tx:
        assert len(listing.all_entries(tx) or ()) == 3 + MANY
        assert events.first_fault(tx) is None
        assert len(changes.of_message(tx, message)) == MANY


def test_people_who_agree_at_once_have_agreed_once(people: list[Services]) -> None:
    number = propose(people[0], a_change(ChangeKind.READD, "000007"), "Ada")
    assert number is not None

    def agree(at: int) -> bool:
        try:
            pipeline.agree(people[at], number, f"Ben {at}")
        except DecisionRefusedError:
            return False
        return True

    with ThreadPoolExecutor(PEOPLE) as pool:
        assert list(pool.map(agree, range(PEOPLE))).count(True) == 1
    with people[0].store.reading() as tx:
        assert [entry.number for entry in listing.all_entries(tx) or ()] == ["000001", "000002", "000007", "000008"]
        stored = changes.get(tx, number)
    assert stored is not None
    assert stored.state is ChangeState.APPROVED


def _message(services: Services) -> int:
    receive(services, fetched(a_submission()))
    return 1
