"""`check` of one workbook and three PDFs, as a whole process."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.mail import NOW, program

from intake.demo import products
from intake.demo.samples import submission

_RUNS = 7
_LOOKS = 3


def figures() -> Iterator[str]:
    values = products.faultless_form(products.SINGLE, on=NOW.date())
    with tempfile.TemporaryDirectory() as folder:
        for name, content in submission(values).items():
            Path(folder, name).write_bytes(content)
        seconds = [_seconds(folder) for _ in range(_RUNS + 1)][1:]
        peaks = [_peak(folder) for _ in range(_LOOKS)]
    yield f"wall time, median of {_RUNS}: {statistics.median(seconds):.2f} s (bound 0.6 s)"
    yield f"peak memory of all its processes together: {max(peaks):.0f} MB (bound 120 MB)"


def _seconds(folder: str) -> float:
    """Of a whole process that nobody looks at meanwhile."""
    started = time.perf_counter()
    with _check(folder) as process:
        process.wait()
    assert process.returncode == 0
    return time.perf_counter() - started


def _peak(folder: str) -> float:
    """The most proportional memory of the process and its children together, in MB; to look slows it down."""
    peak = 0.0
    with _check(folder) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_proportional_mb, _family(process.pid))))
            time.sleep(0.005)
    assert process.returncode == 0
    return peak


def _check(folder: str) -> subprocess.Popen[bytes]:
    command = [program(), "check", folder, "--format", "json", "--at", NOW.isoformat()]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _proportional_mb(pid: int) -> float:
    """What the process uses, pages it shares counted by their share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
