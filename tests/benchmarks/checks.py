"""Checks for submitters: on the page twenty at once, and as one file against the installed command."""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from benchmarks.mail import NOW, program
from benchmarks.spending import written
from peers.peers import free_port
from processes import memory

from intake.demo import products
from intake.demo.samples import submission

_RUNS = 9
_AT_ONCE = 20
_CORES = os.cpu_count() or 1
_PYZ = Path(__file__).parents[2] / "dist" / "cpl-check.pyz"


def figures() -> Iterator[str]:
    yield from _on_the_page()
    yield from _as_one_file()


@contextmanager
def running(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program at work, with the configuration of a folder."""
    command = [program(), *words, "--config", str(folder / "config.toml")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _on_the_page() -> Iterator[str]:
    port, body = free_port(), _form()
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "config.toml").write_text(f"[web]\nport = {port}\n")
        with running(Path(name), "web", "--check-only") as process:
            _until_it_answers(port)
            single = statistics.median([_ask(port, body) for _ in range(_RUNS + 2)][2:])
            peak, over = [0], Event()
            looking = Thread(target=_look, args=(process.pid, peak, over))
            looking.start()
            used = cpu(process.pid)
            alike = _p95(port, [body] * _AT_ONCE)
            before = cpu(process.pid)
            others = _p95(port, [_form(number) for number in range(1, _AT_ONCE + 1)])
            work = (cpu(process.pid) - before) / _CORES
            over.set()
            looking.join()
    yield (
        f"on the page, {_AT_ONCE} at once, all of other files: none failed, p95 {others:.2f} s, "
        f"{others / single:.1f} times one alone of {single * 1000:.0f} ms (bound 3), {others / work:.1f} times what "
        f"their work takes of {_CORES} cores; at most {peak[0] >> 20} MB of the tree (bound 1024)"
    )
    yield f"all of the same files: p95 {alike / single:.1f} times one alone, {before - used:.1f} s of work together"


def _p95(port: int, bodies: list[bytes]) -> float:
    """Seconds of the slowest but one in twenty, of all that are sent at once."""
    with ThreadPoolExecutor(len(bodies)) as pool:
        taken = sorted(pool.map(lambda body: _ask(port, body), bodies))
    return taken[int(0.95 * len(bodies)) - 1]


def cpu(pid: int) -> float:
    """Seconds of work of a process and all that it started, those that have ended too."""
    family, seconds = [pid], 0.0
    while family:
        member = family.pop()
        try:
            figures = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            tasks = list(Path(f"/proc/{member}/task").iterdir())
            family += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
        seconds += sum(map(int, figures[11:15])) / os.sysconf("SC_CLK_TCK")
    return seconds


def _look(pid: int, peak: list[int], over: Event) -> None:
    while not over.wait(0.1):
        peak[0] = max(peak[0], memory(pid))


def _form(serial: int = 1) -> bytes:
    documents = submission(products.faultless_form(products.SINGLE, on=NOW.date(), serial=serial))
    parts = (
        f'--B\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode() + content + b"\r\n"
        for name, content in documents.items()
    )
    return b"".join(parts) + b"--B--\r\n"


def _ask(port: int, body: bytes) -> float:
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", "/check", body, {"Content-Type": "multipart/form-data; boundary=B"})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    assert answer.status == 200
    assert b"SECAS would find this submission" in text
    return time.perf_counter() - started


def _until_it_answers(port: int) -> None:
    over = time.monotonic() + 60
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/check")
            connection.getresponse().read()
            connection.close()
        except OSError:
            assert time.monotonic() < over, "the page does not answer"
            time.sleep(0.1)  # the wait between two tries, bounded by the time
        else:
            return


def _as_one_file() -> Iterator[str]:
    if not _PYZ.exists():
        yield "as one file: not built; make check-tool"
        return
    with tempfile.TemporaryDirectory() as name:
        documents = submission(products.faultless_form(products.SINGLE, on=NOW.date()))
        for each, content in documents.items():
            Path(name, each).write_bytes(content)
        words = [name, "--at", NOW.isoformat()]
        with tempfile.TemporaryDirectory() as cache:
            environment = {**written(), "CPL_CHECK_CACHE": cache}
            pyz = [sys.executable, str(_PYZ), *words]
            first = _run(pyz, environment)
            pairs = [(_run(pyz, environment), _run([program(), "check", *words], environment)) for _ in range(_RUNS)]
    one, installed = (statistics.median(side) for side in zip(*pairs, strict=True))
    yield (
        f"as one file of {_PYZ.stat().st_size / 1e6:.1f} MB (bound 60): {one:.2f} s, {one / installed:.2f} times "
        f"the installed command (bound 1.2); the first time, unpacking, {first:.1f} s"
    )


def _run(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - started
