"""Finds every page that a link leads to, so that a new page is looked at without being named here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import parse_qsl

from playwright.sync_api import Page

_LINKS = "links => links.map(link => link.getAttribute('href'))"
_NO_PAGE = re.compile(r"^/static/|/documents/[0-9a-f]{64}(?!/view)|\.zip|\.eml|\.csv|\.ics|/download")
MOST = {
    "/rules/*": 3,
    "/submissions/*?view": 1,
    "/submissions/*/reply": 2,
    **{f"/submissions/*/decide/{action}": 4 for action in ("approve", "return", "ask")},
}
"""Of pages that one template and one kind of text make, a few will do; a case opened from a list differs in a link."""
OTHERWISE = 8
STEPS = 80
"""Pages in all: each is looked at in every variant, and a look takes a third of a second."""


def every_address(page: Page, demo: str, look: Callable[[Page], None]) -> list[str]:
    """Every path that links lead to from the queue, those of one shape up to a limit; each is looked at on the way."""
    waiting, known, shapes = ["/"], {"/"}, Counter[str]()
    walked: list[str] = []
    while waiting and len(walked) < STEPS:
        path = waiting.pop(0)
        shape = _shape(path)
        if shapes[shape] >= MOST.get(shape, OTHERWISE):
            continue
        shapes[shape] += 1
        response = page.goto(demo + path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        walked.append(path)
        look(page)
        for href in page.locator("a[href]").evaluate_all(_LINKS):
            target = href.partition("#")[0]
            if target.startswith("/") and target not in known and not _NO_PAGE.search(target):
                known.add(target)
                waiting.append(target)
    return walked


def _shape(path: str) -> str:
    """The path with what names one thing among many left out: a reference, a rule, a digest; of a query its names."""
    bare, _, query = path.partition("?")
    shape = re.sub(r"CPL-\d+|[0-9a-f]{64}|(?<=/rules/).+|(?<=/evidence/).+|(?<=/)\d+(?=/|$)", "*", bare)
    return f"{shape}?{'&'.join(sorted(name for name, _ in parse_qsl(query)))}" if query else shape
