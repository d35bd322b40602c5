"""Takes the pictures that README shows: ``python -m browser.shots FOLDER``."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from typing import Literal

from browser.demonstration import QUIET, demonstration
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 800}
QUALITY = 80
_OUTCOMES = {"case": "To be returned", "decision": "To be returned", "telephone": "Ready"}


def take(folder: Path) -> None:
    """Write queue, case, decision and telephone as WebP."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed (Debian: apt-get install chromium)")
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        light = _page(browser, WIDE, "light")
        light.goto(demo)
        _keep(light, folder / "queue.webp")
        _open(light, demo, _OUTCOMES["case"])
        _keep(light, folder / "case.webp")
        light.goto(f"{light.url.partition('?')[0]}/decide/return")
        _keep(light, folder / "decision.webp")
        telephone = _page(browser, NARROW, "dark")
        _open(telephone, demo, _OUTCOMES["telephone"])
        _keep(telephone, folder / "telephone.webp")
        browser.close()


def _page(browser: Browser, size: dict[str, int], scheme: Literal["light", "dark"]) -> Page:
    return browser.new_page(
        viewport={"width": size["width"], "height": size["height"]}, color_scheme=scheme, reduced_motion="reduce"
    )


def _open(page: Page, demo: str, outcome: str) -> None:
    page.goto(demo)
    page.locator("[data-row]").filter(has_text=outcome).first.locator("[data-row-link]").click()
    page.wait_for_url("**/submissions/**")


def _keep(page: Page, path: Path) -> None:
    """Keep what a screen shows, small."""
    page.evaluate("scrollTo(0, 0)")
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)
    sys.stdout.write(f"{path}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    take(Path(sys.argv[1]))
