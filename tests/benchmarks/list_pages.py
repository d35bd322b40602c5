"""Pages of the list over a long register: in the program itself, without a network."""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import cycle
from pathlib import Path

from feeds import a_listed
from sqlalchemy import insert
from web.world import Browser, World

from intake.store import listing
from intake.store.engine import Store
from intake.store.schema import entry_version
from rules.published import UPGRADE_PATH

MANY = 100_000
_AT_A_TIME = 10_000
_CHANGED_EVERY = 10
"""One entry in so many says something else in the second version."""


_DAYS = range(21, 29)
"""Of November, on which something changed: more than a process keeps lists ready as of."""
_TIMES = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """How long one kind of page took, in milliseconds."""

    name: str
    wall: tuple[float, float]
    """The median, and what 95 of a hundred stay below."""
    processor: tuple[float, float]
    """The same of the processor's time in this process: on a busy machine the time by the clock says little."""
    bound: float

    def __str__(self) -> str:
        """Say it in a line."""
        wall, processor = ("p50 {:5.1f} p95 {:5.1f}".format(*times) for times in (self.wall, self.processor))
        return f"{self.name:<40} clock {wall} ms   processor {processor} ms   (bound {self.bound:.0f} ms)"


def timed(name: str, bound: float, act: Callable[[], object]) -> Figure:
    """Measure one kind of page: it is asked for again and again."""
    for _ in range(3):
        act()
    wall, processor = list[float](), list[float]()
    for _ in range(_TIMES):
        started, worked = time.perf_counter(), time.process_time()
        act()
        wall.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    return Figure(name, _middle_and_most(wall), _middle_and_most(processor), bound)


def _middle_and_most(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def figures(many: int = MANY, url: str = "") -> Iterator[str]:
    """Build the register and measure every page."""
    with tempfile.TemporaryDirectory() as place:
        world = World(Path(place))
        if url:
            world.services.store.close()
            world.services = replace(world.services, store=Store(url).open())
        try:
            started = time.perf_counter()
            _write(world, many)
            yield f"{many:,} entries in two versions, written in {time.perf_counter() - started:.0f} s"
            browser = world.signed_in("Ada")
            started = time.perf_counter()
            browser.get("/list")
            yield f"the first page of a process, which reads the register once: {time.perf_counter() - started:.2f} s"
            for figure in _measured(browser, many):
                yield str(figure)
        finally:
            world.close()


def _searched(browser: Browser, typed: Callable[[], str]) -> object:
    return browser.get(f"/list?q={typed()}")


def _measured(browser: Browser, many: int) -> Iterator[Figure]:
    chance = random.Random(7)  # a seeded sample
    yield timed("list, page 1", 50, lambda: browser.get("/list"))
    yield timed("list, random page", 50, lambda: browser.get(f"/list?page={chance.randrange(1, many // 50)}"))
    for query in ("type=Gas+Smart+Meter&status=current", "manufacturer=10:07", "certificate=GSME10000042"):
        yield timed(f"list?{query}", 50, partial(browser.get, f"/list?{query}"))
    for name, typed in (
        ("number", lambda: f"{chance.randrange(1, many):06}"),
        ("hash", lambda: _hash(chance.randrange(1, many))),
        ("part of a hash without colons", lambda: _bare_hash(chance.randrange(1, many))[:12]),
        ("words of most entries", lambda: "gas current"),
        ("nothing", lambda: "nowhere at all"),
    ):
        yield timed(f"list, search by {name}", 50, partial(_searched, browser, typed))
    yield timed("list without contact", 50, lambda: browser.get("/list?contact=none"))
    yield timed("list as of a version", 100, lambda: browser.get(f"/list?version=1.000&page={chance.randrange(1, 90)}"))
    days = cycle(f"{day:02}/11/2026" for day in _DAYS)
    yield timed("list as of a day, another each time", 100, lambda: browser.get(f"/list?as-of={next(days)}"))
    yield timed("entry", 20, lambda: browser.get(f"/list/{chance.randrange(1, many):06}"))
    yield timed("versions of a device", 50, lambda: browser.get(f"/list/model/{chance.randrange(1, many):06}"))
    yield timed("versions", 50, lambda: browser.get("/list/versions"))


def _write(world: World, many: int) -> None:
    at = world.clock.now()
    with world.services.store.transaction() as tx:
        first = listing.record(tx, (), at, source="0" * 64, version="1.000")
        second = listing.record(tx, (), at + timedelta(days=2), source="1" * 64, version="1.001")
        for start in range(1, many + 1, _AT_A_TIME):
            numbers = range(start, min(start + _AT_A_TIME, many + 1))
            tx.execute(
                insert(entry_version), [_row(number, first.id, at.isoformat()[:10], "Current") for number in numbers]
            )
        changed = enumerate(range(1, many + 1, _CHANGED_EVERY))
        later = [_row(number, second.id, f"2026-11-{_DAYS[at % len(_DAYS)]}", "Removed") for at, number in changed]
        tx.execute(insert(entry_version), later)


def _row(number: int, version: int, day: str, status: str) -> dict[str, object]:
    """An entry among those of forty makers, five types and thousands of certificates, twenty versions of a device."""
    device = number // 20
    types = ("Gas Smart Meter", "Electricity Smart Meter", "PPMID", "Communications Hub", "HCALCS")
    entry = a_listed(
        f"{number:06}",
        DEVICE_TYPE=types[device % 5],
        MANUFACTURER_IDENTIFIER=f"10:{device % 40:02X}",
        MODEL_IDENTIFIER=f"{device // 256 % 256:02X}:{device % 256:02X}",
        CPA_NUMBER=f"[E] GSME{10_000_000 + device % 3_000}",
        IMAGE_HASH=_hash(number),
        FIRMWARE_VERSION=_pairs(f"{number % 20:08X}"),
    )
    path = f"{number - 1:06}" if number % 20 else "N/A"
    fields = {**entry.fields, UPGRADE_PATH: path}
    return {
        "number": entry.number,
        "list_version": version,
        "kind": listing.IMPORT,
        "effective": day,
        "recorded_at": datetime.fromisoformat(f"{day}T12:00:00+00:00"),
        "status": status,
        "fields": json.dumps(fields),
    }


def _hash(number: int) -> str:
    return _pairs(sha256(str(number).encode()).hexdigest().upper())


def _bare_hash(number: int) -> str:
    return _hash(number).replace(":", "").lower()


def _pairs(digits: str) -> str:
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


def main() -> None:
    """Measure over another number of entries, or on another database: ``python -m benchmarks.list_pages --url …``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--url", default="", help="a store to fill; by default a new SQLite file")
    asked = parser.parse_args()
    for line in figures(asked.many, asked.url):
        print(line, flush=True)


if __name__ == "__main__":
    main()
