from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from browser.demonstration import QUIET, SECONDS, demonstration
from peers.peers import require
from playwright.sync_api import Browser, Page, sync_playwright


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Debian's Chromium lies."""
    actual = shutil.which("chromium")
    require(actual, "Chromium is not installed (Debian: apt-get install chromium)")
    return actual or ""


@pytest.fixture(scope="session")
def demo(chromium: str) -> Iterator[str]:
    """The demonstration's own command, serving; gives the page's address.

    It takes longer to start than most files take to look at it, so one serves them all. A test that decides takes a
    case that is `untouched`; no test names one that another might have decided.
    """
    assert chromium
    with demonstration() as address:
        yield address


@pytest.fixture(scope="session")
def shades() -> set[str]:
    """The text and backgrounds whose contrast has been looked at, of all our pages: they have one style sheet."""
    return set()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium itself, shared by the tests of a file.

    Its driver keeps an event loop in this thread, beside which no later test could run one of its own.
    """
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
