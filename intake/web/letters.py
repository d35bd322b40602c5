"""Held letters: a person sends or drops them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import RedirectResponse, Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline import decide
from intake.pipeline.services import Services
from intake.store import outbox
from intake.web.submission import back, page_of
from intake.web.visit import Visit


def send(visit: Visit) -> Response:
    """Let a held letter go."""
    return _settle(visit, decide.send_held_letter, "letter-sent")


def drop(visit: Visit) -> Response:
    """Decide that a held letter shall not be sent."""
    return _settle(visit, decide.drop_held_letter, "letter-dropped")


def send_all(visit: Visit) -> Response:
    """Let every letter go that is held for one reason, as far as the person saw them."""
    newest = visit.form.get("newest", "")
    sent = 0
    if newest.isascii() and newest.isdigit():
        sent = decide.send_all_held(visit.services, visit.form.get("reason", ""), int(newest), visit.person)
    return RedirectResponse("/?done=letters-sent" if sent else "/", 303)


def _settle(visit: Visit, settle: Callable[[Services, int, str], None], done: str) -> Response:
    number, letter_id = visit.number(), int(visit.request.path_params["letter"])
    with visit.services.store.reading() as tx:
        letter = outbox.get(tx, letter_id)
    if letter is None or letter.message != number:
        return page_of(visit, error="This submission has no such letter.", status=404)
    try:
        settle(visit.services, letter_id, visit.person)
    except DecisionRefusedError as error:
        return page_of(visit, error=str(error), status=409)
    return back(visit.request.path_params["reference"], done)
