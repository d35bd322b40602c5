"""The child where nothing can be forked (Windows, macOS): an interpreter of its own for each run.

Run as ``python -m intake.sandbox.single <module:function>``. On standard input come a line of JSON, which names limits
and request, and the payload; on standard output it writes JSON lines. A thread watches its own time and memory.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

TOO_LONG, TOO_LARGE = 124, 1
"""Exit codes."""
_LOOK_EVERY = 0.05
_MAC_COUNTS_BYTES = 1024 if sys.platform == "darwin" else 1


class _Watch:
    """Ends the process when its time is over, or its memory too much as far as the system tells it."""

    def __init__(self, seconds: float, memory_mb: int) -> None:
        self.over = time.monotonic() + seconds
        self._kilobytes = memory_mb << 10
        Thread(target=self._look, daemon=True).start()

    def arm(self, seconds: float) -> None:
        self.over = time.monotonic() + seconds

    def _look(self) -> None:
        while True:
            if time.monotonic() > self.over:
                os._exit(TOO_LONG)
            if _kilobytes() > self._kilobytes:
                os._exit(TOO_LARGE)
            time.sleep(_LOOK_EVERY)


def _kilobytes() -> float:
    """The most memory that this process has had; 0 where only its parent can bound it.

    Linux tells `ru_maxrss` across an exec, so that a child of a large parent begins with the parent's; its own mark
    stands in /proc.
    """
    with suppress(OSError), Path("/proc/self/status").open(encoding="ascii") as status:
        return float(next(line.split()[1] for line in status if line.startswith("VmHWM:")))
    try:
        import resource  # noqa: PLC0415  # Windows has none
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MAC_COUNTS_BYTES


def _take_limits(memory: int) -> None:
    """Take those that the system knows; Windows knows none of these, macOS heeds not all."""
    try:
        import resource  # noqa: PLC0415  # Windows has none
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (most, most))


def main(job_name: str) -> None:
    """Do the one job and end."""
    told = json.loads(sys.stdin.buffer.readline())
    watch = _Watch(told["seconds"], told["memory_mb"])
    _take_limits(told["memory_mb"] << 20)
    payload = sys.stdin.buffer.read()
    name, _, function = job_name.partition(":")
    lines = sys.stdout.buffer

    def emit(line: Any) -> None:  # noqa: ANN401  # whatever JSON can say
        lines.write((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n")
        lines.flush()

    try:
        getattr(importlib.import_module(name), function)(payload, told["request"], emit, watch.arm)
    except BaseException:  # noqa: BLE001  # whatever it is, the exit code says it
        os._exit(TOO_LARGE)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
