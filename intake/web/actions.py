"""What a person does with a submission at the press of one button."""

from __future__ import annotations

from starlette.responses import Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline.case import claims
from intake.pipeline.review import decide
from intake.web.decision_form import number_in
from intake.web.onward import back_to_list
from intake.web.page_request import PageRequest
from intake.web.submission import back, page_of


def claim(page_request: PageRequest) -> Response:
    """Claim the submission for this person, on its own page or in a list."""
    try:
        claims.claim(page_request.services, page_request.number(), page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    if "list" in page_request.form:
        return back_to_list(page_request, "claimed")
    return back(page_request, "claimed")


def assign(page_request: PageRequest) -> Response:
    """Assign the submission to another person."""
    number, form = page_request.number(), page_request.form
    try:
        claims.assign(
            page_request.services,
            number,
            form.get("to", ""),
            page_request.person,
            version=number_in(form.get("version", "")),
        )
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return back(page_request, "assigned")


def release(page_request: PageRequest) -> Response:
    """Release this person's claim."""
    try:
        claims.unclaim(page_request.services, page_request.number(), page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return back(page_request, "released")


def withdraw(page_request: PageRequest) -> Response:
    """Take back one's own proposal."""
    try:
        decide.withdraw(page_request.services, page_request.number(), page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return back(page_request, "withdrawn")


def retry(page_request: PageRequest) -> Response:
    """Queue the submission to be read and judged again."""
    try:
        decide.retry(page_request.services, page_request.number(), page_request.person)
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return back(page_request, "retried")
