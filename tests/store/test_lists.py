"""Every list, in every order and narrowed by every filter, page by page, on every database, against the simple way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from store.desk_rows import ADA, DUE_BEFORE, NOW, Case, fill, sorted_cases

from intake.domain.submission import State
from intake.store import lists, narrowing, submissions, view_counts
from intake.store.engine import Store
from intake.store.lists import PAGE, Key
from intake.store.narrowing import NOBODY, Narrowing
from intake.store.selection import (
    CALLS,
    DUE,
    MINE,
    NOT_ONES_OWN,
    UNCLAIMED,
    UNCLEAR,
    WORK,
    Onlooker,
    Order,
    Selection,
)

COUNT = 400
Shown = Callable[[Case], bool]

SELECTIONS: dict[str, tuple[Selection, Shown]] = {
    "waiting": (
        Selection(WORK, beside=CALLS, movable_first=True),
        lambda case: case.state in WORK or case.calls,
    ),
    "mine": (
        Selection((*WORK, State.ASKED), MINE),
        lambda case: case.state in (*WORK, State.ASKED) and case.claimed() and case.claimed_by == "Ada",
    ),
    "unclaimed": (Selection(WORK, UNCLAIMED), lambda case: case.state in WORK and not case.claimed()),
    "due": (Selection(WORK, DUE), lambda case: case.state in WORK and case.received_at < DUE_BEFORE),
    "second": (
        Selection((State.PROPOSED,), NOT_ONES_OWN),
        lambda case: case.state is State.PROPOSED and case.proposed_by != "Ada",
    ),
    "unclear": (Selection(WORK, UNCLEAR), lambda case: case.state in WORK and case.kind == "unclear"),
    "approved": (Selection((State.APPROVED,)), lambda case: case.state is State.APPROVED),
    "everything": (Selection(), lambda _: True),
    "few": (Selection(where=CALLS, few=True), lambda case: case.calls),
}
NARROWINGS: dict[str, tuple[Narrowing, Shown]] = {
    "all": (Narrowing(), lambda _: True),
    "outcome": (Narrowing(outcome="return"), lambda case: case.outcome == "return"),
    "kind": (Narrowing(kind="update"), lambda case: case.kind == "update"),
    "nobody": (Narrowing(claimed_by=NOBODY), lambda case: not case.claimed()),
    "ben": (Narrowing(claimed_by="Ben"), lambda case: case.claimed() and case.claimed_by == "Ben"),
    "device": (Narrowing(device="GAS smart meter"), lambda case: case.device.startswith("Gas")),
    "maker": (Narrowing(manufacturer="ashdown  METERING"), lambda case: case.maker[0] == "10:6C"),
    "code": (Narrowing(manufacturer="10:6d"), lambda case: case.maker[0] == "10:6D"),
    "both": (
        Narrowing(device="Communications Hub", outcome="ready"),
        lambda case: case.device == "Communications Hub" and case.outcome == "ready",
    ),
    "search": (Narrowing(numbers=tuple(range(1, COUNT + 1, 3))), lambda case: case.id % 3 == 1),
    "nothing": (Narrowing(manufacturer="nobody at all"), lambda _: False),
}


@pytest.fixture
def cases(store: Store) -> list[Case]:
    return fill(store, COUNT)


def pages(store: Store, selection: Selection, narrowed: Narrowing, order: Order) -> list[list[int]]:
    """Leaf through a list from its start to its end."""
    read, after, number = [], None, 0
    while True:
        number += 1
        with store.reading() as tx:
            window = lists.window(tx, selection, narrowed, order, ADA, after)
        assert len(window.before) == min(number - 1, lists.AROUND)
        assert window.number == (number if number <= lists.AROUND + 1 else None)
        read.append(list(window.numbers))
        if not window.after:
            return read
        after = window.after[0]


@pytest.mark.parametrize("few", [narrowing.FEW, 0], ids=["led by few", "read in order"])
def test_every_list_shows_just_what_it_should_in_order(
    store: Store, cases: list[Case], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(narrowing, "FEW", few)
    for name, (selection, shown) in SELECTIONS.items():
        for how, (narrowed, passes) in NARROWINGS.items():
            wanted = [case for case in cases if shown(case) and passes(case)]
            for order in Order if how in {"all", "maker", "search"} else (Order.NEWEST,):
                read = pages(store, selection, narrowed, order)
                expected = sorted_cases(wanted, order, movable_first=selection.movable_first)
                assert [number for page in read for number in page] == expected, (name, how, order)
                assert all(len(page) == PAGE for page in read[:-1])


def test_the_submission_whose_reference_was_typed_comes_before_all_others(store: Store, cases: list[Case]) -> None:
    found = tuple(range(1, 400, 3))
    for selection, shown in SELECTIONS.values():
        for order in Order:
            among = [case for case in cases if case.id in found and shown(case)]
            line = sorted_cases(among, order, movable_first=selection.movable_first)
            first = line[-1]
            read = pages(store, selection, Narrowing(numbers=found, first=first), order)
            assert [number for page in read for number in page] == [first, *line[:-1]]


def test_next_goes_from_the_first_to_the_second_of_what_was_found(store: Store, cases: list[Case]) -> None:
    to_do = [case for case in cases if case.state in WORK and case.movable()]
    oldest, *_, newest = sorted_cases(to_do, Order.OLDEST)
    narrowed = Narrowing(numbers=tuple(case.id for case in to_do), first=newest)
    with store.reading() as tx:
        here = submissions.get(tx, newest)
        beside = lists.neighbours(tx, SELECTIONS["waiting"][0], narrowed, Order.OLDEST, ADA, here)
        behind = lists.neighbours(
            tx, SELECTIONS["waiting"][0], narrowed, Order.OLDEST, ADA, submissions.get(tx, oldest)
        )
    assert (beside.before, beside.after, behind.before) == (None, oldest, newest)


def test_the_pages_before_are_those_that_were_left_behind(store: Store, cases: list[Case]) -> None:
    del cases
    for selection in (SELECTIONS["waiting"][0], SELECTIONS["everything"][0], SELECTIONS["few"][0]):
        for order in Order:
            starts: list[Key | None] = [None]
            with store.reading() as tx:
                while (window := lists.window(tx, selection, Narrowing(), order, ADA, starts[-1])).after:
                    assert list(window.before) == starts[-1 - len(window.before) : -1]
                    starts.append(window.after[0])


def test_a_page_whose_rows_have_gone_is_the_last_that_there_is(store: Store, cases: list[Case]) -> None:
    selection = SELECTIONS["everything"][0]
    last = sorted_cases(cases, Order.NEWEST)[-1]
    end = Key(0, next(case for case in cases if case.id == last).received_at - timedelta(days=1), 1)
    with store.reading() as tx:
        window = lists.window(tx, selection, Narrowing(), Order.NEWEST, ADA, end)
    assert window.numbers[-1] == last
    assert window.after == ()


def test_counts_are_those_of_the_lists_and_stop_at_a_bound(
    store: Store, cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [selection for selection, _ in SELECTIONS.values()]
    expected = [sum(map(shown, cases)) for _, shown in SELECTIONS.values()]
    with store.reading() as tx:
        assert view_counts.counts(tx, chosen, ADA) == expected
    monkeypatch.setattr(view_counts, "MOST_COUNTED", 20)
    view_counts._counting.cache_clear()  # noqa: SLF001  # built with the other bound
    with store.reading() as tx:
        counted = view_counts.counts(tx, chosen, ADA)
    view_counts._counting.cache_clear()  # noqa: SLF001  # likewise
    assert all(count == real if real <= 20 else count > 20 for count, real in zip(counted, expected, strict=True))


def test_next_is_the_nearest_behind_that_the_person_may_move(store: Store, cases: list[Case]) -> None:
    by_number = {case.id: case for case in cases}
    for name, (selection, shown) in SELECTIONS.items():
        for order in Order:
            for how in ("all", "maker", "search"):
                narrowed, passes = NARROWINGS[how]
                shown_here = [case for case in cases if shown(case) and passes(case) and case.movable()]
                to_do = [case for case in shown_here if case.state in WORK or (name == "waiting" and case.calls)]
                arrival = Order.NEWEST if order is Order.NEWEST else Order.OLDEST
                line = sorted_cases(to_do, arrival)
                with store.reading() as tx:
                    for number in (1, 50, 250, 399):
                        here = by_number[number].key(arrival, movable_first=False)
                        behind = [n for n in line if by_number[n].key(arrival, movable_first=False) > here]
                        submission = submissions.get(tx, number)
                        before = [n for n in line if by_number[n].key(arrival, movable_first=False) < here]
                        actual = lists.neighbours(tx, selection, narrowed, order, ADA, submission)
                        assert actual.after == (behind[0] if behind else None), (name, order, how, number)
                        assert actual.before == (before[-1] if before else None), (name, order, how, number)


def test_going_from_next_to_next_reaches_everything_that_is_to_be_done(store: Store, cases: list[Case]) -> None:
    """Numbers do not follow arrival, so that a list by one and a filter by the other would lose some."""
    selection = SELECTIONS["waiting"][0]
    to_do = {case.id for case in cases if (case.state in WORK or case.calls) and case.movable()}
    with store.reading() as tx:
        first = lists.window(tx, selection, Narrowing(), Order.OLDEST, ADA).numbers[0]
        reached = [first]
        while (
            number := lists.neighbours(
                tx, selection, Narrowing(), Order.OLDEST, ADA, submissions.get(tx, reached[-1])
            ).after
        ) is not None:
            reached.append(number)
    assert len(reached) == len(set(reached))
    assert set(reached) == to_do


def test_without_four_eyes_ones_own_proposal_is_ones_own_to_confirm(store: Store, cases: list[Case]) -> None:
    alone = Onlooker("Ada", NOW, DUE_BEFORE, four_eyes=False)
    proposed = sum(case.state is State.PROPOSED for case in cases)
    with store.reading() as tx:
        assert view_counts.counts(tx, [SELECTIONS["second"][0]], alone) == [proposed]


@pytest.mark.parametrize("name", ["", "'; DROP TABLE message; --", "%", "Ada\u202e", "x" * 10_000])
def test_a_hostile_name_is_only_a_name(store: Store, cases: list[Case], name: str) -> None:
    del cases
    hostile = Onlooker(name, NOW, DUE_BEFORE)
    with store.reading() as tx:
        assert view_counts.counts(tx, [SELECTIONS["mine"][0]], hostile) == [0]
        shown = lists.window(tx, SELECTIONS["everything"][0], Narrowing(claimed_by=name or "?"), Order.OLDEST, hostile)
        assert shown.numbers == ()
