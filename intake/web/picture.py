"""The page of a document as a picture, for whoever may take the document away."""

from __future__ import annotations

import hashlib

from starlette.responses import Response

from intake.extract.views import WIDTHS, Wanted
from intake.pipeline.evidence.views import page_view
from intake.pipeline.people import access
from intake.web.page_request import PageRequest
from intake.web.problem import problem

_MOST_DIGITS = 7
_KEEP = "private, no-cache"
"""A browser may keep it for its person, and asks each time whether that person may still see it."""
LARGE = "large"
"""What the query's `size` says of a picture to look at alone."""


def show(page_request: PageRequest) -> Response:
    """Send the picture; 304 where the browser has it, 404 where there is no such page, 422 where none can be made."""
    path = page_request.request.path_params
    width = WIDTHS[1] if page_request.query("size") == LARGE else WIDTHS[0]
    try:
        view = page_view(
            page_request.services, page_request.number(), Wanted(path["sha256"], _page(path["page"]), width)
        )
    except KeyError:
        return problem(page_request, 404, "No such page", "This submission holds no document with this page.")
    if view.trouble:
        return problem(page_request, 422, "This page cannot be shown", view.trouble)
    if page_request.session is not None:
        shown, begun = ("a page of a document", path["sha256"]), page_request.session.started_at
        access.viewed(page_request.services, page_request.number(), page_request.person, [shown], begun)
    tag = f'"{hashlib.sha256(view.image).hexdigest()}"'
    headers = {"Cache-Control": _KEEP, "ETag": tag, "Content-Disposition": "inline"}
    if _known(page_request.request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(view.image, media_type="image/webp", headers=headers)


def _page(text: str) -> int:
    """The page's number.

    Raises:
        KeyError: it is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise KeyError(text)
    return int(text)


def _known(header: str, tag: str) -> bool:
    """Whether the browser has this very picture (RFC 9110 13.1.2)."""
    tags = {part.strip().removeprefix("W/") for part in header.split(",")}
    return tag in tags or "*" in tags
