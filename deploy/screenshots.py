# ruff: noqa: INP001  # a script, not a package
"""Takes README's pictures of the review page: runs the demonstration and photographs it in Debian's Chromium.

Usage: python deploy/screenshots.py FOLDER
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

SECONDS = 120
SIZE = (1280, 860)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
REPOSITORY = Path(__file__).parents[1]


@contextmanager
def demonstration() -> Iterator[str]:
    """Run the demonstration; gives its page's address."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from intake.cli import main; main()", "demo", "--port", "0"],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    too_long = threading.Timer(SECONDS, process.kill)
    too_long.start()
    try:
        yield next(found[0] for line in process.stdout or () if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
    finally:
        too_long.cancel()
        process.terminate()
        process.wait(SECONDS)


@contextmanager
def browser() -> Iterator[Page]:
    """Open a page in Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed (Debian: apt-get install chromium fonts-liberation)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        width, height = SIZE
        yield started.new_page(viewport={"width": width, "height": height})
        started.close()


def take(folder: Path) -> None:
    """Write ``queue.png`` and ``submission.png``."""
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, browser() as page:
        page.goto(address)
        page.screenshot(path=folder / "queue.png")
        page.get_by_role("row").filter(has_text="disagree").first.get_by_role("link").click()
        page.screenshot(path=folder / "submission.png")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004  # the script and its folder
        sys.exit(__doc__)
    take(Path(sys.argv[1]))
