"""The working days: which weekdays of the year to come are none, and who says so."""

from __future__ import annotations

from datetime import date, timedelta

from starlette.responses import RedirectResponse, Response

from intake.clock import LONDON
from intake.domain.review import DecisionRefusedError, Role
from intake.pipeline.people import closed_days as verbs
from intake.store import closed_days
from intake.web.page_request import PageRequest
from intake.web.pages import page

_AHEAD_DAYS = 366
_SATURDAY = 5


def show(page_request: PageRequest) -> Response:
    """Show the weekdays to come on which nobody works."""
    return _page(page_request)


def close(page_request: PageRequest) -> Response:
    """Close a day."""
    form = page_request.form
    try:
        verbs.close(page_request.services, _day(form.get("day", "")), form.get("why", ""), page_request.person)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse("/calendar?done=day-closed", 303)


def reopen(page_request: PageRequest) -> Response:
    """Make a closed day a working day again."""
    try:
        verbs.reopen(page_request.services, _day(page_request.form.get("day", "")), page_request.person)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse("/calendar?done=day-reopened", 303)


def _page(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    services, today = page_request.services, page_request.state.now().astimezone(LONDON).date()
    verbs.refresh(services, now=True)
    with services.store.reading() as tx:
        kept = {closed.day: closed for closed in closed_days.every(tx)}
    ahead = (today + timedelta(days=number) for number in range(_AHEAD_DAYS))
    days = [day for day in ahead if day.weekday() < _SATURDAY and not services.calendar.is_working_day(day)]
    return page(
        page_request,
        "calendar.html",
        status=status,
        error=error,
        notice=page_request.notice,
        days=days,
        kept=kept,
        configured=services.config.calendar.extra_closed_days,
        today=today,
        changes=page_request.role is Role.ADMIN,
    )


def _day(typed: str) -> date:
    """The day that was typed.

    Raises:
        DecisionRefusedError: it is none.
    """
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        message = "Choose a day."
        raise DecisionRefusedError(message) from error
