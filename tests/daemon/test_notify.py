"""What systemd hears of us, by a real socket."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Thread

import pytest
from peers.peers import free_port
from programs import a_place, arguments, environment

from intake.daemon import Daemon
from intake.domain.message import Sighting
from intake.mailbox.base import Fetched, Letter, MailboxListing
from intake.notify import Notifier, Watch
from intake.pipeline.services import Services
from intake.pulse import Pulse

BOUND = 30.0
USEC = "200000"


class Manager:
    """Listens where a service manager would."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(f"\0{address[1:]}" if address.startswith("@") else address)
        self._socket.settimeout(0.1)

    def environment(self, watchdog: str = USEC, process: str = "") -> dict[str, str]:
        return {"NOTIFY_SOCKET": self.address, "WATCHDOG_USEC": watchdog, "WATCHDOG_PID": process}

    def heard(self, seconds: float = 0.0) -> list[str]:
        """Everything said within this time, and at least what has been said already."""
        lines, over = [], time.monotonic() + seconds
        while True:
            try:
                lines += self._socket.recv(4096).decode().split("\n")
            except TimeoutError:
                if time.monotonic() >= over:
                    return lines

    def wait_for(self, line: str) -> list[str]:
        heard: list[str] = []
        over = time.monotonic() + BOUND
        while not any(each.startswith(line) for each in heard):
            assert time.monotonic() < over, f"{line} was not said: {heard}"
            heard += self.heard()
        return heard

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["in a folder", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Manager]:
    made = Manager(str(tmp_path / "n") if request.param == "in a folder" else f"@cpl-intake-test-{os.getpid()}")
    yield made
    made.close()


class Box:
    """A mailbox that hangs while it is told to."""

    name = "secas"
    marks = False

    def __init__(self) -> None:
        self.flows = Event()
        self.flows.set()

    def scan(self, since: str | None = None) -> MailboxListing:
        assert since is None
        self.flows.wait(BOUND)
        return MailboxListing([], whole=True)

    def fetch(self, wanted: Sequence[Sighting]) -> Iterator[Fetched]:
        assert not wanted
        yield from ()

    def settle(self, taken: Sequence[Sighting]) -> None:
        assert not taken

    def wait(self, seconds: float, stopping: Event) -> None:
        stopping.wait(seconds)

    def close(self) -> None:
        self.flows.set()


class NoLetters:
    def send(self, letter: Letter) -> None:
        raise AssertionError(letter)

    def close(self) -> None:
        pass


def test_facts_go_as_one_datagram_and_stay_on_their_lines(manager: Manager) -> None:
    Notifier(manager.environment()).tell(READY="1", STATUS="two\nlines")
    assert manager.heard() == ["READY=1", "STATUS=two lines"]


@pytest.mark.parametrize("address", ["", "/nowhere/at/all"])
def test_without_a_manager_it_goes_on_in_silence(address: str) -> None:
    Notifier({"NOTIFY_SOCKET": address}).tell(READY="1")


@pytest.mark.parametrize(
    ("usec", "process", "seconds"),
    [("20000000", "", 20.0), ("20000000", "ours", 20.0), ("20000000", "1", None), ("", "", None),
     ("0", "", None), ("soon", "", None)],
)  # fmt: skip
def test_only_the_watchdog_of_this_process_is_fed(usec: str, process: str, seconds: float | None) -> None:
    asked = str(os.getpid()) if process == "ours" else process
    assert Notifier({"WATCHDOG_USEC": usec, "WATCHDOG_PID": asked}).watchdog_seconds == seconds


def test_a_thread_that_is_no_loop_is_not_missed() -> None:
    pulse = Pulse(-1.0)
    pulse.beat()
    assert pulse.loops() == {}
    pulse.expect()
    assert pulse.silent() == ["MainThread"]
    pulse.leave()
    assert pulse.silent() == []


def test_a_loop_that_waits_by_intent_is_not_missed() -> None:
    pulse = Pulse(-1.0)
    pulse.expect(3600.0)
    assert pulse.silent() == []


def test_without_a_watchdog_nothing_is_fed(manager: Manager) -> None:
    watch = Watch(Notifier(manager.environment(watchdog="")), Pulse())
    watch.begin("begun")
    watch.look(stopping=False)
    assert manager.heard() == ["READY=1", "STATUS=begun"]


def test_a_stuck_mailbox_is_no_longer_covered_by_the_loops_that_live(services: Services, manager: Manager) -> None:
    """While the mailbox hangs, workers and letters go on, and the watchdog is not fed all the same."""
    box, pulse = Box(), services.pulse
    pulse.patience = 0.7
    daemon = Daemon(services, [(box, 0.05)], NoLetters(), notifier=Notifier(manager.environment()))
    # idle loops look once a second, so they are heard of within that and the patience
    running = Thread(target=daemon.run)
    running.start()
    try:
        manager.wait_for("READY=1")
        manager.wait_for("WATCHDOG=1")
        box.flows.clear()
        heard = manager.wait_for("STATUS=Silent: poll secas")
        assert "WATCHDOG=1" not in heard[heard.index("STATUS=Silent: poll secas") :]
        assert "WATCHDOG=1" not in manager.heard(1.0)
        assert [name for name, silent in pulse.loops().items() if silent] == ["poll secas"]
        box.flows.set()
        heard = manager.wait_for("WATCHDOG=1")
        assert any(line.startswith("STATUS=Mailboxes: secas") for line in heard)
    finally:
        box.flows.set()
        daemon.stopping.set()
        running.join(BOUND)
    assert manager.wait_for("STOPPING=1").count("STOPPING=1") == 1
    assert pulse.loops() == {}


def test_the_process_says_ready_is_fed_and_says_when_it_stops(tmp_path: Path) -> None:
    manager = Manager(str(tmp_path / "n"))
    config = a_place(tmp_path)
    process = subprocess.Popen(
        arguments("run", "--config", config),
        env={**environment(), **manager.environment()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        heard = manager.wait_for("READY=1")
        assert any("post" in line for line in heard if line.startswith("STATUS="))
        manager.wait_for("WATCHDOG=1")
        process.send_signal(signal.SIGTERM)
        manager.wait_for("STOPPING=1")
        assert process.wait(BOUND) == 0
    finally:
        process.kill()
        process.wait(BOUND)
        manager.close()


def test_the_page_says_where_it_serves(tmp_path: Path) -> None:
    manager = Manager(str(tmp_path / "n"))
    config = a_place(tmp_path, "[web]\nport = 0\n")
    process = subprocess.Popen(
        arguments("web", "--config", config),
        env={**environment(), **manager.environment(watchdog="")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert any(line.startswith("STATUS=Serving http://127.0.0.1:") for line in manager.wait_for("READY=1"))
        process.send_signal(signal.SIGTERM)
        manager.wait_for("STOPPING=1")
        assert process.wait(BOUND) == 0
    finally:
        process.kill()
        process.wait(BOUND)
        manager.close()


def test_the_daemon_s_own_listener_answers_while_it_runs_and_ends_with_it(tmp_path: Path) -> None:
    manager, port = Manager(str(tmp_path / "n")), free_port()
    config = a_place(tmp_path, f"[metrics]\nport = {port}\n")
    process = subprocess.Popen(
        arguments("run", "--config", config),
        env={**environment(), **manager.environment(watchdog="")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        manager.wait_for("READY=1")
        for path, content in (("/healthz", b"alive"), ("/readyz", b"ready"), ("/metrics", b'loop="poll post"} 0.0')):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=BOUND)
            connection.request("GET", path)
            answer = connection.getresponse()
            assert answer.status == 200
            assert content in answer.read()
            connection.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(BOUND) == 0
    finally:
        process.kill()
        process.wait(BOUND)
        manager.close()
