"""What could not be processed, for whoever looks after the program: the cause, and nothing of who wrote it or what."""

from __future__ import annotations

from starlette.responses import Response

from intake.store import submissions
from intake.web.page_request import PageRequest
from intake.web.pages import page

MOST = 200
"""Rows of the page; as many failures at once have one cause."""


def show(page_request: PageRequest) -> Response:
    """List what is set aside, what was handed to the administrator first."""
    with page_request.services.store.reading() as tx:
        failed = submissions.set_aside(tx, MOST)
    return page(page_request, "failures.html", failed=failed, most=MOST)
