"""The first page of each role."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response

from intake.domain.review import Role
from intake.web import queue
from intake.web.page_request import PageRequest

_FIRST: Mapping[Role, str] = {Role.ADMIN: "/people", Role.SSC: "/ssc"}


def show(page_request: PageRequest) -> Response:
    """Show the queue to whoever opens cases; lead everybody else to what is theirs."""
    if page_request.reads_cases or page_request.role is None:
        return queue.show(page_request)
    return RedirectResponse(_FIRST[page_request.role], 303)
