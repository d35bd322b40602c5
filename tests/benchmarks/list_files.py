"""The list's files: a publication, the difference of two lists of 100,000 beside csv-diff's, and the feed's answers.

Each side of the difference runs in a process of its own, from the same two CSV files to the changes as text.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from feeds import a_listed, altered, an_issue, publish
from starlette.testclient import TestClient
from web.world import World

from intake.publication.edition import Edition, Issue, Why
from intake.publication.files import files
from intake.web.app import create_app
from rules.facts import RegisterEntry
from rules.published import PUBLISHED

MANY, REAL_SIZE, _RUNS = 100_000, 729, 3
_CHANGED_EVERY, _NEW = 100, 500
_PROLOGUE = """
import sys, time
from pathlib import Path
before, after = (Path(name).read_bytes() for name in sys.argv[1:])
"""
_OURS = """
from datetime import date
from intake.publication.alterations import alterations, changes_csv
from intake.publication.edition import Edition, Issue, Why
from intake.register.published import read_list
whys = {f"{at:06}": (Why("correct", "typed wrongly", ("DCC incident INC1",)),) for at in range(1, 100_000, 100)}
started = time.process_time()
first = read_list(before)
lists = [first, read_list(after, first)]
loaded = time.process_time()
issue = Issue(Edition("2", date(2026, 11, 24), lists[1]), Edition("1", date(2026, 11, 23), lists[0]), whys)
changes_csv(alterations(issue), "crlf")
"""
_PEER = """
import io
from csv_diff import compare, human_text, load_csv
started = time.process_time()
lists = [load_csv(io.StringIO(content.decode(), newline=""), key="Entry.number") for content in (before, after)]
loaded = time.process_time()
human_text(compare(*lists), key="Entry.number")
"""
_EPILOGUE = """
ended = time.process_time()
status = Path("/proc/self/status").read_text()  # what getrusage tells would be that of whoever started us, if greater
memory = next(line for line in status.splitlines() if line.startswith("VmHWM"))
print(loaded - started, ended - loaded, int(memory.split()[1]) / 1024)
"""


def figures() -> Iterator[str]:
    yield from _publication()
    with tempfile.TemporaryDirectory() as place:
        yield from _difference(Path(place))
        yield from _feed(Path(place))


def _entries(count: int) -> list[RegisterEntry]:
    return [a_listed(f"{number:06}", IMAGE_HASH=_hash(number)) for number in range(1, count + 1)]


def _hash(number: int) -> str:
    digits = f"{number:064X}"
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


def _next(entries: Sequence[RegisterEntry]) -> list[RegisterEntry]:
    """The list with one in a hundred corrected, and some more."""
    changed = [
        altered(entry, IMAGE_HASH=_hash(at + 7_000_000)) if at % _CHANGED_EVERY == 0 else entry
        for at, entry in enumerate(entries)
    ]
    return [*changed, *(a_listed(f"{len(entries) + at:06}") for at in range(1, _NEW + 1))]


def _publication() -> Iterator[str]:
    entries = _entries(REAL_SIZE)
    why = {entry.number: (Why("correct", "typed wrongly"),) for entry in entries}
    issue = Issue(
        Edition("2.052", date(2026, 11, 24), tuple(_next(entries)[: REAL_SIZE + 1])),
        Edition("2.051", date(2026, 11, 23), tuple(entries)),
        why,
    )
    files(issue)
    started = time.process_time()
    files(issue)
    yield f"all files but the workbook, {REAL_SIZE} entries: {time.process_time() - started:.2f} s (bound of all: 2 s)"


def _difference(place: Path) -> Iterator[str]:
    entries = _entries(MANY)
    before, after = place / "before.csv", place / "after.csv"
    before.write_text(_as_csv(entries))
    after.write_text(_as_csv(_next(entries)))
    entries.clear()
    pairs = [(_measured(_OURS, before, after), _measured(_PEER, before, after)) for _ in range(_RUNS)]
    for ours, peer in pairs:
        yield (
            f"difference of two lists of {MANY:,}, with who and why: {ours[1]:.2f} s and reading {ours[0]:.2f} s, "
            f"{ours[2]:.0f} MB; csv-diff {peer[1]:.2f} s and reading {peer[0]:.2f} s, {peer[2]:.0f} MB"
        )
    ratio = sorted(ours[1] / peer[1] for ours, peer in pairs)[_RUNS // 2]
    whole = sorted(sum(ours[:2]) / sum(peer[:2]) for ours, peer in pairs)[_RUNS // 2]
    yield f"ratios, median of {_RUNS}: comparing {ratio:.2f} (bound 1), with reading {whole:.2f}"


def _as_csv(entries: Sequence[RegisterEntry]) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(PUBLISHED)
    for entry in entries:
        table.writerow([entry.number, entry.status, *(entry.fields.get(str(name), "") for name in PUBLISHED[2:])])
    return text.getvalue()


def _measured(program: str, *arguments: Path) -> tuple[float, float, float]:
    """Seconds of reading and of comparing, and the greatest memory in MB."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", _PROLOGUE + program + _EPILOGUE, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=root)
    read, compared, memory = map(float, done.stdout.split())
    return read, compared, memory


def _feed(place: Path) -> Iterator[str]:
    for count, shown in ((REAL_SIZE, "a list of the real size"), (MANY, f"{MANY:,} entries")):
        here = place / f"world-{count}"
        here.mkdir()
        world = World(here)
        publish(here / "var" / "list", an_issue(_entries(count)))
        client = TestClient(create_app(world.services))
        for address in ("/feed/current/entries.json", "/feed/current/entries.json?after=000500&limit=100"):
            yield f"feed, {shown}: {_until_begun(client, address):.1f} ms until {address} begins (bound 10 ms)"
        world.close()


def _until_begun(client: TestClient, address: str) -> float:
    """Milliseconds of processor time until the head of the answer is there; the fastest of some."""
    fastest = float("inf")
    for _ in range(7):
        started = time.process_time()
        answer = client.head(address)
        fastest = min(fastest, time.process_time() - started)
        assert answer.status_code == 200
    return fastest * 1000
