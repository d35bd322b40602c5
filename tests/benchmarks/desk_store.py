"""A store of many cases: a few that the pipeline really took in and judged, and further ones by the rows it writes.

Beside its case each has what the program's own modules write: letter, sighting, line of a list, facts, events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dossiers import DEVICE_TYPES, a_dossier, a_form
from sqlalchemy import Dialect, Table, func, select, text
from web.world import StillClock, World

from intake.domain.events import AcknowledgementQueued, Extracted, Received, ReviewOpened
from intake.domain.letter_events import LetterSent
from intake.domain.review import Role
from intake.domain.search_facts import Fact, FactKind, code, of_envelope, words
from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.store import people, schema
from intake.store.engine import Store, Transaction
from intake.store.events import GENESIS
from intake.store.schema import PROGRAM
from intake.store.summaries import Summary
from intake.web.people import session

WAITING = 2_000
"""What a desk has open at any time grows with its people, not with its history."""
PERSON = "Ada"
_AT_A_TIME = 20_000
_HAPPENED = tuple(event.name for event in (Received, AcknowledgementQueued, LetterSent, Extracted, ReviewOpened))
_DONE = (State.APPROVED,) * 6 + (State.RETURNED,) * 3 + (State.CLOSED, State.FILED)
_OPEN = (State.IN_REVIEW,) * 8 + (State.QUARANTINED, State.PROPOSED, State.ASKED)
_OUTCOMES = ("ready", "ready", "return", "needs_a_person")
_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
}
"""All but those that hold a constraint, and the statements that build them anew."""
_MEMORY = {"sqlite": "PRAGMA cache_size = -400000", "postgresql": "SET LOCAL maintenance_work_mem = '400MB'"}
_UNCHECKED = "SET LOCAL session_replication_role = replica"
"""No row's references are looked up one by one; a user who may not say so writes elsewhere."""

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in."""

    cookie: str
    csrf: str


def write(place: Path, many: int, url: str = "") -> None:
    """Write a configuration and a store with so many cases, on the database of this URL or else on SQLite."""
    with _world(place, url) as world:
        for device in DEVICE_TYPES:
            world.judged(a_dossier(a_form(device)))
        for name in (PERSON, "Ben"):
            world.person(name, Role.ANALYST, password_hash="")
        _multiply(world, many)
        (place / "config.toml").write_text(
            f'[store]\nurl = "{world.services.store.url}"\n[evidence]\nkind = "folder"\npath = "evidence"\n'
            '[[mailbox]]\nname = "secas"\nkind = "folder"\npath = "mail"\n'
            '[outgoing]\nfrom = "SECAS <secas@example.test>"\n[web]\nport = 0\n'
        )


def sign_in(services: Services) -> Visitor:
    """Begin a session, as the sign-in page does once it has checked the password."""
    with services.store.reading() as tx:
        assert people.find(tx, PERSON) is not None
    token, known = session.begin(services.store, PERSON, services.clock.now())
    return Visitor(f"{session.cookie_name(services.config.web)}={token}", known.csrf)


@contextmanager
def _world(place: Path, url: str) -> Iterator[World]:
    world = World(place, clock=StillClock(datetime.now(UTC)))
    try:
        if url:
            world.services.store.close()
            world.services = replace(world.services, store=Store(url).open())
        yield world
    finally:
        world.close()


def _multiply(world: World, many: int) -> None:
    store = world.services.store
    with store.reading() as tx:
        rows = [row._asdict() for row in tx.execute(select(schema.message).order_by(schema.message.c.id))]
        letters = [row._asdict() for row in tx.execute(select(schema.outbox))]
        seq = tx.scalar(select(func.max(schema.event.c.seq))) or 0
        seen = tx.scalar(select(func.max(schema.sighting.c.id))) or 0
    first = len(rows) + 1
    with _indexes_afterwards(store):
        for start in range(first, many + 1, _AT_A_TIME):
            numbers = range(start, min(start + _AT_A_TIME, many + 1))
            cases = [_case(world, rows[number % len(rows)], number, many) for number in numbers]
            with store.transaction() as tx:
                _load(tx, schema.message, cases)
                _load(tx, schema.thread, ({"id": n, "newest": n, "seen": n} for n in numbers if n % 3))
                _load(tx, schema.outbox, (_letter(letters, case) for case in cases))
                _load(tx, schema.sighting, (_sighting(world, n, seen + 1 + n - first) for n in numbers))
                _load(tx, schema.summary, ({"message": n, **asdict(_line(n))} for n in numbers))
                _load(tx, schema.fact, (_fact(told, case) for case in cases for told in dict.fromkeys(_facts(case))))
                _load(tx, schema.event, _events(world, cases, seq))
            seq += len(numbers) * len(_HAPPENED)
    with store.transaction() as tx:
        if tx.dialect.name == "postgresql":
            for table in ("message", "outbox", "sighting"):
                newest = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608  # our own names
                tx.execute(text(newest))
            tx.execute(text("ANALYZE"))


@contextmanager
def _indexes_afterwards(store: Store) -> Iterator[None]:
    """Let the database build its indexes once all rows are there: row by row they cost far more than the rows."""
    with store.transaction() as tx:
        told = [row.tuple() for row in tx.execute(text(_INDEXES[tx.dialect.name]))]
        for name, _ in told:
            tx.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for _, statement in told:
        with store.transaction() as tx:
            tx.exec_driver_sql(_MEMORY[tx.dialect.name])
            tx.exec_driver_sql(statement)


def _load(tx: Transaction, table: Table, rows: Iterable[Row]) -> None:
    """Hand rows to the driver itself, as their columns' types would have converted them."""
    columns = list(table.c)
    ready = _converted(rows, columns, tx.dialect)
    names = ", ".join(f'"{column.name}"' for column in columns)
    driver = tx.connection.driver_connection
    assert driver is not None
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql(_UNCHECKED)
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for row in ready:
                copy.write_row(row)
        return
    tx.exec_driver_sql(_MEMORY[tx.dialect.name])
    marks = ", ".join("?" * len(columns))
    driver.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", ready)  # noqa: S608  # our own names


def _converted(rows: Iterable[Row], columns: Sequence[object], dialect: Dialect) -> Iterator[tuple[object, ...]]:
    convert: list[tuple[str, Callable[[object], object] | None]] = [
        (column.name, column.type.bind_processor(dialect))  # type: ignore[attr-defined]  # a column
        for column in columns
    ]
    for row in rows:
        yield tuple(row.get(name) if to is None else to(row.get(name)) for name, to in convert)


def _case(world: World, row: Row, number: int, many: int) -> Row:
    states = _OPEN if number > many - WAITING else _DONE
    state = states[number % len(states)]
    at = world.clock.now() - timedelta(minutes=5 * (many - number), seconds=number * 7 % 60)
    decided = state in _DONE
    return {
        **row,
        "id": number,
        "raw_sha256": f"{number:064x}",
        "message_id": f"<{number}@bench.test>",
        "subject": f"CPL submission {number}: {DEVICE_TYPES[number % 7]}",
        "sender": f"Sender {number % 5_000} <sender{number % 5_000}@maker{number % 40}.example>",
        "received_at": at,
        "recorded_at": at,
        "acknowledge_due": at,
        "state": state.value,
        "outcome": _OUTCOMES[number % 4],
        "kind": "unclear" if number % 50 == 0 else "submission",
        "claimed_by": ("Ada", "Ben", None, None)[number % 4],
        "proposed_by": "Ben" if state is State.PROPOSED else None,
        "decided_by": ("Ada Moor", "Ben Shaw")[number % 2] if decided else None,
        "decided_at": at if decided else None,
        "publish_due": at if state is State.APPROVED and number > many - 2 * WAITING else None,  # the others are out
    }


def _letter(letters: Sequence[Row], case: Row) -> Row:
    number, at = int(str(case["id"])), case["received_at"]
    sent: Row = {"id": number, "message": number, "answers": number, "message_id": f"<c{number}@bench.test>"}
    return {**letters[number % len(letters)], **sent, "state": "sent", "queued_at": at, "sent_at": at}


def _sighting(world: World, number: int, own: int) -> Row:
    place: Row = {"id": own, "mailbox": "secas", "epoch": "1", "uid": f"b{number}"}
    return {**place, "message": number, "state": "received", "attempts": 0, "seen_at": world.clock.now()}


def _events(world: World, cases: Sequence[Row], seq: int) -> Iterator[Row]:
    """What happened to each; of the ledger's chain only the length matters here, so its digests are not reckoned."""
    at = world.clock.now()
    for case in cases:
        for name in _HAPPENED:
            seq += 1
            about: Row = {"seq": seq, "message": case["id"], "at": at, "name": name, "actor": PROGRAM}
            yield {**about, "detail": "{}", "content_sha256": GENESIS, "digest": GENESIS}


def _maker(number: int) -> str:
    return "Rare Meters" if number % 20_000 == 1 else f"Maker {number % 40} Ltd"


def _line(number: int) -> Summary:
    device, firmware = DEVICE_TYPES[number % 7], f"12:03:{number % 256:02X}:34"
    return Summary(device, _maker(number), "10:02", firmware, 1, 0, 0, "A point.")


def _fact(told: Fact, case: Row) -> Row:
    return {"message": case["id"], "kind": told.kind.value, "value": told.value}


def _facts(case: Row) -> Iterator[Fact]:
    number = int(str(case["id"]))
    yield from of_envelope(str(case["sender"]), str(case["subject"]), str(case["raw_sha256"]))
    yield Fact(FactKind.DEVICE, DEVICE_TYPES[number % 7].casefold())
    yield from (Fact(FactKind.MANUFACTURER, word) for word in dict.fromkeys(words(_maker(number))))
    yield Fact(FactKind.MANUFACTURER, code(f"10:{number % 40:02X}"))
    yield Fact(FactKind.MODEL, code(f"10:{number % 100:02d}"))
    yield Fact(FactKind.FIRMWARE, code(f"12:03:{number % 256:02X}:34"))
    yield Fact(FactKind.CERTIFICATE, str(1_000_000_000 + number))
    if case["decided_by"]:
        yield from (Fact(FactKind.DECIDED, word) for word in words(str(case["decided_by"])))
