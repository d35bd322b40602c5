"""The style sheet, the script and the favicon, kept in memory."""

from __future__ import annotations

from functools import cache

from starlette.responses import Response

from intake import resources
from intake.web.page_request import PageRequest
from intake.web.pages import fingerprint
from intake.web.problem import problem

FILES = {"cpl-intake.css": "text/css", "cpl-intake.js": "text/javascript", "favicon.svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_NOW = "public, max-age=300"


@cache
def _content(name: str) -> bytes:
    return (resources.templates() / "static" / name).read_bytes()


def show(page_request: PageRequest) -> Response:
    """Send a static file; one requested by its digest may be cached for ever."""
    name = page_request.request.path_params["name"]
    if name not in FILES:
        return problem(page_request, 404, "Page not found", "There is no such file.")
    keep = _FOR_EVER if page_request.query("v") == fingerprint(name) else _FOR_NOW
    return Response(_content(name), media_type=FILES[name], headers={"Cache-Control": keep})
