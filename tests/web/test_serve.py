from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from peers.peers import end
from web.world import World

from intake.errors import ConfigurationError
from intake.web.serve import _listening, serve

REPOSITORY = Path(__file__).parents[2]
SECONDS = 60
PROGRAM = """
import sys
from pathlib import Path
from urllib.parse import urlsplit
sys.path[:0] = ["tests"]
from web.world import World
from intake.web.serve import serve
world = World(Path(sys.argv[1]))
serve(world.services, "127.0.0.1", 0, started=lambda address: print(address, flush=True))
world.close()
print("ended", flush=True)
"""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT], ids=lambda stop: stop.name)
def test_it_serves_says_nothing_and_ends_cleanly(tmp_path: Path, stop: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().decode().strip())
        client = http.client.HTTPConnection(address.hostname or "", address.port, timeout=SECONDS)
        client.request("GET", "/sign-in")
        answer = client.getresponse()
        assert answer.status == 200
        assert answer.getheader("server") is None
        assert b"Sign in" in answer.read()
        process.send_signal(stop)
        out, err = process.communicate(timeout=SECONDS)
    finally:
        end(process)
    assert (process.returncode, out, err) == (0, b"ended\n", b"")


def test_a_port_that_is_taken_is_said_so(world: World) -> None:
    import socket  # noqa: PLC0415  # beside its only use

    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(ConfigurationError, match="nothing can listen"):
        serve(world.services, "127.0.0.1", other.getsockname()[1])


def test_an_answer_never_waits_for_a_delayed_acknowledgement() -> None:
    with _listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_what_few_processes_ever_need_is_not_loaded_by_all() -> None:
    """Workbooks, calendars, signing: a fifth of what the page would keep in memory for ever."""
    heavy = {"openpyxl", "icalendar", "endesive", "requests", "pypdfium2", "PIL", "lxml", "pyhanko", "psycopg"}
    code = (
        "import sys, intake.bootstrap, intake.web.serve\n"
        f"print(sorted({heavy!r} & {{name.partition('.')[0] for name in sys.modules}}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
