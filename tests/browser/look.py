"""How a page is looked at: by axe-core, by its width, by a picture."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
"""axe-core 4, as the package carries it: nothing is fetched."""

_RUN = "() => axe.run(document, {resultTypes: ['violations']}).then(told => told.violations)"
EVERY = "CPL_EVERY_VARIANT"
"""Set, pages are looked at in every variant; else each width and each scheme is seen once, which leaves CI its time."""
_VARIANTS = {
    "wide-light": (1280, "light"),
    "wide-dark": (1280, "dark"),
    "narrow-light": (390, "light"),
    "narrow-dark": (390, "dark"),
}
VARIANTS = _VARIANTS if os.environ.get(EVERY) else {name: _VARIANTS[name] for name in ("wide-light", "narrow-dark")}
SCREENSHOTS = os.environ.get("CPL_SCREENSHOTS", "")
"""A folder for a picture of every page; none are taken where it is not named."""


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page, one line a place."""
    page.evaluate(AXE)
    return [
        f"{page.url}: {rule['id']} ({rule['help']}) at {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for rule in page.evaluate(_RUN)
        for node in rule["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """The page's address where it must be scrolled sideways."""
    scrolled, shown = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{page.url} is {scrolled} px wide in {shown}"] if scrolled > shown else []


def picture(page: Page, variant: str) -> None:
    """Keep a picture of the whole page, named by its address."""
    if not SCREENSHOTS:
        return
    folder = Path(SCREENSHOTS) / variant
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w-]+", "_", page.url.partition("://")[2].partition("/")[2]).strip("_") or "queue"
    page.screenshot(path=folder / f"{name}.png", full_page=True)
