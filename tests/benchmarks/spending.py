"""What a command or a step costs, and how two of them compare that are measured in turn.

Wall time tells of a quiet machine only; processor time repeats within some per cent on a busy one, so both are said.
Whoever comes first warms what both read, so everything is run once before, and either is first in every other pair.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds."""

    wall: float
    processor: float
    """User and system time of a process and of every child that it has waited for."""


def written() -> dict[str, str]:
    """An environment in which bytecode is written and used, as an installed package has it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def of_command(command: Sequence[str]) -> Spent:
    """Run a command to its end.

    Raises:
        AssertionError: it failed.
    """
    quiet = subprocess.DEVNULL
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=written())
    _, status, used = os.wait4(process.pid, 0)
    taken = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Spent(taken, used.ru_utime + used.ru_stime)


def of_step(step: Callable[[], object]) -> Spent:
    """Do something in this process, its threads included."""
    started, before = time.perf_counter(), _used()
    step()
    return Spent(time.perf_counter() - started, _used() - before)


def _used() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


def in_turn(
    ours: Callable[[int], Spent], other: Callable[[int], Spent], pairs: int, *, warm: bool = True
) -> list[tuple[Spent, Spent]]:
    """Measure two in turn, an even number of pairs, each first in half of them; what comes first of all is not counted.

    Args:
        ours: is given a number of its own for each run, the warming one's is -1.
        other: likewise.
        pairs: how many, even.
        warm: run both once before.
    """
    assert pairs % 2 == 0
    if warm:
        ours(-1), other(-1)
    return [(ours(run), other(run)) if run % 2 else (other(run), ours(run))[::-1] for run in range(pairs)]


def ratios(pairs: Sequence[tuple[Spent, Spent]]) -> Spent:
    """Ours by the other's, geometric mean over the pairs."""
    mean = statistics.geometric_mean
    return Spent(
        mean(ours.wall / other.wall for ours, other in pairs),
        mean(ours.processor / other.processor for ours, other in pairs),
    )


def medians(spent: Sequence[Spent]) -> Spent:
    """The middle of either."""
    return Spent(statistics.median(item.wall for item in spent), statistics.median(item.processor for item in spent))


def bounds(ratio: Spent, wanted: Mapping[str, float]) -> str:
    """Say both ratios with what they shall keep."""
    told = {"wall": ratio.wall, "processor": ratio.processor}
    return ", ".join(
        f"{name} {value:.2f}" + (f" (bound {wanted[name]:.2f})" if name in wanted else "")
        for name, value in told.items()
    )


def pace() -> float:
    """Seconds of processor time that ten million additions take: how fast the machine is just now."""
    started, total = time.process_time(), 0
    for number in range(10_000_000):
        total += number
    return time.process_time() - started
