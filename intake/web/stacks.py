"""The page of the Security Sub-Committee."""

from __future__ import annotations

from starlette.responses import Response

from intake.domain.reference import reference
from intake.pipeline.stacks import stacks
from intake.web.page_request import PageRequest, known_number
from intake.web.pages import page


def show(page_request: PageRequest) -> Response:
    """List entries with what is known of the ZigBee module and stack behind them."""
    views, more = stacks(page_request.services, page_request.person, known_number(page_request.query("before")))
    return page(page_request, "ssc.html", views=views, more="" if more is None else reference(more))
