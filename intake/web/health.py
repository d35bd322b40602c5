"""For whoever watches over the process."""

from __future__ import annotations

from sqlalchemy import text
from starlette.responses import PlainTextResponse, Response

from intake.errors import UnreachableError
from intake.web.visit import Visit


def alive(_visit: Visit) -> Response:
    """The process answers; nothing else is asked."""
    return PlainTextResponse("alive\n")


def ready(visit: Visit) -> Response:
    """The store answers."""
    try:
        with visit.services.store.reading() as tx:
            tx.execute(text("SELECT 1"))
    except UnreachableError:
        return PlainTextResponse("the store does not answer\n", 503)
    return PlainTextResponse("ready\n")
