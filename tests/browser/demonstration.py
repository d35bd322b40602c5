"""The demonstration's own command, serving, and the Chromium that looks at it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peers.peers import end
from playwright.sync_api import Page

SECONDS = 60
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Chromium as root in a container, asking nobody on the network for anything."""

REPOSITORY = Path(__file__).parents[2]


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve the demonstration; gives the page's address, and ends it as Ctrl-C does."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from intake.cli import main; main()", "demo", "--port", "0"],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield _address(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    finally:
        end(process)


def untouched(page: Page, demo: str, outcome: str) -> str:
    """The first case of this outcome that nobody has claimed or decided: its reference."""
    page.goto(f"{demo}/queue/unclaimed")
    return page.locator("[data-row]").filter(has_text=outcome).first.locator("[data-row-link]").inner_text()


def _address(process: subprocess.Popen[bytes]) -> str:
    """What the program prints as its page's address; a program that takes too long is ended."""
    assert process.stdout is not None
    too_long = threading.Timer(SECONDS, process.kill)
    too_long.start()
    said = ""
    try:
        for line in process.stdout:
            said += line.decode(errors="replace")
            match = re.search(r"http://127\.0\.0\.1:\d+", said)
            if match:
                return match[0]
    finally:
        too_long.cancel()
    message = f"the demonstration ended:\n{said}"
    raise AssertionError(message)
