"""A person lets a letter about a version of the list go, or keeps it back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline.list.tell_published import version_of
from intake.pipeline.outgoing import letters
from intake.pipeline.services import Services
from intake.store import outbox
from intake.web.list import versions
from intake.web.page_request import PageRequest
from intake.web.problem import problem


def send(page_request: PageRequest) -> Response:
    """Send a letter about a version."""
    return _settle(page_request, letters.send_held_letter, "letter-sent")


def drop(page_request: PageRequest) -> Response:
    """Decide that a letter about a version shall not be sent."""
    return _settle(page_request, letters.drop_held_letter, "letter-dropped")


def _settle(page_request: PageRequest, settle: Callable[[Services, int, str], None], done: str) -> Response:
    version, letter_id = page_request.request.path_params["version"], page_request.request.path_params["letter"]
    with page_request.services.store.reading() as tx:
        letter = outbox.get(tx, letter_id)
    if letter is None or version_of(letter.entry) != version:
        return problem(page_request, 404, "No such letter", "There is no letter of this number about this version.")
    try:
        settle(page_request.services, letter_id, page_request.person)
    except DecisionRefusedError as error:
        return versions.page_of(page_request, error=str(error), status=409)
    return RedirectResponse(f"/list/versions/{quote(version, safe='')}?done={done}#letters", 303)
