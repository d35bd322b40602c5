"""Filled stores: those of one size are written once in a run, whichever benchmark asks for them first."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import desk_store
from peers.postgresql import postgresql

SHARED = "CPL_BENCHMARK_STORES"
"""Names, in the environment, the folder of a run in which they lie."""


@contextmanager
def folder() -> Iterator[Path]:
    """The folder of the run; one that goes with the benchmark where it runs alone."""
    shared = os.environ.get(SHARED)
    if shared:
        Path(shared).mkdir(parents=True, exist_ok=True)
        yield Path(shared)
        return
    with tempfile.TemporaryDirectory() as fleeting:
        yield Path(fleeting)


def of_cases(place: Path, many: int, url: str = "") -> float:
    """Write a desk's store of so many cases where there is none yet; gives the seconds that took, else 0.

    Args:
        place: its own folder.
        many: cases.
        url: an empty PostgreSQL database; else it is on SQLite.
    """
    written = place / "written"
    if written.exists():
        return 0.0
    place.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    desk_store.write(place, many, url)
    written.touch()  # what was begun and not ended is not taken for a store
    return time.perf_counter() - started


def on_sqlite(place: Path, many: int) -> Path:
    """The folder for such a store on SQLite."""
    return place / f"desk-{many}"


@contextmanager
def on_postgresql(place: Path, sizes: Sequence[int]) -> Iterator[list[tuple[Path, str]]]:
    """Start the run's PostgreSQL, with a store of each of these sizes: its folder, and its database's URL."""
    with ExitStack() as stack:
        databases = stack.enter_context(postgresql(at=place / "postgresql"))
        stores = [(place / f"postgresql-{many}", databases.kept(f"desk_{many}")) for many in sizes]
        for (folder_of_one, url), many in zip(stores, sizes, strict=True):
            of_cases(folder_of_one, many, url)
        yield stores
