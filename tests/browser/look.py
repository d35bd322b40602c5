"""How a page is looked at: by axe-core, by its width, by a picture."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
"""axe-core 4, as the package carries it: nothing is fetched."""

_LOADED = "() => typeof axe !== 'undefined'"
_RUN = """async known => {
  const resultTypes = ['violations'], chains = new Map(), unseen = new Map();
  const chain = element => {
    if (element === null) return '';
    if (!chains.has(element)) {
      const style = getComputedStyle(element);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity].join();
      chains.set(element, `${own} ${chain(element.parentElement)}`);
    }
    return chains.get(element);
  };
  const note = element => {
    const style = getComputedStyle(element), type = [style.color, style.fontSize, style.fontWeight, style.textShadow];
    const key = `${type.join()} ${chain(element)}`;
    if (element.checkVisibility() && !known.includes(key) && !unseen.has(key)) unseen.set(key, element);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (texts.currentNode.data.trim()) note(texts.currentNode.parentElement);
  document.querySelectorAll('input, textarea, select, button').forEach(note);
  const told = await axe.run(document, {resultTypes, rules: {'color-contrast': {enabled: false}}});
  const include = [...unseen.values()], runOnly = ['color-contrast'];
  const shades = include.length > 0 ? await axe.run({include}, {resultTypes, runOnly}) : {violations: []};
  return [[...told.violations, ...shades.violations], [...unseen.keys()]];
}"""
"""Every rule for the whole page; but contrast, which takes three quarters of the time, for what differs from all text
that was looked at before in colour, size, or a background behind it."""
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


def show_as(page: Page, variant: str) -> None:
    """Show the page at this variant's width, in its colours; it need not be loaded anew."""
    width, scheme = VARIANTS[variant]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its own words, out of the table above


def violations(page: Page, shades: set[str] | None = None) -> list[str]:
    """What axe-core finds on the page, one line a place.

    Args:
        page: as it is shown.
        shades: what was looked at before, added to: text that looks just like text of an earlier page, before just such
            backgrounds, has its contrast.
    """
    if not page.evaluate(_LOADED):
        page.evaluate(AXE)
    looked_at = set() if shades is None else shades
    told, unseen = page.evaluate(_RUN, list(looked_at))
    looked_at.update(unseen)
    return [
        f"{page.url}: {rule['id']} ({rule['help']}) at {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for rule in told
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
