from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from peers.peers import end, require
from playwright.sync_api import Browser, Page, sync_playwright

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


@pytest.fixture(scope="module")
def chromium() -> str:
    """Where Debian's Chromium lies."""
    actual = shutil.which("chromium")
    require(actual, "Chromium is not installed (Debian: apt-get install chromium)")
    return actual or ""


@pytest.fixture(scope="module")
def demo(chromium: str) -> Iterator[str]:
    """The demonstration's own command, serving; gives the page's address."""
    assert chromium
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
    pytest.fail(f"the demonstration ended:\n{said}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium itself, shared by a file's tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield launched
        launched.close()


def _opened(browser: Browser, *, javascript: bool) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=javascript, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(SECONDS * 1000)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in Chromium without JavaScript: every page works so."""
    yield from _opened(browser, javascript=False)


@pytest.fixture
def scripted(browser: Browser) -> Iterator[Page]:
    """A page in Chromium with JavaScript, as most people have it."""
    yield from _opened(browser, javascript=True)
