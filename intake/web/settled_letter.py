"""A person sends or drops a letter that waits, on whatever page it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from starlette.responses import Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline.outgoing import letters
from intake.store import outbox
from intake.store.outbox import QueuedLetter
from intake.web.page_request import PageRequest


class Verb(Enum):
    """What becomes of the letter."""

    SEND = auto()
    DROP = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """The page on which the letter stands."""

    holds: Callable[[QueuedLetter], bool]
    """Whether a letter is one of this page's; no page decides of another's."""
    again: Callable[[str, int], Response]
    """Shows the page with an error, by its text and status."""
    back: Callable[[str], Response]
    """Leads to the page, by the word for what was done."""


def settle(page_request: PageRequest, verb: Verb, place: Place) -> Response:
    """Send or drop the letter that the address names."""
    letter_id: int = page_request.request.path_params["letter"]
    with page_request.services.store.reading() as tx:
        letter = outbox.get(tx, letter_id)
    if letter is None or not place.holds(letter):
        return place.again("There is no such letter here.", 404)
    try:
        if verb is Verb.SEND:
            letters.send_held_letter(page_request.services, letter_id, page_request.person)
        else:
            letters.drop_held_letter(page_request.services, letter_id, page_request.person)
    except DecisionRefusedError as error:
        return place.again(str(error), 409)
    return place.back("letter-sent" if verb is Verb.SEND else "letter-dropped")
