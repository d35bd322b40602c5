"""The analyst's desk over a crowded store: time at the server, p50 and p95, over a kept-alive connection.

The store is the program's own: a few real submissions are taken in, read, judged and acknowledged by the pipeline, and
every further one is written, many at a time, with the rows that the same modules write for it.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from dossiers import DEVICE_TYPES, a_dossier, a_form
from sqlalchemy import func, insert, select, text
from web.world import Browser, World

from intake.domain.search_facts import Fact, FactKind, code, of_envelope, words
from intake.domain.submission import State
from intake.store import facts, schema
from intake.store.engine import Store, Transaction
from intake.store.summaries import Summary

MANY = 100_000
WAITING = 2_000
"""What a desk has open at any time grows with its people, not with its history."""
_AT_A_TIME = 10_000
_TIMES = 60
_DONE = (State.APPROVED,) * 6 + (State.RETURNED,) * 3 + (State.CLOSED, State.FILED)
_OPEN = (State.IN_REVIEW,) * 8 + (State.QUARANTINED, State.PROPOSED, State.ASKED)
_OUTCOMES = ("ready", "ready", "return", "needs_a_person")


@dataclass(frozen=True, slots=True)
class Figure:
    """How long one kind of page takes."""

    name: str
    p50: float
    p95: float
    bound: float
    """Milliseconds, as the others."""

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.name:<44} p50 {self.p50:6.1f} ms   p95 {self.p95:6.1f} ms   (bound {self.bound:.0f} ms)"


def figures(many: int = MANY, url: str = "") -> Iterator[str]:
    """Build the store and measure every page."""
    with tempfile.TemporaryDirectory() as place:
        world = World(Path(place))
        if url:
            world.services.store.close()
            world.services = replace(world.services, store=Store(url).open())
        try:
            started = time.perf_counter()
            real = [world.judged(a_dossier(a_form(device))) for device in DEVICE_TYPES]
            _multiply(world, real, many)
            yield f"{many:,} cases, {WAITING:,} of them open, written in {time.perf_counter() - started:.0f} s"
            browser = world.signed_in("Ada")
            for figure in _measured(world, browser, many):
                yield str(figure)
        finally:
            world.close()


def _searched(browser: Browser, typed: Callable[[], str]) -> object:
    return browser.get(f"/queue/everything?q={typed()}")


def _measured(world: World, browser: Browser, many: int) -> Iterator[Figure]:
    chance = random.Random(7)  # a seeded sample
    deep = {path: _deep(browser, path) for path in ("/", "/queue/approved", "/queue/everything")}
    for path in ("/", "/queue/mine", "/queue/due-today", "/queue/second-approval", "/queue/approved"):
        yield timed(f"queue {path}", 50, partial(browser.get, path))
    yield timed("queue /queue/everything", 50, lambda: browser.get("/queue/everything"))
    for path, address in deep.items():
        yield timed(f"page 8 of {path}", 50, partial(browser.get, address))
    at = (world.clock.now() - timedelta(hours=many // 2)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    yield timed("the middle of everything", 50, lambda: browser.get(f"/queue/everything?after=0~{at}~1&page=9"))
    for query in (
        "outcome=return",
        "kind=unclear",
        "device=Gas+Smart+Meter",
        "manufacturer=10:11",
        "manufacturer=Maker+17",
        "manufacturer=Rare",
        "claimed=Ben",
        "outcome=return&device=Communications+Hub",
        "sort=deadline",
        "sort=oldest",
    ):
        yield timed(f"everything?{query}", 50, partial(browser.get, f"/queue/everything?{query}"))
        yield timed(f"waiting?{query}", 50, partial(browser.get, f"/?{query}"))
    numbers = [chance.randrange(1, many) for _ in range(_TIMES * 2)]
    searched = {
        "reference": lambda: f"CPL-{chance.choice(numbers):06d}",
        "number": lambda: str(chance.choice(numbers)),
        "sender": lambda: f"sender{chance.choice(numbers) % 5_000}@",
        "a word of every subject": lambda: "submission",
        "several words": lambda: f"submission {chance.choice(numbers)}",
        "common words": lambda: "cpl submission gas",
        "manufacturer": lambda: f"maker {chance.randrange(40)}",
        "firmware": lambda: f"12:03:{chance.randrange(256):02X}",
        "certificate": lambda: f"NCSC-{1_000_000_000 + chance.choice(numbers)}",
        "digest": lambda: f"{chance.choice(numbers):064x}"[:64],
        "nothing": lambda: "nowhere at all",
        "one letter": lambda: "s",
    }
    for name, typed in searched.items():
        yield timed(f"search by {name}", 50, partial(_searched, browser, typed))
    yield timed("submission", 30, lambda: browser.get(f"/submissions/CPL-{chance.choice(numbers):06d}"))
    yield timed(
        "submission, from a filtered list",
        30,
        lambda: browser.get(
            f"/submissions/CPL-{chance.choice(numbers):06d}?view=unclaimed&device=Gas+Smart+Meter&sort=newest"
        ),
    )
    undecided = iter(_undecided(world))
    yield timed("decision", 60, lambda: _decide(world, browser, next(undecided)))


def timed(name: str, bound: float, act: Callable[[], object]) -> Figure:
    """Measure one kind of page: it is asked for again and again."""
    for _ in range(3):
        act()
    times = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return Figure(name, statistics.median(times), statistics.quantiles(times, n=20)[-1], bound)


def _deep(browser: Browser, path: str) -> str:
    for number in range(2, 9):
        page = browser.get(path)
        match = re.search(rf'href="([^"]+)" aria-label="Page {number}"', page)
        path = match[1].replace("&amp;", "&") if match else path
    return path


def _undecided(world: World) -> list[int]:
    with world.services.store.reading() as tx:
        rows = select(schema.message.c.id).where(schema.message.c.state == State.IN_REVIEW.value)
        return list(tx.scalars(rows.order_by(schema.message.c.id.desc()).limit(_TIMES * 2)))


def _decide(world: World, browser: Browser, number: int) -> None:
    submission = world.submission(number)
    form = {"letter": "Dear", "version": str(submission.version), "report": submission.report_sha256 or ""}
    browser.post(f"/submissions/CPL-{number:06d}/decide/return", form)


def _multiply(world: World, real: list[int], many: int) -> None:
    with world.services.store.reading() as tx:
        rows = [dict(row._mapping) for row in tx.execute(select(schema.message).where(schema.message.c.id.in_(real)))]  # noqa: SLF001  # the documented way to read a row by name
        letters = [dict(row._mapping) for row in tx.execute(select(schema.outbox))]  # noqa: SLF001  # likewise
        first = (tx.scalar(select(func.max(schema.message.c.id))) or 0) + 1
    for start in range(first, many + 1, _AT_A_TIME):
        numbers = range(start, min(start + _AT_A_TIME, many + 1))
        with world.services.store.transaction() as tx:
            _write(world, tx, rows, letters, numbers, many)
    with world.services.store.transaction() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("SELECT setval(pg_get_serial_sequence('message', 'id'), (SELECT max(id) FROM message))"))
            tx.execute(text("SELECT setval(pg_get_serial_sequence('outbox', 'id'), (SELECT max(id) FROM outbox))"))
            tx.execute(text("ANALYZE"))


def _write(  # a world, what is multiplied, and where it goes
    world: World,
    tx: Transaction,
    rows: list[dict[str, object]],
    letters: list[dict[str, object]],
    numbers: range,
    many: int,
) -> None:
    cases = [(number, _case(world, rows[number % len(rows)], number, many)) for number in numbers]
    tx.execute(insert(schema.message), [case for _, case in cases])
    tx.execute(insert(schema.thread), [{"id": n, "newest": n, "seen": n} for n in numbers if n % 3])
    sent = {"state": "sent", "sent_at": world.clock.now()}
    copies = [
        {**letters[n % len(letters)], **sent, "id": n, "message": n, "answers": n, "message_id": f"<c{n}@bench.test>"}
        for n in numbers
    ]
    tx.execute(insert(schema.outbox), copies)
    lines = [{"message": number, **asdict(_line(number))} for number in numbers]
    tx.execute(insert(schema.summary), lines)
    facts.record(tx, ((number, fact) for number, case in cases for fact in _facts(number, case)))


def _case(world: World, row: dict[str, object], number: int, many: int) -> dict[str, object]:
    states = _OPEN if number > many - WAITING else _DONE
    state = states[number % len(states)]
    at = world.clock.now() - timedelta(hours=many - number, minutes=number * 7 % 60)
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
        "publish_due": at if state is State.APPROVED else None,
    }


def _maker(number: int) -> str:
    return "Rare Meters" if number % 20_000 == 1 else f"Maker {number % 40} Ltd"


def _line(number: int) -> Summary:
    return Summary(
        DEVICE_TYPES[number % 7], _maker(number), "10:02", f"12:03:{number % 256:02X}:34", 1, 0, 0, "A point."
    )


def _facts(number: int, case: dict[str, object]) -> Iterator[Fact]:
    yield from of_envelope(str(case["sender"]), str(case["subject"]), str(case["raw_sha256"]))
    yield Fact(FactKind.DEVICE, DEVICE_TYPES[number % 7].casefold())
    yield from (Fact(FactKind.MANUFACTURER, word) for word in dict.fromkeys(words(_maker(number))))
    yield Fact(FactKind.MANUFACTURER, code(f"10:{number % 40:02X}"))
    yield Fact(FactKind.MODEL, code(f"10:{number % 100:02d}"))
    yield Fact(FactKind.FIRMWARE, code(f"12:03:{number % 256:02X}:34"))
    yield Fact(FactKind.CERTIFICATE, str(1_000_000_000 + number))
    if case["decided_by"]:
        yield from (Fact(FactKind.DECIDED, word) for word in words(str(case["decided_by"])))


def main() -> None:
    """Measure a store of another size, or on another database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=MANY)
    parser.add_argument("--url", default="", help="an empty PostgreSQL database; else SQLite")
    told = parser.parse_args()
    for line in figures(told.cases, told.url):
        print(line, flush=True)


if __name__ == "__main__":
    main()
