"""Documents and evidence as downloads: never shown by the browser, always saved."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from intake.pipeline.evidence import retrieve
from intake.pipeline.people import access
from intake.web.page_request import PageRequest
from intake.web.problem import problem

_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}
_LONGEST_NAME = 150


def show(page_request: PageRequest) -> Response:
    """Send an attachment as received, or the raw message."""
    try:
        name, content = retrieve.document(
            page_request.services, page_request.number(), page_request.request.path_params["sha256"]
        )
    except KeyError:
        return problem(page_request, 404, "No such document", "This submission holds no document of this digest.")
    access.downloaded(page_request.services, page_request.person, name, content, page_request.number())
    return download(name, content, "application/octet-stream")


def evidence(page_request: PageRequest) -> Response:
    """Send the evidence bag."""
    content = retrieve.export(page_request.services, page_request.number())
    access.downloaded(page_request.services, page_request.person, "evidence bag", content, page_request.number())
    return download(f"{page_request.request.path_params['reference'].upper()}.zip", content, "application/zip")


def download(name: str, content: bytes, media: str) -> Response:
    """Send bytes to be saved under a name."""
    return Response(content, media_type=media, headers={**_HEADERS, "Content-Disposition": disposition(name)})


def disposition(name: str) -> str:
    """Write ``attachment`` with a name that cannot leave the header or the folder it is saved in (RFC 6266)."""
    safe = "".join("_" if char in '/\\:"*?<>|' or not char.isprintable() else char for char in name)
    safe = safe.strip(" .")[:_LONGEST_NAME] or "document"
    plain = safe.encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
