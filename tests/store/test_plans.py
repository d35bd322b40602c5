"""The plan of every statement that a page, a look or a message asks: on no database does one read a whole table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise

import pytest
from fresh_stores import lay_store
from sqlalchemy import event, insert, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection
from store.desk_rows import ADA, NOW, fill
from store.plan_asks import ASKS, COUNT, KEY, LEASE, Ask

from intake.domain.events import EVENTS
from intake.domain.message import Sighting
from intake.domain.search_facts import FactKind, sought
from intake.domain.submission import WORKABLE
from intake.store import (
    audit,
    lanes,
    lists,
    queue,
    search,
    sightings,
    submissions,
)
from intake.store.audit import Sought
from intake.store.engine import Store, Transaction
from intake.store.lanes import Direction
from intake.store.lists import Key
from intake.store.narrowing import Narrowing
from intake.store.schema import PROGRAM, ROUTINE, entry_version, message, thread
from intake.store.schema import event as event_table
from intake.store.schema import outbox as outbox_table
from intake.store.selection import WAITING, WORK, Order
from intake.web import views

LARGE = (
    "message",
    "outbox",
    "event",
    "sighting",
    "fact",
    "summary",
    "thread",
    "looked",
    "mention",
    "resolution",
    "entry_version",
)
"""What grows with the years."""
_SMALL = ("thread_with_news", "message_disposed")
"""Indexes of few rows at any time."""
_OF_SMALL_TABLES = ("seqscan", "mergejoin", "hashjoin", "material")
"""Ways in which PostgreSQL reads tables as small as a test's whole, and rightly."""
_AN_END = re.compile(r"FROM (\w+) ORDER BY \1\.(id|seq) DESC\s+LIMIT")
"""Of the newest rows of a table SQLite says that it scans it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement as a driver was given it."""

    statement: str
    parameters: object


def asked(tx: Transaction, ask: Ask) -> list[Asked]:
    """Whatever one function puts to the database."""
    heard: list[Asked] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        heard.append(Asked(statement, parameters))

    event.listen(tx, "before_cursor_execute", note)
    try:
        ask(tx)
    finally:
        event.remove(tx, "before_cursor_execute", note)
    return [
        each for each in heard if re.match("SELECT|UPDATE|WITH", each.statement) and "pg_advisory" not in each.statement
    ]


def scans(tx: Connection, each: Asked) -> list[str]:
    """The steps of its plan that go through a large table from end to end."""
    given = each.parameters
    explain = "EXPLAIN QUERY PLAN" if tx.dialect.name == "sqlite" else "EXPLAIN (COSTS OFF)"
    rows = [row[-1] for row in tx.exec_driver_sql(f"{explain} {each.statement}", given)]  # type: ignore[arg-type]  # as the driver was given them
    if tx.dialect.name == "sqlite":
        return [] if _AN_END.search(each.statement) else _of_sqlite(rows)
    return _of_postgresql(rows)


def _of_sqlite(rows: list[str]) -> list[str]:
    tables = (*LARGE, "member", "other")
    return [row for row in rows if (match := re.match(r"SCAN (\w+)", row)) and match[1] in tables and not _few(row)]


def _of_postgresql(rows: list[str]) -> list[str]:
    """Whole tables, and indexes that are walked without a condition of their own."""
    found = []
    for at, row in enumerate(rows):
        whole = re.search(r"Seq Scan on (\w+)", row)
        walked = re.search(r"Index (?:Only )?Scan(?: Backward)? using \w+ on (\w+)", row)
        conditions = row, *rows[at + 1 : at + 2]
        bitmap = re.search(r"Bitmap Index Scan on (\w+)", row)
        if whole and whole[1] in LARGE:
            found.append(row)
        elif (walked and walked[1] in LARGE) or bitmap:
            first = at > 0 and "Limit" in rows[at - 1]  # of a sorted index, from its end
            found += [row] if "Index Cond" not in conditions[-1] and not first and not _few(row) else []
    return found


def _few(row: str) -> bool:
    return any(name in row for name in _SMALL)


_ACTORS = PROGRAM, "Ada"


def _to(number: int) -> str:
    """Whom a letter went to: one address in twenty has had several, as it is with the years."""
    return f"robin{number if number % 20 else ''}@ashdown.example"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for every question, as a question's transaction is undone."""
    if request.param == "sqlite":
        with closing(Store(lay_store(tmp_path_factory.mktemp("plans") / "store.db")).open()) as store:
            yield _with_rows(store)
        return
    with (
        request.getfixturevalue("databases").database() as url,
        closing(Store(url).open()) as store,
    ):
        yield _with_rows(store)


def _with_rows(store: Store) -> Store:
    cases = fill(store, COUNT)
    quiet = [case.id for case in cases if not case.calls]
    with store.transaction() as tx:
        letter = {"kind": "acknowledgement", "recipient": "robin@ashdown.example", "content": b"x", "attempts": 1}
        sent = {**letter, "state": "sent", "queued_at": NOW, "sent_at": NOW}
        tx.execute(
            insert(outbox_table),
            [{**sent, "message": n, "message_id": f"<s{n}@x.test>", "recipient": _to(n)} for n in quiet],
        )
        tx.execute(insert(thread), [{"id": n, "newest": n, "seen": n} for n in quiet])
        rows = [Sighting("post", "1", str(number)) for number in range(COUNT)]
        sightings.discover(tx, rows, NOW)
        sightings.change(tx, rows[:-5], sightings.SightingState.RECEIVED)
        names = (*ROUTINE, "approved", "linked")
        happened = {"at": NOW, "detail": "{}", "content_sha256": "", "digest": ""}
        tx.execute(
            insert(event_table),
            [
                {**happened, "seq": n, "message": n % COUNT + 1, "name": names[n % 8], "actor": _ACTORS[n % 8 == 6]}
                for n in range(1, 4 * COUNT)
            ],
        )
        came = {"kind": "import", "effective": "", "recorded_at": NOW, "status": "Current", "fields": "{}"}
        tx.execute(insert(entry_version), [{**came, "number": f"{n:06}"} for n in range(COUNT)])
        if tx.dialect.name == "postgresql":
            tx.exec_driver_sql("ANALYZE")
    return store


def refuse_scans(store: Store, ask: Ask) -> None:
    """Ask it, and hold that each statement can be answered by indexes that lead to its rows."""
    with store.transaction() as tx, tx.begin_nested() as undone:
        if tx.dialect.name == "postgresql":
            for way in _OF_SMALL_TABLES:
                tx.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        statements = asked(tx, ask)
        told = [(steps, each.statement) for each in statements if (steps := scans(tx, each))]
        undone.rollback()
    assert statements
    assert not told, told


NARROWED = {
    "all": Narrowing(),
    "outcome": Narrowing(outcome="return"),
    "device": Narrowing(device="Gas Smart Meter"),
    "maker": Narrowing(manufacturer="Brook Meters"),
    "claimed": Narrowing(claimed_by="Ben"),
    "found": Narrowing(numbers=tuple(range(1, 200, 7))),
}


@pytest.mark.parametrize("narrowed", NARROWED.values(), ids=NARROWED)
@pytest.mark.parametrize("view", views.VIEWS, ids=lambda view: view.slug or "waiting")
def test_no_list_goes_through_a_table(filled: Store, view: views.View, narrowed: Narrowing) -> None:
    with filled.reading() as tx:
        here = submissions.get(tx, 300)
    for order in Order:
        for after in (None, KEY):

            def ask(tx: Transaction, order: Order = order, after: Key | None = after) -> None:
                found = lists.window(tx, view.shows, narrowed, order, ADA, after)
                queue.rows_of(tx, found.numbers)
                lists.neighbours(tx, view.shows, narrowed, order, ADA, here)

            refuse_scans(filled, ask)


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_nothing_on_a_page_or_a_message_s_way_goes_through_a_table(filled: Store, ask: Ask) -> None:
    refuse_scans(filled, ask)


def test_work_is_claimed_by_state_even_where_nearly_everything_seemed_to_wait(filled: Store) -> None:
    """As after a backlog, of which the statistics still tell when all of it is done."""
    if not filled.url.startswith("postgresql"):
        pytest.skip("SQLite goes by no statistics")
    with filled.transaction() as tx, tx.begin_nested() as undone:
        tx.execute(update(message).values(state="received"))
        tx.exec_driver_sql("ANALYZE message")
        steps = _plans(tx, lambda tx: submissions.claim(tx, "me", now=NOW, lease=LEASE, limit=5))
        undone.rollback()
    assert len([step for step in steps if "message_by_state" in step]) == len(WORKABLE), steps


def test_what_is_called_routine_are_events_there_are() -> None:
    assert set(ROUTINE) <= set(EVENTS)


def test_the_ledger_is_read_from_its_end_for_what_many_bear(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What thousands of submissions bear, some of the newest do."""
    monkeypatch.setattr("intake.store.audit._FEW", 0)
    gas = Sought(fact=(FactKind.DEVICE, "gas smart meter"))
    steps = steps_of(filled, lambda tx: audit.find(tx, gas, None, 50))
    assert not [step for step in steps if re.search(r"Sort|TEMP B-TREE|Join", step)], steps


def test_the_plan_of_a_whole_table_is_told(filled: Store) -> None:
    with pytest.raises(AssertionError, match="message"):
        refuse_scans(filled, lambda tx: tx.exec_driver_sql("SELECT count(*) FROM message WHERE size > 5").all())


@pytest.mark.parametrize("narrowed", [NARROWED["maker"], NARROWED["found"]], ids=["maker", "found"])
@pytest.mark.parametrize("order", Order)
def test_the_few_that_can_be_on_a_list_are_read_by_number_alone(
    filled: Store, narrowed: Narrowing, order: Order
) -> None:
    if filled.url.startswith("postgresql"):
        pytest.skip("of PostgreSQL the test before asks that no list goes through a table")
    steps = steps_of(filled, lambda tx: lists.window(tx, views.EVERYTHING.shows, narrowed, order, ADA, KEY))
    read = [step for step in steps if step.startswith("SEARCH message ")]
    assert read
    assert all("INTEGER PRIMARY KEY" in step for step in read), read


@pytest.mark.parametrize("ask", ["a list", "a search"])
def test_facts_are_looked_up_message_by_message(filled: Store, ask: str) -> None:
    if not filled.url.startswith("postgresql"):
        pytest.skip("SQLite joins nothing by itself")
    of_device = lanes.nearest(WAITING, NARROWED["device"], Direction(Order.OLDEST), 51)
    assert of_device is not None
    asks: dict[str, Ask] = {
        "a list": lambda tx: tx.execute(of_device, ADA.parameters),
        "a search": lambda tx: search.find(tx, sought("gas brook")),
    }
    joins = [step for step in steps_of(filled, asks[ask]) if re.search(r"Join|Nested Loop", step)]
    assert not joins, joins


def test_a_word_is_looked_for_among_a_message_s_facts_by_one_look(filled: Store) -> None:
    """Not by all of them: of two words that never meet, thousands of messages are looked at."""
    steps = [step.strip() for step in steps_of(filled, lambda tx: search.find(tx, sought("gas 12:03")))]
    if filled.url.startswith("postgresql"):
        looks = [below for step, below in pairwise(steps) if step.endswith("on fact other")]
    else:
        looks = [step for step in steps if step.startswith("SEARCH other")]
    assert looks
    assert all("message" in look and "value" in look for look in looks), looks


def test_by_deadline_what_only_calls_for_a_person_is_read_by_number_whatever_its_state(filled: Store) -> None:
    steps = steps_of(filled, lambda tx: lists.window(tx, WAITING, Narrowing(), Order.DEADLINE, ADA))
    by_state = [step for step in steps if re.search(r"message_by_state", step)]
    assert len(by_state) == 2 * len(WORK), by_state  # what the reader can move, and the rest


@pytest.mark.parametrize("order", Order)
def test_what_only_calls_for_a_person_is_read_by_number_whoever_has_claimed_it(filled: Store, order: Order) -> None:
    """Not by all that a person ever claimed, which grows with the years."""
    if filled.url.startswith("postgresql"):
        pytest.skip("PostgreSQL puts two indexes together")
    steps = steps_of(filled, lambda tx: lists.window(tx, WAITING, NARROWED["claimed"], order, ADA))
    by_claim = [step for step in steps if "message_by_claim" in step]
    assert by_claim
    assert all("state" in step for step in by_claim), by_claim


def test_everything_with_a_common_fact_is_read_once_and_not_state_by_state(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.store.narrowing.FEW", 1)
    steps = steps_of(
        filled, lambda tx: lists.window(tx, views.EVERYTHING.shows, NARROWED["maker"], Order.NEWEST, ADA, KEY)
    )
    assert len([step for step in steps if "message_by_arrival" in step]) == 2, steps  # to either side


def steps_of(store: Store, ask: Ask) -> list[str]:
    """The plan of whatever is asked."""
    with store.transaction() as tx:
        return _plans(tx, ask)


def _plans(tx: Transaction, ask: Ask) -> list[str]:
    explain = "EXPLAIN QUERY PLAN" if tx.dialect.name == "sqlite" else "EXPLAIN (COSTS OFF)"
    return [
        row[-1]
        for question in asked(tx, ask)
        for row in tx.exec_driver_sql(f"{explain} {question.statement}", question.parameters)  # type: ignore[arg-type]  # as the driver was given them
    ]


@pytest.mark.parametrize(("order", "moments"), [(Order.OLDEST, ""), (Order.NEWEST, " DESC"), (Order.DEADLINE, "")])
def test_a_state_leads_the_order_of_its_lane_on_postgresql(order: Order, moments: str) -> None:
    """It would else read by arrival until it has met enough, where much is open: that lies at the end of all there is.

    A plan of a store as small as a test's does not show it.
    """
    nearest = lanes.nearest(WAITING, Narrowing(), Direction(order), 51)
    assert nearest is not None
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    statement = " ".join(str(nearest.compile(dialect=dialect)).split())
    key = f"message.state{moments}, message.received_at{moments}, message.id{moments}"
    assert statement.count(f"ORDER BY {key} ") == statement.count("message.state = ANY (ARRAY[") == 2 * len(WORK)
