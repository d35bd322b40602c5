"""The list as a workbook of 100,000 entries: written, beside XlsxWriter with the same cells, and taken in."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter
from programs import environment
from xlsxwriter.worksheet import Worksheet

from intake.publication import dcc
from intake.publication.edition import Edition
from intake.publication.tabs import CSV_TAB, LIST_TAB, listed
from intake.publication.workbook import write_workbook
from rules.facts import RegisterEntry
from rules.published import PUBLISHED

_ENTRIES = 100_000
_BOUND_SECONDS = 900
_MEASURED = """
import json, resource, sys, time
from pathlib import Path
from benchmarks import workbook_of_the_list as here
told = here.edition({entries})
started = time.process_time()
here.{what}(told, Path(sys.argv[1]))
print(json.dumps([time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000]))
"""


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        theirs, _ = _measured("with_xlsxwriter", folder / "theirs.xlsx")
        for what, words in (("ours", "into a plain workbook"), ("ours_again", "into one of as many entries")):
            seconds, megabytes = _measured(what, folder / "ours.xlsx")
            ratio = f"{seconds / theirs:.2f} times XlsxWriter's {theirs:.1f} s with constant memory (bound 0.4)"
            yield f"written {words}: {seconds:.1f} s of processor time, {ratio}; {megabytes:.0f} MB (bound 400 MB)"
        seconds, megabytes = _taken_in(folder, folder / "ours.xlsx")
        yield f"taken in: {seconds:.1f} s of processor time (bound 60 s), {megabytes:.0f} MB (bound 400 MB)"


def _measured(what: str, target: Path) -> tuple[float, float]:
    """Processor seconds and the most megabytes, in a process of its own."""
    script = _MEASURED.format(entries=_ENTRIES, what=what)
    command = [sys.executable, "-c", script, str(target)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=_BOUND_SECONDS, env=environment()
    )
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def _taken_in(folder: Path, file: Path) -> tuple[float, float]:
    """As its user does it."""
    (folder / "mail").mkdir()
    (folder / "config.toml").write_text('[[mailbox]]\nname = "post"\nkind = "folder"\npath = "mail"\n')
    words = ["cpl", "import", str(file), "--config", str(folder / "config.toml")]
    command = [sys.executable, "-c", "from intake.cli import main; main()", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment())
    try:
        _, status, used = os.wait4(process.pid, 0)
    finally:
        if process.stdout is not None:
            process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        message = "the list must be taken in"
        raise RuntimeError(message)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def edition(count: int) -> Edition:
    """A version with as many entries as never were: shapes as of the real list, each with a firmware of its own."""
    return Edition("2.052", date(2026, 11, 30), tuple(map(_entry, range(1, count + 1))), "One version of many entries.")


def _entry(number: int) -> RegisterEntry:
    digits = hashlib.sha256(str(number).encode()).hexdigest().upper()
    firmware = f"{number:08X}"
    values = (
        "Single Element Electricity Metering Equipment", f"10:{number % 40:02X}", f"4{number % 7}:31", "1F",
        f"{number % 9:02}", ":".join(firmware[at : at + 2] for at in range(0, 8, 2)), "SMETS V4.2 ",
        "GBCS Version 3.2 ", f"[E] NCSC-14330{number // 20:05}-9001", "Security Characteristics version 1.3",
        "30/08/2028", f"{number % 1900}", "CTT 4.1", f"ZIG{number % 300:05}ZSE12476-24",
        "ZigBee Smart Energy Standard 1.2a", "Ashdown Metering Ltd",
        ":".join(digits[at : at + 2] for at in range(0, 64, 2)), "Dual Band",
    )  # fmt: skip
    return RegisterEntry(f"{number:06}", "Current", dict(zip(map(str, PUBLISHED[2:]), values, strict=True)))


def ours(told: Edition, target: Path) -> None:
    with target.open("w+b") as out:
        write_workbook(told, out)


def ours_again(told: Edition, target: Path) -> None:
    with target.with_suffix(".again.xlsx").open("w+b") as out:
        write_workbook(told, out, target)


def with_xlsxwriter(told: Edition, target: Path) -> None:
    """The same cells by a writer that knows no workbook before."""
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    listing = book.add_worksheet(LIST_TAB)
    _write(listing, 0, [told.line])
    _write(listing, 1, list(map(str, PUBLISHED)))
    for at, entry in enumerate(told.entries, 2):
        _write(listing, at, list(listed(entry, PUBLISHED)))
    copy = book.add_worksheet(CSV_TAB)
    _write(copy, 0, list(dcc.HEADER))
    for at, entry in enumerate(told.entries, 1):
        _write(copy, at, dcc.row(entry, told.line))
    book.close()


def _write(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts):
        if text:
            sheet.write_string(row, column, text)
