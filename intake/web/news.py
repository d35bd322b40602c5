"""What an open page asks for by itself: whether something new waits, and whether a check has come to its end."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from intake.domain.submission import WORKABLE
from intake.store import arrivals, submissions
from intake.store.submissions import GREATEST
from intake.web.page_request import PageRequest, known_number

EVERY_SECONDS = 30
"""Between two questions of a list."""
WATCH_SECONDS = 3
"""Between two questions of a page whose submission is being checked; without the script it loads itself anew."""


def show(page_request: PageRequest) -> Response:
    """Answer ``/news?since=NUMBER`` with what is new, and ``/news?case=REFERENCE`` with whether it is in work.

    The answer is JSON: ``new`` (how many), ``more`` (there may be more than could be counted), ``busy``.
    """
    since, case = _number(page_request.query("since")), known_number(page_request.query("case"))
    answer: dict[str, object] = {}
    with page_request.services.store.reading() as tx:
        if since is not None:
            count = arrivals.since(tx, since)
            answer |= {"new": count, "more": count >= arrivals.LOOKED_AT}
        if case is not None:
            answer["busy"] = submissions.get(tx, case).state in WORKABLE
    return JSONResponse(answer, 200 if answer else 400)


def _number(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(GREATEST)) else None
    return None if number is None or number > GREATEST else number
