"""Saves what is being typed: by itself as one types, and what outlived its session."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from starlette.responses import Response

from intake.domain.review import Action, Written
from intake.pipeline.case import drafts
from intake.store.drafts import Draft
from intake.store.submissions import NoSuchSubmissionError
from intake.web import point_drafts
from intake.web.decision_form import DecisionForm, action_of, decision_form
from intake.web.page_request import PageRequest, known_number
from intake.web.problem import problem

_LETTER = re.compile(r"/submissions/([^/]+)/(?:decide/([a-z]+)|reply)")


def save(page_request: PageRequest) -> Response:
    """Keep the draft and say nothing, for whoever types on; 409 where it has been sent already."""
    name = page_request.request.path_params["action"]
    if name == Written.POINT:
        kept = point_drafts.keep(page_request, page_request.number())
        return Response(status_code=204, headers={"Draft-Saved": kept.mark})
    action = action_of(name)
    if action is None and name != Written.REPLY:
        text = "A submission is approved, returned, asked about, or replied to."
        return problem(page_request, 404, "No such letter", text)
    number, form = page_request.number(), page_request.form
    if action is None:
        typed = keep_reply(page_request, number, form)
    else:
        typed = keep(page_request, number, decision_form(action, form))
    if typed is None:
        return problem(page_request, 409, "Not kept", "You have decided this since you opened the page.")
    return Response(status_code=204, headers={"Draft-Saved": typed.mark})


def keep(page_request: PageRequest, number: int, form: DecisionForm) -> Draft | None:
    """Keep what this person typed; None where they have decided the case since.

    Raises:
        OtherDraftError: another window of theirs has saved other words since.
    """
    draft = form.draft(number, page_request.person, page_request.state.now())
    return draft if drafts.keep(page_request.services, draft, happened=form.happened, over=form.over) else None


def keep_refused(page_request: PageRequest, number: int, form: DecisionForm) -> None:
    """Keep what this person typed into a form that is shown again; another window's words stay where there are such."""
    with suppress(drafts.OtherDraftError):
        keep(page_request, number, form)


def keep_reply(page_request: PageRequest, number: int, form: Mapping[str, str]) -> Draft | None:
    """Keep the reply that this person is writing; None where they have settled the case since.

    Raises:
        OtherDraftError: another window of theirs has saved other words since.
    """
    typed = decision_form(Action.ASK, form)  # the fields of a reply are among those of a decision
    now = page_request.state.now()
    draft = Draft(number, page_request.person, Written.REPLY, typed.letter, typed.reason, typed.report or None, now)
    kept = drafts.keep(page_request.services, draft, happened=typed.happened, over=typed.over)
    return draft if kept else None


def keep_posted(page_request: PageRequest, target: str, fields: Mapping[str, str]) -> None:
    """Keep the form of a decision or a reply that came after its session had ended, now that somebody has signed in.

    Args:
        page_request: with the new session.
        target: the path that the form had been posted to.
        fields: the form's.
    """
    match = _LETTER.fullmatch(target)
    number = known_number(match[1]) if match else None
    if match is None or number is None or not page_request.decides:
        return
    action = action_of(match[2] or "")
    try:
        if match[2] is None:
            keep_reply(page_request, number, fields)
        elif action is not None:
            keep(page_request, number, decision_form(action, fields))
    except (NoSuchSubmissionError, drafts.OtherDraftError):
        return  # the page that the form is posted to will say so
