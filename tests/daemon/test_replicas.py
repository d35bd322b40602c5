"""Several daemons on one store and one mailbox: what one leaves behind when it dies, another takes up."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crash.place import Place, Posted, faults_of
from daemons import wait_for
from helpers import a_submission
from peers.peers import end
from programs import environment
from sqlalchemy import select

from intake.store.schema import message, outbox

MESSAGES = 14
LEASE_SECONDS = 2
_ELSEWHERE = "import socket; socket.gethostname = lambda: {host!r}; from intake.cli import main; main()"
"""The program on another machine: nobody here can tell whether it still runs."""


@pytest.fixture
def place(tmp_path: Path, store_url: str) -> Place:
    url = "sqlite:///var/cpl-intake.db" if store_url.startswith("sqlite") else store_url
    made = Place(tmp_path / "place", url, LEASE_SECONDS).make()
    for number in range(MESSAGES):
        made.post(Posted(a_submission(serial=number), answered=True))
    return made


@pytest.fixture
def replica(place: Place) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Starts a daemon on a machine of this name."""
    started: list[subprocess.Popen[bytes]] = []

    def start(host: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", _ELSEWHERE.format(host=host), "run", "--config", str(place.config)]
        quiet = subprocess.DEVNULL
        started.append(subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment()))
        return started[-1]

    yield start
    for process in started:
        end(process)


def states(place: Place) -> Counter[str]:
    """How many messages and letters stand where."""
    if not place.url.startswith("postgresql") and not (place.folder / "var" / "cpl-intake.db").exists():
        return Counter()
    store = place.store()
    with store.reading() as tx:
        actual = Counter([*tx.scalars(select(message.c.state)), *tx.scalars(select(outbox.c.state))])
    store.close()
    return actual


def all_done(place: Place) -> bool:
    return states(place) == {"in_review": MESSAGES, "sent": MESSAGES}


def test_what_a_machine_holds_that_dies_is_taken_over_when_its_lease_has_run_out(
    place: Place, replica: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    first = replica("first.example")
    wait_for(lambda: states(place)["in_review"] >= 2)
    first.kill()
    first.wait()
    assert not all_done(place)
    replica("second.example")
    wait_for(lambda: all_done(place), 60)
    assert not faults_of(place)


def test_two_machines_share_a_mailbox_and_double_nothing(
    place: Place, replica: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    both = [replica("first.example"), replica("second.example")]
    wait_for(lambda: all_done(place), 60)
    for process in both:
        process.terminate()
    assert [process.wait(30) for process in both] == [0, 0]
    assert not faults_of(place)
