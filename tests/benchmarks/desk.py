"""The analyst's desk over crowded stores: p50 and p95 of its pages over a kept-alive connection, and how they grow.

The pages come from a process of the program's own, ``cpl-intake web``, over HTTP; its store was written beforehand.
Beside the time by the clock stands what processors spent on each request: on a busy machine the clock says little.
The list page and the search of Datasette over the same store stand beside them, where DATASETTE names its program.
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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote_plus, urlencode, urlsplit

from benchmarks import desk_store, stores
from benchmarks.desk_store import Visitor
from peers.peers import end
from peers.postgresql import has_postgresql
from sqlalchemy import select, text

from intake import bootstrap
from intake.clock import iso
from intake.config import load
from intake.domain.reference import reference
from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.store import schema, submissions
from intake.store.engine import Store, Transaction
from intake.web import csrf

MANY = 100_000
_PEER = "DATASETTE"
"""Names, in the environment, the program of the peer; an installation of its own, as it brings a web server along."""
_TIMES = 60
_SECONDS = 60
_PATIENT = ("--setting", "sql_time_limit_ms", str(_SECONDS * 1000))
"""Its own limit is a second, and it answers that a list of so many took too long."""
_FEW = 10_000
"""Cases of the store that growth is counted from."""
_ITSELF_MS = 1.0
"""Below that, a ratio of two times is noise."""
_ITS_PROCESSES = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
)
_OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Figure:
    """How long one kind of page takes, in milliseconds."""

    name: str
    clock: tuple[float, float]
    """The median, and what 95 of a hundred stay below."""
    spent: tuple[float, float]
    """The same of the server's processor time, the database's own processes included."""
    bound: float | None
    """Of what 95 of a hundred stay below; None of a peer."""

    def __str__(self) -> str:
        """Say it in a line."""
        clock, spent = ("p50 {:6.1f} p95 {:6.1f}".format(*times) for times in (self.clock, self.spent))
        bound = "" if self.bound is None else f"   (bound {self.bound:.0f} ms)"
        return f"{self.name:<50} clock {clock} ms   processor {spent} ms{bound}"


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

    def get_anew(self, path: str) -> str:
        """The same over a connection of its own."""
        kept = self.connection
        self.connection = HTTPConnection(kept.host, kept.port, timeout=_SECONDS)
        try:
            return self.get(path)
        finally:
            self.connection.close()
            self.connection = kept

    def post(self, path: str, form: dict[str, str]) -> None:
        headers = {"Cookie": self.visitor.cookie, "Content-Type": "application/x-www-form-urlencoded", **_OURS}
        self.connection.request("POST", path, urlencode({csrf.FIELD: self.visitor.csrf, **form}), headers)
        self._body(303)

    def _body(self, status: int) -> str:
        answer = self.connection.getresponse()
        body = answer.read().decode()
        assert answer.status == status, body
        return body

    def begin_anew(self) -> None:
        """Let go of the connection, as the server does while others are measured; the next request opens another."""
        self.connection.close()

    def figure(self, name: str, bound: float | None, act: Callable[[], object]) -> Figure:
        self.begin_anew()
        for _ in range(3):
            act()
        times, spent, pids = list[float](), list[float](), [self.process.pid, *self._of_database()]
        for _ in range(_TIMES):
            before, started = on_processors(pids), time.perf_counter()
            act()
            times.append((time.perf_counter() - started) * 1000)
            spent.append((on_processors(pids) - before) * 1000)
        return Figure(name, _middle_and_most(times), _middle_and_most(spent), bound)

    def _of_database(self) -> Sequence[int]:
        if self.store is None:
            return ()
        with self.store.reading() as tx:
            return database_processes(tx, others=True)


def database_processes(tx: Transaction, *, others: bool = False) -> Sequence[int]:
    """List the processes with which PostgreSQL serves its clients: all that work on this database, or all but ours."""
    return tx.scalars(text(_ITS_PROCESSES + (" AND pid <> pg_backend_pid()" if others else ""))).all()


def on_processors(pids: Iterable[int]) -> float:
    """Seconds that other processes have been on a processor, their threads included; told once they wait again."""
    tasks = (task for pid in pids for task in Path(f"/proc/{pid}/task").iterdir())
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _middle_and_most(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def figures(many: int = MANY) -> Iterator[str]:
    """Measure every page on SQLite and, where one can be started, on PostgreSQL, and how each grows."""
    with stores.folder() as place:
        yield from of_sizes(place, (_FEW, many))
        if has_postgresql():
            with stores.on_postgresql(place, (many,)) as ((own, url),):
                yield from of_store(own, many, url)


def of_sizes(place: Path, sizes: Sequence[int]) -> Iterator[str]:
    """Measure stores of these sizes on SQLite, each in a folder of its own, page by page in turn, and how each grows.

    In turn, as a busy machine is not as busy a minute later.
    """
    for many in sizes:
        yield from _written(stores.on_sqlite(place, many), many, "")
    with ExitStack() as stack:
        clients = [(stack.enter_context(_client(stores.on_sqlite(place, many))), many) for many in sizes]
        every = (_every(client, services, many) for (client, services), many in clients)
        for alike in zip(*every, strict=True):
            for many, figure in zip(sizes, alike, strict=True):
                yield f"{many:>9,}: {figure}"
            yield _growth(sizes, alike)
    yield from _peer(stores.on_sqlite(place, sizes[-1]))


def _growth(sizes: Sequence[int], alike: Sequence[Figure]) -> str:
    """How the processor time of a page at a size stands to that at the first."""
    first, *others = (figure.spent[0] for figure in alike)
    times = ", ".join(
        f"at {many:,} {spent / max(first, _ITSELF_MS):.2f}" for many, spent in zip(sizes[1:], others, strict=True)
    )
    return f"growth of {alike[0].name:<50} {times} times what it takes at {sizes[0]:,} (bound 1.2)"


def of_store(place: Path, many: int, url: str) -> Iterator[str]:
    """Measure every page of a store; it is written where there is none yet."""
    yield from _written(place, many, url)
    with _client(place, on_server=bool(url)) as (client, services):
        yield f"{many:,} cases on {'PostgreSQL' if url else 'SQLite'}"
        yield from map(str, _every(client, services, many))


def _written(place: Path, many: int, url: str) -> Iterator[str]:
    seconds = stores.of_cases(place, many, url)
    if seconds:
        yield f"{many:,} cases, {desk_store.WAITING:,} of them open, written in {seconds:.0f} s"


@contextmanager
def _client(place: Path, *, on_server: bool = False) -> Iterator[tuple[Client, Services]]:
    services = bootstrap.services(load(place / "config.toml"))
    try:
        with _served(place, desk_store.sign_in(services)) as client:
            client.store = services.store if on_server else None
            yield client, services
    finally:
        services.sandbox.close()
        services.store.close()


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


def _every(client: Client, services: Services, many: int) -> Iterator[Figure]:
    yield from _lists(client, services, many)
    yield from _searches(client, many)
    yield from _cases(client, services, many)
    yield client.figure("/metrics", 50, partial(client.get, "/metrics"))
    anew = client.figure("/rules, a new connection each", None, partial(client.get_anew, "/rules"))
    yield anew
    yield client.figure("/rules, over one connection", anew.clock[0], partial(client.get, "/rules"))


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
    client.begin_anew()
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
        "common words that never meet": lambda: "gas communications",
        "names that never meet": lambda: "ada ben",
        "a figure": lambda: "4",
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
    """Datasette's list of messages, a page of as many rows in the order of arrival, and what begins with a word."""
    program = os.environ.get(_PEER) or shutil.which("datasette")
    if program is None:
        yield f"Datasette is not measured: {_PEER} names no program of it, and none is installed"
        return
    command = [program, "serve", "--immutable", "store.db", "--port", "0", "--nolock", *_PATIENT]
    process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        assert process.stderr is not None
        told = next(line for line in process.stderr if b"http://" in line)
        at = urlsplit(re.findall(rb"http://[0-9.:]+", told)[0].decode())
        client = Client(HTTPConnection(at.hostname or "", at.port, timeout=_SECONDS), process, Visitor("", ""))
        for name, path in (
            ("messages, the newest", "message?_size=25&_sort_desc=received_at"),
            ("messages in review", "message?_size=25&state__exact=in_review&_sort=received_at"),
            ("messages with a word in the subject", "message?_size=25&subject__contains=Gas&_sort_desc=received_at"),
            ("messages with one number in the subject", f"message?_size=25&subject__contains=+{_FEW // 3}:"),
            ("facts that are a word", "fact?_size=25&value__exact=gas&_sort_desc=message"),
        ):
            yield str(client.figure(f"Datasette, {name}", None, partial(client.get, f"/store/{path}")))
    finally:
        end(process)


def main() -> None:
    """Measure stores of other sizes, or one on another database, or such as lie there from before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[_FEW, MANY], help="of each store; the last on --url")
    parser.add_argument("--url", default="", help="an empty PostgreSQL database; else SQLite")
    parser.add_argument("--place", type=Path, help="a folder in which the stores are kept, each in one of its size")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as fleeting:
        place = told.place or Path(fleeting)
        place.mkdir(parents=True, exist_ok=True)
        of_one = of_store(place, told.cases[-1], told.url)
        for line in of_one if told.url else of_sizes(place, told.cases):
            print(line, flush=True)


if __name__ == "__main__":
    main()
