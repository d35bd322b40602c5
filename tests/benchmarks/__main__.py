"""The figures that README and CHANGELOG quote: ``make bench``.

Machines differ and are shared, so every figure is a ratio of two things measured in this one run,
or stands beside the bound it has to keep.

Each benchmark has a process of its own, so that none measures what another has left in memory; what one of them fails
at is told, and the others are measured all the same. They share a folder, in which stores lie that more than one asks.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module

import structlog
from benchmarks.spending import pace
from benchmarks.stores import SHARED
from benchmarks.supervising import Ended, supervised

EVERY = (
    "check_process",
    "check_answers",
    "checks",
    "warm_check",
    "signed_workbooks",
    "daemon_against_loop",
    "irreducible",
    "imap_against_loop",
    "idle",
    "large_message",
    "ledger",
    "migration",
    "crowded_store",
    "long_listing",
    "message_path",
    "desk",
    "evidence_pages",
    "list_pages",
    "replicas",
    "workbook_of_the_list",
    "list_files",
)
A_MILLION = ("crowded_store", "desk", "ledger", "list_pages", "message_path")
"""Are asked for as many where the run is to be a large one."""
_SECONDS, _SECONDS_OF_A_MILLION = 900, 7_200
"""A benchmark that takes longer has failed."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmarks that were asked for, each in a process of its own; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--only", nargs="+", choices=EVERY, metavar="NAME", default=EVERY, help=", ".join(EVERY))
    parser.add_argument("--million", action="store_true", help=f"a million in the stores of {', '.join(A_MILLION)}")
    parser.add_argument("--stores", help="a folder in which filled stores are kept, and may lie from before")
    told = parser.parse_args(words)
    print(f"This machine, for comparison: ten million additions in {pace():.2f} s of processor time")
    begun, failed = time.monotonic(), list[str]()
    with nullcontext(told.stores) if told.stores else tempfile.TemporaryDirectory() as stores:
        for name in told.only:
            ended = _run(name, stores, million=told.million and name in A_MILLION)
            print(f"  ({ended})", flush=True)
            failed += [] if ended.well else [name]
    print(f"\n{len(told.only)} benchmarks in {time.monotonic() - begun:.0f} s", flush=True)
    if failed:
        print(f"Failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def _run(name: str, stores: str, *, million: bool) -> Ended:
    command = [sys.executable, "-c", f"from benchmarks.__main__ import told; told({name!r}, million={million})"]
    most = _SECONDS_OF_A_MILLION if million else _SECONDS
    return supervised(command, {**os.environ, SHARED: stores}, most)


def told(name: str, *, million: bool) -> None:
    """Measure in this process, and print the figures alone; whoever ends it lets it put away what it has started."""
    signal.signal(signal.SIGTERM, _stop)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    benchmark = import_module(f"benchmarks.{name}")
    print(f"\n{(benchmark.__doc__ or '').splitlines()[0]}", flush=True)
    for line in benchmark.figures(1_000_000) if million else benchmark.figures():
        print(f"  {line}", flush=True)


def _stop(_number: int, _frame: object) -> None:
    sys.exit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())
