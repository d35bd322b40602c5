"""What waits for a person is one thing: the page's first view, `queue`, `status` and the metrics say the same."""

from __future__ import annotations

import pytest
from helpers import a_message
from store.desk_rows import ADA, NOW, Case, fill

from intake.cli.queue import public_row
from intake.store import lists, queue, submissions, threads, view_counts
from intake.store.engine import Store
from intake.store.narrowing import Narrowing
from intake.store.selection import WORK, Order
from intake.store.tally import Tally
from intake.store.vitals import vitals
from intake.web import views


@pytest.fixture
def cases(store: Store) -> list[Case]:
    return fill(store, 90)


def test_the_page_the_commands_and_the_metrics_agree(store: Store, cases: list[Case]) -> None:
    waiting = {case.id for case in cases if case.state in WORK or case.calls}
    view = views.VIEWS[0]
    with store.reading() as tx:
        listed = [row.submission.id for row in queue.rows(tx, where=queue.WAITING)]
        (counted,) = view_counts.counts(tx, [view.shows], ADA)
        found = vitals(tx, Tally(), NOW)
        shown, after = set[int](), None
        while True:
            window = lists.window(tx, view.shows, Narrowing(), Order.OLDEST, ADA, after)
            shown |= set(window.numbers)
            if not window.after:
                break
            after = window.after[0]
    assert set(listed) == waiting
    assert shown == waiting
    assert counted == found.waiting == len(waiting)
    assert found.waiting_since == min(case.received_at for case in cases if case.id in waiting)
    assert not {case.id for case in cases if case.state == "asked" and not case.calls} & waiting


def test_where_nothing_waits_nothing_is_the_oldest(store: Store) -> None:
    with store.reading() as tx:
        assert view_counts.waiting(tx) == (0, None)


def test_a_claim_that_has_run_out_is_nobodys(store: Store, cases: list[Case]) -> None:
    with store.reading() as tx:
        told = {row.submission.id: public_row(row, NOW)["claimed_by"] for row in queue.rows(tx)}
    assert told == {case.id: case.claimed_by if case.claimed() else None for case in cases}
    assert any(case.claimed_by and case.claimed_until and case.claimed_until <= NOW for case in cases)


def test_what_is_new_of_a_case_is_told_whatever_was_seen_of_others(store: Store) -> None:
    with store.transaction() as tx:
        submissions.record(tx, [a_message(number) for number in range(1, 6)])
        threads.see(tx, 1, 1, "Ada", NOW)
        threads.join(tx, [submissions.get(tx, 3)], 1)
        threads.see(tx, 5, 5, "Ada", NOW)
    with store.reading() as tx:
        told = {row.submission.id: (row.news, row.unseen) for row in queue.rows(tx)}
        lines = {row.submission.id: (row.news, row.unseen) for row in queue.rows_of(tx, [1, 2, 3, 4, 5])}
    assert told == lines == {1: (1, 1), 2: (0, 1), 3: (0, 0), 4: (0, 1), 5: (0, 0)}
