"""A file of a version of the list, as a download."""

from __future__ import annotations

from starlette.responses import Response

from intake.store import publications
from intake.web.document import disposition
from intake.web.page_request import PageRequest
from intake.web.problem import problem

_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}


def show(page_request: PageRequest) -> Response:
    """Send the file as it was archived."""
    parameters = page_request.request.path_params
    with page_request.services.store.reading() as tx:
        made = publications.get(tx, parameters["publication"])
    sha256 = made.files.get(parameters["name"]) if made else None
    if sha256 is None:
        return problem(page_request, 404, "No such file", "This version has no file of this name.")
    content = page_request.services.archive.get(sha256)
    headers = {**_HEADERS, "Content-Disposition": disposition(parameters["name"])}
    return Response(content, media_type="application/octet-stream", headers=headers)
