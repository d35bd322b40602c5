"""What could not be processed, for whoever looks after the program: the cause, and nothing of who wrote it or what.

What an analyst says in handing it over is written for the administrator, and so is shown. So is each letter to an
auditor that did not arrive: nobody else would hear of it.
"""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from intake.domain.desk_events import HandedOver
from intake.domain.review import DecisionRefusedError
from intake.pipeline.review import decide, hand_over
from intake.pipeline.review.disposal import Disposal
from intake.store import checkpoints, events, outbox, submissions
from intake.web.decision_form import lines, number_in
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.settled_letter import Place, Verb, settle

MOST = 200
"""Rows of the page; as many failures at once have one cause."""


def show(page_request: PageRequest) -> Response:
    """List what is set aside, what was handed to the administrator first."""
    return _page(page_request)


def check_again(page_request: PageRequest) -> Response:
    """Have one read and judged again; it stays with the administrator where it fails again."""
    try:
        decide.retry(page_request.services, page_request.number(), page_request.person, filed=False)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse("/failures?done=failure-retried", 303)


def hand_back(page_request: PageRequest) -> Response:
    """Hand one back to the analysts, with what they should know."""
    form = page_request.form
    words = Disposal(page_request.person, lines(form.get("reason", "")), number_in(form.get("version", "")))
    try:
        hand_over.hand_back(page_request.services, page_request.number(), words)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse("/failures?done=handed-back", 303)


def send_letter(page_request: PageRequest) -> Response:
    """Send a letter to an auditor again."""
    return settle(page_request, Verb.SEND, _of_auditors(page_request))


def drop_letter(page_request: PageRequest) -> Response:
    """Decide that a letter to an auditor shall not be sent again; the next one proves what this one would have."""
    return settle(page_request, Verb.DROP, _of_auditors(page_request))


def _of_auditors(page_request: PageRequest) -> Place:
    return Place(
        lambda letter: letter.kind == checkpoints.LETTER,
        lambda error, status: _page(page_request, error=error, status=status),
        lambda done: RedirectResponse(f"/failures?done={done}", 303),
    )


def _page(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    with page_request.services.store.reading() as tx:
        failed = submissions.set_aside(tx, MOST)
        handed = [submission.id for submission in failed if submission.handed_over_at is not None]
        handings = events.newest(tx, HandedOver.name, handed)
        stuck = outbox.stuck_of_kind(tx, checkpoints.LETTER)
    return page(
        page_request,
        "failures.html",
        status=status,
        failed=failed,
        handings=handings,
        stuck=stuck,
        most=MOST,
        typed_for=page_request.request.path_params.get("reference", "") if error else "",
        notice=page_request.notice,
        error=error,
    )
