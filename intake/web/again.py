"""Judging again: what a person may ask for once more is known of a submission's signatures or names."""

from __future__ import annotations

from starlette.responses import Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline import again
from intake.web.submission import back, page_of
from intake.web.visit import Visit
from rules.facts import ConfirmedName


def judge_again(visit: Visit) -> Response:
    """Have it read and judged anew."""
    try:
        again.judge_again(visit.services, visit.number(), visit.person)
    except DecisionRefusedError as error:
        return page_of(visit, error=str(error), status=409)
    return back(visit.request.path_params["reference"], "judged-again")


def confirm_name(visit: Visit) -> Response:
    """Remember that two names are one organisation's."""
    name = ConfirmedName(visit.form.get("creator", ""), visit.form.get("organisation", ""))
    try:
        again.confirm_name(visit.services, visit.number(), name, visit.person)
    except DecisionRefusedError as error:
        return page_of(visit, error=str(error), status=409)
    return back(visit.request.path_params["reference"], "confirmed")
