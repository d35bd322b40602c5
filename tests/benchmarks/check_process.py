"""`check` of one workbook and three PDFs, as a whole process, beside one that loads its libraries and parses once.

And beside LibreOffice that makes the form alone a CSV file; and beside itself without the extra for OCR, where that is
installed, for none of it is loaded before a scan is met.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.mail import NOW, program
from benchmarks.spending import bounds, in_turn, of_command, ratios, written

from intake.demo import products
from intake.demo.samples import submission
from intake.extract.page import ocr

_RUNS = 8
_RUNS_OF_OFFICE = 2
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
_EXTRA = ("numpy", "cv2", "onnxruntime", "rapidocr", "PIL")
_HIDDEN = "import sys; hidden = sys.argv.pop(1).split(); sys.modules.update(dict.fromkeys(hidden)); "
_PROGRAM = f"{_HIDDEN}from intake.cli.quick import main; main()"
"""The program, with some packages as if they were not installed."""


def figures() -> Iterator[str]:
    values = products.faultless_form(products.SINGLE, on=NOW.date())
    with tempfile.TemporaryDirectory() as folder:
        for name, content in submission(values).items():
            Path(folder, name).write_bytes(content)
        ours = [program(), "check", folder, "--format", "json", "--at", NOW.isoformat()]
        peer = [sys.executable, "-c", _PEER, *sorted(str(path) for path in Path(folder).iterdir())]
        pairs = in_turn(lambda _: of_command(ours), lambda _: of_command(peer), _RUNS)
        peaks = [_peak(ours) for _ in range(_LOOKS)]
        beside = [_beside_office(ours, folder), _beside_itself(ours)]
    for place, what, bound in ((0, "wall time", " (bound 0.6 s)"), (1, "processor time of all its processes", "")):
        median = statistics.median(pair[0][place] for pair in pairs)
        ratio = statistics.median(pair[0][place] / pair[1][place] for pair in pairs)
        yield f"{what}, median of {_RUNS}: {median:.2f} s{bound}; {ratio:.2f} of the other's (bound 1.1)"
    yield f"peak memory of all its processes together: {max(peaks):.0f} MB (bound 120 MB)"
    yield from beside


def _beside_office(ours: Sequence[str], folder: str) -> str:
    """All that `check` does, by what LibreOffice takes to read the form alone."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed"
    (form,) = Path(folder).glob("*.xlsx")
    with tempfile.TemporaryDirectory() as own:
        office = ["soffice", f"-env:UserInstallation=file://{own}/profile", "--headless", "--convert-to", "csv"]
        command = [*office, "--outdir", own, str(form)]
        pairs = in_turn(lambda _: of_command(ours), lambda _: of_command(command), _RUNS_OF_OFFICE)
        assert list(Path(own).glob("*.csv")), "LibreOffice has made nothing of the form"
    return f"by LibreOffice making the form a CSV: {bounds(ratios(pairs), {'wall': 0.25})}"


def _beside_itself(ours: Sequence[str]) -> str:
    """With the extra for OCR, by the same without it."""
    if not ocr.installed():
        return "the extra for OCR is not installed"
    with_it, without = ([sys.executable, "-c", _PROGRAM, hidden, *ours[1:]] for hidden in ("", " ".join(_EXTRA)))
    pairs = in_turn(lambda _: of_command(with_it), lambda _: of_command(without), _RUNS)
    return f"with the extra for OCR, by the same without: {bounds(ratios(pairs), {'wall': 1.03, 'processor': 1.03})}"


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
