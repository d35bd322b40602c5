"""What a process and all its children take: memory, threads, open files; read from ``/proc``."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SHARES = re.compile(r"^(Pss|Pss_Anon|Pss_Shmem): +(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True)
class Footprint:
    """Of a process and all that descend from it."""

    memory: int
    """Octets, each page divided among all who share it (Pss); others who map the same libraries make it less."""
    own: int
    """Octets of those that are no file's: what was allocated, whatever else runs on this machine."""
    threads: int
    descriptors: int


def tree(pid: int) -> list[int]:
    """The process and all that descend from it."""
    actual, at = [pid], 0
    while at < len(actual):
        with suppress(OSError):  # it may just have ended
            for children in Path(f"/proc/{actual[at]}/task").glob("*/children"):
                actual += map(int, children.read_text().split())
        at += 1
    return actual


def memory(pid: int) -> int:
    """The tree's memory in octets; what processes share is counted once."""
    return sum(_shares(each).get("Pss", 0) for each in tree(pid))


def footprint(pid: int, seconds: float = 0.0) -> Footprint:
    """What the tree takes now or, over some seconds, what it mostly takes: the median of each."""
    over, seen = time.monotonic() + seconds, [_footprint(pid)]
    while time.monotonic() < over:
        time.sleep(0.1)  # the wait between two measurements, bounded by the time
        seen.append(_footprint(pid))

    def mostly(facts: Iterable[int]) -> int:
        return int(statistics.median_low(facts))

    return Footprint(
        mostly(each.memory for each in seen),
        mostly(each.own for each in seen),
        mostly(each.threads for each in seen),
        mostly(each.descriptors for each in seen),
    )


def _footprint(pid: int) -> Footprint:
    every = tree(pid)
    shares = [_shares(each) for each in every]
    return Footprint(
        memory=sum(share.get("Pss", 0) for share in shares),
        own=sum(share.get("Pss_Anon", 0) + share.get("Pss_Shmem", 0) for share in shares),
        threads=_counted(every, lambda path: path / "task"),
        descriptors=_counted(every, lambda path: path / "fd"),
    )


def _shares(pid: int) -> dict[str, int]:
    """Octets by name; empty for a process that has ended."""
    with suppress(OSError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return {name: int(kilobytes) * 1024 for name, kilobytes in _SHARES.findall(text)}
    return {}


def _counted(pids: Iterable[int], folder: Callable[[Path], Path]) -> int:
    actual = 0
    for pid in pids:
        with suppress(OSError):
            actual += sum(1 for _ in folder(Path(f"/proc/{pid}")).iterdir())
    return actual
