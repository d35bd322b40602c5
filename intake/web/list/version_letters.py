"""A person lets a letter about a version of the list go, or keeps it back."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from intake.domain.version_letter import version_of
from intake.web.list import versions
from intake.web.page_request import PageRequest
from intake.web.settled_letter import Place, Verb, settle


def send(page_request: PageRequest) -> Response:
    """Send a letter about a version."""
    return settle(page_request, Verb.SEND, _on_version(page_request))


def drop(page_request: PageRequest) -> Response:
    """Decide that a letter about a version shall not be sent."""
    return settle(page_request, Verb.DROP, _on_version(page_request))


def _on_version(page_request: PageRequest) -> Place:
    version = page_request.request.path_params["version"]
    return Place(
        lambda letter: version_of(letter.entry) == version,
        lambda error, status: versions.page_of(page_request, error=error, status=status),
        lambda done: RedirectResponse(f"/list/versions/{quote(version, safe='')}?done={done}#letters", 303),
    )
