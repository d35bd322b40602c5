"""Held letters: a person sends or drops them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import RedirectResponse, Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline.outgoing import letters
from intake.pipeline.services import Services
from intake.store import outbox
from intake.store.submissions import GREATEST
from intake.web.decision_form import number_in
from intake.web.page_request import PageRequest
from intake.web.row_number import NO_ROW
from intake.web.submission import back, page_of


def send(page_request: PageRequest) -> Response:
    """Send a held letter."""
    return _settle(page_request, letters.send_held_letter, "letter-sent")


def drop(page_request: PageRequest) -> Response:
    """Decide that a held letter shall not be sent."""
    return _settle(page_request, letters.drop_held_letter, "letter-dropped")


def send_all(page_request: PageRequest) -> Response:
    """Send every letter held for one reason that the person saw."""
    form = page_request.form
    newest = min(number_in(form.get("newest", ""), otherwise=NO_ROW), GREATEST)
    sent = letters.send_all_held(page_request.services, form.get("reason", ""), newest, page_request.person)
    return RedirectResponse("/?done=letters-sent" if sent else "/", 303)


def _settle(page_request: PageRequest, settle: Callable[[Services, int, str], None], done: str) -> Response:
    number, letter_id = page_request.number(), int(page_request.request.path_params["letter"])
    with page_request.services.store.reading() as tx:
        letter = outbox.get(tx, letter_id)
    if letter is None or letter.message != number:
        return page_of(page_request, error="This submission has no such letter.", status=404)
    try:
        settle(page_request.services, letter_id, page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return back(page_request, done)
