"""What is asked of the store on a message's way, with many stored against a hundred, on both databases."""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import stores
from benchmarks.desk import database_processes, on_processors
from peers.postgresql import has_postgresql
from sqlalchemy import func, select

from intake.bootstrap import store_address
from intake.config import load
from intake.domain.message import Sighting
from intake.store import leases, outbox, queue, quota, schema, sightings, submissions, threads
from intake.store.engine import Address, Store, Transaction

MANY = 100_000
_FEW = 100
_TIMES = 300
_LEAST_MS = 0.05
"""Below that, a ratio of two times is noise."""
_LEASE = timedelta(minutes=5)

Ask = Callable[[Transaction, int, datetime], object]
"""Is given the number of a message that is stored, and now."""

ASKS: dict[str, Ask] = {
    "known contents": lambda tx, n, _: submissions.of_contents(tx, [f"{n + at:064x}" for at in range(5)]),
    "known sightings": lambda tx, n, _: sightings.states_of(
        tx, [Sighting("secas", "1", f"b{n}"), Sighting("secas", "1", "x")]
    ),
    "sightings owed": lambda tx, _n, _now: (sightings.pending(tx, "secas"), sightings.waiting(tx, "secas")),
    "a message's sightings": lambda tx, n, _: sightings.of_message(tx, n),
    "whom it follows": lambda tx, n, _: queue.same_thread(tx, [f"<{n}@bench.test>", f"<c{n + 1}@bench.test>"]),
    "which case it answers": lambda tx, n, _: threads.of_identities(tx, [f"<{n}@bench.test>", f"<c{n}@bench.test>"]),
    "a case's messages": lambda tx, n, _: (threads.messages_of(tx, n), threads.newest(tx, n), threads.unread(tx, n)),
    "a submission": lambda tx, n, _: submissions.get(tx, n),
    "work to claim": lambda tx, _, now: submissions.claim(tx, "me", now=now, lease=_LEASE, limit=5),
    "the next work": lambda tx, _n, _now: submissions.next_work_at(tx),
    "letters to claim": lambda tx, _, now: outbox.claim(tx, "me", now=now, lease=_LEASE, limit=5),
    "the next letter": lambda tx, _n, _now: outbox.next_letter_at(tx),
    "leases of the dead": lambda tx, _n, _now: leases.release_those_of_the_dead(tx),
    "letters written": lambda tx, n, _: outbox.written(tx, [f"<c{n}@bench.test>"]),
    "whether it is a loop": lambda tx, n, now: quota.acknowledged_without_documents(tx, [f"{n}@bench.test"], now),
    "the breaker": lambda tx, _, now: quota.sent_or_queued_since(tx, now - timedelta(hours=1)),
    "letters to one": lambda tx, n, now: outbox.latest_to(tx, f"{n}@bench.test", since=now - timedelta(days=7)),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A store that is asked: its transaction, the greatest number in it, and the database's processes."""

    tx: Transaction
    greatest: int
    processes: Sequence[int]

    def spent(self) -> float:
        """Seconds of processor time, of this process and of those."""
        return time.process_time() + on_processors(self.processes)


def figures(many: int = MANY) -> Iterator[str]:
    """Measure both databases; PostgreSQL where one can be started."""
    with stores.folder() as place:
        yield from of_sizes(place, (_FEW, many))


def of_sizes(place: Path, sizes: Sequence[int]) -> Iterator[str]:
    """Measure stores of these sizes, the fewest first; those that do not lie there yet are written."""
    folders = [stores.on_sqlite(place, many) for many in sizes]
    for own, many in zip(folders, sizes, strict=True):
        stores.of_cases(own, many)
    urls = [store_address(load(own / "config.toml")) for own in folders]
    yield from _growth("SQLite", sizes, _measured(urls))
    if has_postgresql():
        with stores.on_postgresql(place, sizes) as opened:
            yield from _growth("PostgreSQL", sizes, _measured([url for _, url in opened]))


def _growth(database: str, sizes: Sequence[int], measured: Sequence[dict[str, float]]) -> Iterator[str]:
    few, *larger = measured
    worst = 0.0
    for name, first in few.items():
        ratios = [max(times[name], _LEAST_MS) / max(first, _LEAST_MS) for times in larger]
        told = ", ".join(
            f"with {many:,} {times[name]:.2f} ms, {ratio:.2f} times"
            for many, times, ratio in zip(sizes[1:], larger, ratios, strict=True)
        )
        worst = max(worst, *ratios)
        yield f"{database}, {name:<24} with {sizes[0]:,} stored {first:.2f} ms; {told}"
    yield f"{database}, the worst: {worst:.2f} times (bound 1.2)"


def _measured(urls: Sequence[Address]) -> list[dict[str, float]]:
    """What processors mostly spend on each question, in milliseconds; the stores are asked in turn."""
    with ExitStack() as stack:
        asked = [stack.enter_context(_asked(url)) for url in urls]
        return [
            {name: statistics.quantiles(times, n=4)[0] for name, times in of_store.items()}
            for of_store in _in_turn(asked)
        ]


@contextmanager
def _asked(url: Address) -> Iterator[_Asked]:
    with closing(Store(url).open()) as store, store.transaction() as tx:
        greatest = tx.scalar(select(func.max(schema.message.c.id))) or 1
        yield _Asked(tx, greatest, database_processes(tx) if tx.dialect.name == "postgresql" else ())


def _in_turn(asked: Sequence[_Asked]) -> list[dict[str, list[float]]]:
    chance, now = random.Random(9), datetime.now(UTC)  # a seeded sample
    spent: list[dict[str, list[float]]] = [{name: [] for name in ASKS} for _ in asked]
    for name, ask in ASKS.items():
        for _ in range(_TIMES):
            for store, times in zip(asked, spent, strict=True):
                number, undone = chance.randrange(1, store.greatest), store.tx.begin_nested()
                before = store.spent()
                ask(store.tx, number, now)
                times[name].append((store.spent() - before) * 1000)
                undone.rollback()
    return spent


def main() -> None:
    """Measure stores of other sizes, or such as lie there from before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[_FEW, MANY], help="of each store, the fewest first")
    parser.add_argument("--place", type=Path, help="a folder in which the stores are kept")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as fleeting:
        for line in of_sizes(told.place or Path(fleeting), told.cases):
            print(line, flush=True)


if __name__ == "__main__":
    main()
