"""Writes a note on a case."""

from __future__ import annotations

from starlette.responses import Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline.case import notes
from intake.web.decision_form import lines
from intake.web.page_request import PageRequest
from intake.web.submission import back, page_of


def write(page_request: PageRequest) -> Response:
    """Append the note; if refused, show the page again with what was typed."""
    form = page_request.form
    try:
        unknown = notes.write(
            page_request.services,
            page_request.number(),
            page_request.person,
            lines(form.get("text", "")),
            form.get("form", ""),
        )
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return back(page_request, "noted-nobody" if unknown else "noted")
