"""What becomes of a version after it is made: a signature from elsewhere, and what the DCC's loader said."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import answer
from intake.store import listing
from intake.web.list import next as next_page
from intake.web.list import versions
from intake.web.list.change_form import MistypedError, numbers_in
from intake.web.page_request import PageRequest

_NO_FILE = "Choose the file with the signature."


def attach_to_prepared(page_request: PageRequest) -> Response:
    """Attach a signature to what is prepared."""
    try:
        _attach(page_request)
    except DecisionRefusedError as error:
        return next_page.page_of(page_request, error=str(error), status=409)
    return RedirectResponse("/list/next?done=list-attached", 303)


def attach(page_request: PageRequest) -> Response:
    """Attach a signature to the newest version."""
    try:
        _attach(page_request)
    except DecisionRefusedError as error:
        return versions.page_of(page_request, error=str(error), at="signature", status=409)
    return _back(page_request, "list-attached")


def loaded(page_request: PageRequest) -> Response:
    """Record that the DCC has loaded a version."""
    try:
        answer.loaded(page_request.services, _version(page_request), page_request.person)
    except DecisionRefusedError as error:
        return versions.page_of(page_request, error=str(error), status=409)
    return _back(page_request, "list-loaded")


def rejected(page_request: PageRequest) -> Response:
    """Record that the DCC's loader refused a version at an entry."""
    reason = " ".join(page_request.form.get("reason", "").split())
    incident = " ".join(page_request.form.get("incident", "").split())
    told = f"{reason} (DCC incident {incident})" if reason and incident else reason
    try:
        entry = _entry(page_request)
        answer.rejected(page_request.services, _version(page_request), entry, told, page_request.person)
    except MistypedError as error:
        return versions.page_of(page_request, error=str(error), at="entry", status=400)
    except DecisionRefusedError as error:
        return versions.page_of(page_request, error=str(error), at="reason", status=409)
    return _back(page_request, "list-rejected")


def _attach(page_request: PageRequest) -> None:
    content = page_request.files.get("signature", b"")
    if not content:
        raise DecisionRefusedError(_NO_FILE)
    answer.attach(page_request.services, content, page_request.person)


def _entry(page_request: PageRequest) -> str:
    """The entry at which the loader stopped, which the list has.

    Raises:
        MistypedError: it is none.
    """
    text = page_request.form.get("entry", "")
    numbers = numbers_in(text)
    with page_request.services.store.reading() as tx:
        if len(numbers) == 1 and listing.history(tx, numbers[0]):
            return numbers[0]
    message = "Name the entry at which the loader stopped, such as 000123."
    raise MistypedError(message, "entry")


def _version(page_request: PageRequest) -> str:
    version: str = page_request.request.path_params["version"]
    return version


def _back(page_request: PageRequest, done: str) -> Response:
    return RedirectResponse(f"/list/versions/{quote(_version(page_request), safe='')}?done={done}", 303)
