"""Real servers beside the tests: skipped with a reason on a laptop that lacks one, a failure in CI."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

START_SECONDS = 20


def require(condition: object, reason: str) -> None:
    """Go on only where the condition holds: skip the test with the reason, or fail it where CI=true."""
    if condition:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"required in CI: {reason}")
    pytest.skip(reason)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses just now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert isinstance(port, int)
        return port


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server's first line can be read; fail with its log if it dies or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.settimeout(START_SECONDS)
                if connection.recv(1):
                    return
        except OSError:
            time.sleep(0.02)  # the wait between two looks, bounded by the deadline
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace') if log.exists() else '(no log)'}")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, gently, then not."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
