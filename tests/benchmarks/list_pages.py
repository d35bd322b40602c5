"""Pages of the list over a long register: time in the program itself, without a network; p50 and p95."""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
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


_TIMES = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """How long one kind of page took, in milliseconds."""

    name: str
    p50: float
    p95: float
    bound: float

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.name:<50} p50 {self.p50:6.1f} ms   p95 {self.p95:6.1f} ms   (bound {self.bound:.0f} ms)"


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
        ("hash", lambda: f"{chance.randrange(1, many):064X}"),
        ("words of most entries", lambda: "gas current"),
        ("nothing", lambda: "nowhere at all"),
    ):
        yield timed(f"list, search by {name}", 50, partial(_searched, browser, typed))
    yield timed("list without contact", 50, lambda: browser.get("/list?contact=none"))
    yield timed("list as of a version", 100, lambda: browser.get(f"/list?version=1.000&page={chance.randrange(1, 90)}"))
    days = ("19/11/2026", "20/11/2026", "21/11/2026", "22/11/2026", "23/11/2026", "24/11/2026")
    yield timed("list as of a day, another each time", 100, lambda: browser.get(f"/list?as-of={chance.choice(days)}"))
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
        changed = range(1, many + 1, _CHANGED_EVERY)
        tx.execute(insert(entry_version), [_row(number, second.id, "2026-11-22", "Removed") for number in changed])


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
        IMAGE_HASH=f"{number:064X}",
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
