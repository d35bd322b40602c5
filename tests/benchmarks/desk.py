"""The analyst's desk over a crowded store: p50, p95 and processor time of its pages, over a kept-alive connection.

The pages come from a process of the program's own, ``cpl-intake web``, over HTTP; its store was written beforehand.
The list page of Datasette over the same store stands beside them, where Datasette is installed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote_plus, urlencode, urlsplit

from benchmarks import desk_store
from benchmarks.desk_store import Visitor
from peers.peers import end
from peers.postgresql import has_postgresql, postgresql
from sqlalchemy import select, text

from intake import bootstrap
from intake.clock import iso
from intake.config import load
from intake.domain.reference import reference
from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.store import schema, submissions
from intake.store.engine import Store
from intake.web import csrf

MANY = 100_000
_TIMES = 60
_SECONDS = 60
_TICK = os.sysconf("SC_CLK_TCK")
_ITS_PROCESSES = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
_OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Figure:
    """How long one kind of page takes, in milliseconds."""

    name: str
    p50: float
    p95: float
    processor: float
    """Of the server, on average."""
    database: float | None
    """Likewise of the database's own processes; None where it is in the server's."""
    bound: float
    """Of `p95`."""

    def __str__(self) -> str:
        """Say it in a line."""
        beside = "" if self.database is None else f" + {self.database:5.1f} ms"
        times = f"p50 {self.p50:6.1f} ms   p95 {self.p95:6.1f} ms   processor {self.processor:6.1f} ms{beside}"
        return f"{self.name:<50} {times}   (bound {self.bound:.0f} ms)"


@dataclass(slots=True)
class Client:
    """A browser with one connection that is kept alive."""

    connection: HTTPConnection
    process: subprocess.Popen[bytes]
    visitor: Visitor
    store: Store | None = None
    """Where the database is a server."""

    def get(self, path: str) -> str:
        self.connection.request("GET", path, headers={"Cookie": self.visitor.cookie})
        return self._body(200)

    def post(self, path: str, form: dict[str, str]) -> None:
        headers = {"Cookie": self.visitor.cookie, "Content-Type": "application/x-www-form-urlencoded", **_OURS}
        self.connection.request("POST", path, urlencode({csrf.FIELD: self.visitor.csrf, **form}), headers)
        self._body(303)

    def _body(self, status: int) -> str:
        answer = self.connection.getresponse()
        body = answer.read().decode()
        assert answer.status == status, body
        return body

    def processor_seconds(self) -> tuple[float, float]:
        """What the server has used so far, its threads included; and the database's processes."""
        return _processor_seconds(self.process.pid), sum(map(_processor_seconds, self._of_database()))

    def _of_database(self) -> Iterator[int]:
        if self.store is not None:
            with self.store.reading() as tx:
                yield from tx.scalars(text(_ITS_PROCESSES))

    def figure(self, name: str, bound: float, act: Callable[[], object]) -> Figure:
        for _ in range(3):
            act()
        used, times = self.processor_seconds(), []
        for _ in range(_TIMES):
            started = time.perf_counter()
            act()
            times.append((time.perf_counter() - started) * 1000)
        spent = [(after - before) * 1000 / _TIMES for before, after in zip(used, self.processor_seconds(), strict=True)]
        database = None if self.store is None else spent[1]
        return Figure(name, statistics.median(times), statistics.quantiles(times, n=20)[-1], spent[0], database, bound)


def _processor_seconds(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / _TICK


def figures(many: int = MANY) -> Iterator[str]:
    """Measure every page on SQLite and, where one can be started, on PostgreSQL."""
    with tempfile.TemporaryDirectory() as place:
        yield from of_store(Path(place), many, "")
    if has_postgresql():
        with tempfile.TemporaryDirectory() as place, postgresql() as databases, databases.database() as url:
            yield from of_store(Path(place), many, url)


def of_store(place: Path, many: int, url: str) -> Iterator[str]:
    """Measure every page of a store; it is written where there is none yet."""
    if not (place / "config.toml").exists():
        started = time.perf_counter()
        desk_store.write(place, many, url)
        yield f"{many:,} cases, {desk_store.WAITING:,} of them open, written in {time.perf_counter() - started:.0f} s"
    services = bootstrap.services(load(place / "config.toml"))
    try:
        visitor = desk_store.sign_in(services)
        with _served(place, visitor) as client:
            client.store = services.store if url else None
            yield f"{many:,} cases on {'PostgreSQL' if url else 'SQLite'}"
            yield from map(str, _lists(client, services, many))
            yield from map(str, _searches(client, many))
            yield from map(str, _cases(client, services, many))
            yield str(client.figure("/metrics", 50, partial(client.get, "/metrics")))
    finally:
        services.sandbox.close()
        services.store.close()
    if not url:
        yield from _peer(place)


@contextmanager
def _served(place: Path, visitor: Visitor) -> Iterator[Client]:
    """The program's own command, serving."""
    command = [sys.executable, "-c", "from intake.cli import main; main()", "web", "--config", "config.toml"]
    process = subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE)
    try:
        assert process.stderr is not None
        address = re.search(rb"http://\S+", process.stderr.readline())
        assert address is not None
        at = urlsplit(address[0].decode())
        connection = HTTPConnection(at.hostname or "", at.port, timeout=_SECONDS)
        yield Client(connection, process, visitor)
        connection.close()
    finally:
        end(process)


def _lists(client: Client, services: Services, many: int) -> Iterator[Figure]:
    for path in ("/", "/queue/mine", "/queue/due-today", "/queue/second-approval", "/queue/approved"):
        yield client.figure(f"queue {path}", 50, partial(client.get, path))
    yield client.figure("queue /queue/everything", 50, partial(client.get, "/queue/everything"))
    for path in ("/", "/queue/approved", "/queue/everything"):
        yield client.figure(f"page 8 of {path}", 50, partial(client.get, _deep(client, path)))
    with services.store.reading() as tx:
        at = iso(submissions.get(tx, many // 2).received_at)
    middle = f"/queue/everything?{urlencode({'after': f'0~{at}~{many // 2}', 'page': '9'})}"
    yield client.figure("the middle of everything", 50, partial(client.get, middle))
    for query in (
        "outcome=return",
        "kind=unclear",
        "device=Gas+Smart+Meter",
        "manufacturer=10:11",
        "manufacturer=Maker+17",
        "manufacturer=Rare",
        "claimed=Ben",
        "outcome=return&device=Communications+Hub",
        "sort=deadline",
        "sort=oldest",
    ):
        yield client.figure(f"everything?{query}", 50, partial(client.get, f"/queue/everything?{query}"))
        yield client.figure(f"waiting?{query}", 50, partial(client.get, f"/?{query}"))


def _deep(client: Client, path: str) -> str:
    for number in range(2, 9):
        match = re.search(rf'href="([^"]+)" aria-label="Page {number}"', client.get(path))
        path = match[1].replace("&amp;", "&") if match else path
    return path


def _searches(client: Client, many: int) -> Iterator[Figure]:
    chance = random.Random(7)  # a seeded sample
    numbers = [chance.randrange(1, many) for _ in range(_TIMES * 2)]
    searched: dict[str, Callable[[], str]] = {
        "reference": lambda: reference(chance.choice(numbers)),
        "number": lambda: str(chance.choice(numbers)),
        "sender": lambda: f"sender{chance.choice(numbers) % 5_000}@",
        "a word of every subject": lambda: "submission",
        "several words": lambda: f"submission {chance.choice(numbers)}",
        "common words": lambda: "cpl submission gas",
        "manufacturer": lambda: f"maker {chance.randrange(40)}",
        "firmware": lambda: f"12:03:{chance.randrange(256):02X}",
        "certificate": lambda: f"NCSC-{1_000_000_000 + chance.choice(numbers)}",
        "digest": lambda: f"{chance.choice(numbers):064x}",
        "nothing": lambda: "nowhere at all",
        "one letter": lambda: "s",
    }
    for name, typed in searched.items():
        yield client.figure(f"search by {name}", 50, partial(_search, client, typed))


def _search(client: Client, typed: Callable[[], str]) -> None:
    client.get(f"/queue/everything?q={quote_plus(typed())}")


def _cases(client: Client, services: Services, many: int) -> Iterator[Figure]:
    chance = random.Random(8)  # likewise

    def page(query: str = "") -> str:
        return client.get(f"/submissions/{reference(chance.randrange(1, many))}{query}")

    yield client.figure("submission, looked at for the first time", 30, page)
    seen = f"/submissions/{reference(many // 3)}"
    yield client.figure("submission, looked at before", 30, partial(client.get, seen))
    query = "?view=unclaimed&device=Gas+Smart+Meter&sort=newest"
    yield client.figure("submission, from a filtered list", 30, partial(client.get, f"{seen}{query}"))
    with services.store.reading() as tx:
        open_ = select(schema.message.c.id).where(
            schema.message.c.state == State.IN_REVIEW.value, schema.message.c.claimed_by.is_(None)
        )
        undecided = iter(list(tx.scalars(open_.order_by(schema.message.c.id.desc()).limit(_TIMES * 2))))
    number = next(undecided)
    for action in ("return", "approve"):
        path = f"/submissions/{reference(number)}/decide/{action}"
        yield client.figure(f"decision page, {action}", 60, partial(client.get, path))
    yield client.figure("decision", 60, lambda: _decide(client, services, next(undecided)))


def _decide(client: Client, services: Services, number: int) -> None:
    with services.store.reading() as tx:
        submission = submissions.get(tx, number)
    form = {"letter": "Dear", "version": str(submission.version), "report": submission.report_sha256 or ""}
    client.post(f"/submissions/{submission.reference}/decide/return", form)


def _peer(place: Path) -> Iterator[str]:
    """Datasette's list of messages, a page of as many rows in the order of arrival."""
    program = shutil.which("datasette")
    if program is None:
        yield "Datasette is not installed, so its list page is not measured"
        return
    command = [program, "serve", "--immutable", "store.db", "--port", "0", "--nolock"]
    process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        assert process.stderr is not None
        told = next(line for line in process.stderr if b"http://" in line)
        at = urlsplit(re.findall(rb"http://[0-9.:]+", told)[0].decode())
        client = Client(HTTPConnection(at.hostname or "", at.port, timeout=_SECONDS), process, Visitor("", ""))
        for order in ("_sort=received_at", "_sort_desc=received_at"):
            act = partial(client.get, f"/store/message?_size=25&{order}")
            yield str(client.figure(f"Datasette, messages?{order}", 50, act))
    finally:
        end(process)


def main() -> None:
    """Measure a store of another size, or on another database, or one that lies there from before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=MANY)
    parser.add_argument("--url", default="", help="an empty PostgreSQL database; else SQLite")
    parser.add_argument("--place", type=Path, help="a folder in which the store is kept")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as fleeting:
        place = told.place or Path(fleeting)
        place.mkdir(parents=True, exist_ok=True)
        for line in of_store(place, told.cases, told.url):
            print(line, flush=True)


if __name__ == "__main__":
    main()
