"""The page of the Security Sub-Committee."""

from __future__ import annotations

from starlette.responses import Response

from intake.domain.reference import reference
from intake.pipeline.list.change import open_changes
from intake.pipeline.list.stacks import stacks
from intake.register.changes import ChangeKind
from intake.web.page_request import PageRequest, known_number
from intake.web.pages import page


def show(page_request: PageRequest) -> Response:
    """List removals that wait for a second person, and entries with their ZigBee module and stack."""
    views, more = stacks(page_request.services, page_request.person, known_number(page_request.query("before")))
    removals = [shown for shown in open_changes(page_request.services) if shown.change.kind is ChangeKind.REMOVE]
    return page(page_request, "ssc.html", removals=removals, views=views, more="" if more is None else reference(more))
