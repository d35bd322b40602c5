"""Judging again: what a person may ask for once more is known of a submission's signatures or names."""

from __future__ import annotations

from starlette.responses import Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline.reading import again
from intake.web.page_request import PageRequest
from intake.web.submission import back, page_of
from rules.facts import ConfirmedName


def judge_again(page_request: PageRequest) -> Response:
    """Queue the submission to be read and judged again."""
    try:
        again.judge_again(page_request.services, page_request.number(), page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return back(page_request, "judged-again")


def confirm_name(page_request: PageRequest) -> Response:
    """Remember that two names are one organisation's."""
    name = ConfirmedName(page_request.form.get("creator", ""), page_request.form.get("organisation", ""))
    try:
        again.confirm_name(page_request.services, page_request.number(), name, page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return back(page_request, "confirmed")
