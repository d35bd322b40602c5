"""Held letters: a person sends or drops them."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from intake.pipeline.outgoing import letters
from intake.store.submissions import GREATEST
from intake.web.decision_form import number_in
from intake.web.page_request import PageRequest
from intake.web.row_number import NO_ROW
from intake.web.settled_letter import Place, Verb, settle
from intake.web.submission import back, page_of


def send(page_request: PageRequest) -> Response:
    """Send a held letter."""
    return settle(page_request, Verb.SEND, _on_submission(page_request))


def drop(page_request: PageRequest) -> Response:
    """Decide that a held letter shall not be sent."""
    return settle(page_request, Verb.DROP, _on_submission(page_request))


def send_all(page_request: PageRequest) -> Response:
    """Send every letter held for one reason that the person saw."""
    form = page_request.form
    newest = min(number_in(form.get("newest", ""), otherwise=NO_ROW), GREATEST)
    sent = letters.send_all_held(page_request.services, form.get("reason", ""), newest, page_request.person)
    return RedirectResponse("/?done=letters-sent" if sent else "/", 303)


def _on_submission(page_request: PageRequest) -> Place:
    number = page_request.number()
    return Place(
        lambda letter: letter.message == number,
        lambda error, status: page_of(page_request, error=error, status=status),
        lambda done: back(page_request, done),
    )
