"""`check` of one workbook and three PDFs, as a whole process, beside one that loads its libraries and parses once."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.mail import NOW, program
from benchmarks.spending import in_turn, of_command, written

from intake.demo import products
from intake.demo.samples import submission

_RUNS = 8
_LOOKS = 3
_PEER = """
import sys, click, msgspec, lxml.etree, cryptography, openpyxl, pypdfium2
for path in sys.argv[1:]:
    if path.endswith(".xlsx"):
        openpyxl.load_workbook(path)
    else:
        [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]
"""
"""The libraries that `check` may use, and what they make of the same files; nothing is judged."""


def figures() -> Iterator[str]:
    values = products.faultless_form(products.SINGLE, on=NOW.date())
    with tempfile.TemporaryDirectory() as folder:
        for name, content in submission(values).items():
            Path(folder, name).write_bytes(content)
        ours = [program(), "check", folder, "--format", "json", "--at", NOW.isoformat()]
        peer = [sys.executable, "-c", _PEER, *sorted(str(path) for path in Path(folder).iterdir())]
        pairs = in_turn(lambda _: of_command(ours), lambda _: of_command(peer), _RUNS)
        peaks = [_peak(ours) for _ in range(_LOOKS)]
    for place, what, bound in ((0, "wall time", " (bound 0.6 s)"), (1, "processor time of all its processes", "")):
        median = statistics.median(pair[0][place] for pair in pairs)
        ratio = statistics.median(pair[0][place] / pair[1][place] for pair in pairs)
        yield f"{what}, median of {_RUNS}: {median:.2f} s{bound}; {ratio:.2f} of the other's (bound 1.1)"
    yield f"peak memory of all its processes together: {max(peaks):.0f} MB (bound 120 MB)"


def _peak(command: Sequence[str]) -> float:
    """The most proportional memory of the process and its children together, in MB; to look slows it down."""
    peak = 0.0
    with _begun(command) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_proportional_mb, _family(process.pid))))
            time.sleep(0.005)
    assert process.returncode == 0
    return peak


def _begun(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, env=written())


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
