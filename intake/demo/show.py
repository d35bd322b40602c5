"""The demonstration: a mailbox of sample messages, the daemon's work on it, a table, and the review page."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from intake import bootstrap
from intake.config import Config, LogConfig, from_table
from intake.daemon import Daemon
from intake.demo.listed import VERSION, a_list
from intake.demo.samples import Sample, samples
from intake.domain.review import Role
from intake.domain.submission import WORKABLE
from intake.log import configure
from intake.pipeline.list.listing import import_list
from intake.pipeline.people.people import added
from intake.pipeline.services import Services
from intake.publication.edition import Edition
from intake.publication.workbook import workbook
from intake.store import events, people, queue
from intake.store.queue import QueueRow

HOST, PORT = "127.0.0.1", 8080
PEOPLE = ("Ada Moor", "Ben Shaw")
"""Two people, because an approval needs two."""


def show(console: Console, *, port: int | None, serve: bool) -> int:
    """Run the demonstration; gives the exit code."""
    configure(LogConfig(format="console", level="error"))
    with tempfile.TemporaryDirectory(prefix="cpl-intake-demo-") as folder:
        config = _config(Path(folder))
        sent = _fill_mailbox(config.path("mail"))
        services = bootstrap.services(config, preload_pictures=True, sign_in=True)
        try:
            take_in_list(services)
            code = _work(console, config, services, len(sent))
            with services.store.reading() as tx:
                rows = queue.rows(tx)
            console.print(_table(rows, sent))
            if serve:
                with _running(Daemon(services, [], bootstrap.postman(config))):  # decisions bring letters to send
                    _serve(console, services, port)
        finally:
            services.sandbox.close()
            services.store.close()
    return code


def take_in_list(services: Services) -> None:
    """Take in an invented list, against which the samples are judged and to which approvals add."""
    made = a_list(services.clock.now().date())
    import_list(services, workbook(Edition(VERSION, services.clock.now().date(), made.entries)), made)


def _config(folder: Path) -> Config:
    table: dict[str, object] = {
        "mailbox": [{"name": "demo", "kind": "folder", "path": "mail"}],
        "outgoing": {"kind": "folder", "path": "sent", "from": "SECAS <secas@example.test>"},
    }
    return from_table(table, folder / "config.toml")


def _fill_mailbox(folder: Path) -> dict[str, Sample]:
    """Write the samples as .eml files; gives them by subject."""
    folder.mkdir()
    now = datetime.now(UTC).replace(microsecond=0)
    made = list(samples(now))
    for number, sample in enumerate(made, start=1):
        (folder / f"{number:02d} {sample.name}.eml").write_bytes(sample.message(now - timedelta(minutes=number)))
    return {sample.subject: sample for sample in made}


def _work(console: Console, config: Config, services: Services, total: int) -> int:
    """The daemon's own work, watched."""
    with services.store.transaction() as tx:
        for name in PEOPLE:
            now = services.clock.now()
            people.add(tx, name, "", Role.ANALYST, now)
            events.append(tx, added(name, "", Role.ANALYST), at=now)
    daemon = bootstrap.daemon(config, services, once=True)
    with _progress(console, total) as bar, _running(daemon) as thread:
        while thread.is_alive():
            thread.join(timeout=0.05)
            bar.update(bar.task_ids[0], completed=_done(services))
        bar.update(bar.task_ids[0], completed=_done(services))
    return 1 if daemon.troubles else 0


@contextmanager
def _running(daemon: Daemon) -> Iterator[Thread]:
    thread = Thread(target=daemon.run, daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        daemon.stopping.set()
        thread.join()


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        progress.add_task("Receiving, acknowledging, reading, judging", total=total)
        yield progress


def _done(services: Services) -> int:
    with services.store.reading() as tx:
        states = queue.messages_by_state(tx)
    return sum(number for state, number in states.items() if state not in WORKABLE)


_COLOURS = {"ready": "green", "return": "red", "needs_a_person": "yellow"}


def _table(rows: list[QueueRow], sent: dict[str, Sample]) -> Table:
    """Two lines a message, so that it fits a terminal of eighty columns."""
    table = Table(title="What became of each message", title_justify="left", header_style="bold", box=SIMPLE_HEAD)
    table.add_column("Reference\ntaken for", no_wrap=True)
    table.add_column("Outcome\nacknowledged", no_wrap=True)
    table.add_column("Message\nwhat it is here to show")
    for row in rows:
        submission = row.submission
        outcome = submission.outcome or submission.state.value
        acknowledged = "acknowledged" if row.acknowledged_at else "not acknowledged"
        table.add_row(
            f"{submission.reference}\n[dim]{'automatic mail' if submission.automatic else submission.kind}[/]",
            f"[{_COLOURS.get(outcome, 'default')}]{outcome.replace('_', ' ')}[/]\n[dim]{acknowledged}[/]",
            f"{escape(submission.subject)}\n[dim]{escape(sent[submission.subject].shows)}[/]",
        )
    return table


def _serve(console: Console, services: Services, port: int | None) -> None:
    from intake.web.serve import serve  # noqa: PLC0415  # not for --no-serve

    def say(address: str) -> None:
        console.print(f"\nThe review page: [bold]{address}[/]")
        console.print(f"You are signed in as {PEOPLE[0]}; the page lets you go on as {PEOPLE[1]}.")
        console.print("Ctrl-C ends it.")

    serve(services, HOST, _free(PORT) if port is None else port, demo_people=PEOPLE, started=say)


def _free(port: int) -> int:
    """The port, or 0 for any where somebody else has it."""
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return 0
    return port
