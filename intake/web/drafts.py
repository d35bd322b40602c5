"""Saves what is being typed: by itself as one types, and what outlived its session."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.responses import Response

from intake.pipeline import drafts
from intake.store.submissions import NoSuchSubmissionError
from intake.web.decision_form import DecisionForm, action_of, decision_form
from intake.web.page_request import PageRequest, known_number
from intake.web.problem import problem

_DECISION = re.compile(r"/submissions/([^/]+)/decide/([a-z]+)")


def save(page_request: PageRequest) -> Response:
    """Keep the draft and say nothing, for whoever types on; 409 where it has been sent already."""
    action = action_of(page_request.request.path_params["action"])
    if action is None:
        return problem(page_request, 404, "No such decision", "A submission is approved, returned, or asked about.")
    if not keep(page_request, page_request.number(), decision_form(action, page_request.form)):
        return problem(page_request, 409, "Not kept", "You have decided this since you opened the page.")
    return Response(status_code=204)


def keep(page_request: PageRequest, number: int, form: DecisionForm) -> bool:
    """Keep what this person typed; False where they have decided the case since."""
    draft = form.draft(number, page_request.person, page_request.state.now())
    return drafts.keep(page_request.services, draft, happened=form.happened)


def keep_posted(page_request: PageRequest, target: str, fields: Mapping[str, str]) -> None:
    """Keep the form of a decision that came after its session had ended, now that somebody has signed in.

    Args:
        page_request: with the new session.
        target: the path that the form had been posted to.
        fields: the form's.
    """
    match = _DECISION.fullmatch(target)
    number, action = (known_number(match[1]), action_of(match[2])) if match else (None, None)
    if number is None or action is None or not page_request.decides:
        return
    try:
        keep(page_request, number, decision_form(action, fields))
    except NoSuchSubmissionError:
        return  # the page that the form is posted to will say so
