"""From one submission on to the next of the list that one came from, or back to the list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from intake.domain.reference import reference
from intake.domain.search_facts import sought
from intake.store import lists, search
from intake.store.engine import Transaction
from intake.store.narrowing import Narrowing
from intake.store.selection import Onlooker
from intake.store.submissions import Submission
from intake.web import list_query
from intake.web.list_query import ListQuery
from intake.web.page_request import PageRequest


def onlooker(page_request: PageRequest) -> Onlooker:
    """Tell who looks at lists by this request."""
    services, now = page_request.services, page_request.state.now()
    review = services.config.review
    due_before = services.calendar.due_arrivals(now, review.decide_within_days)
    return Onlooker(page_request.person, now, due_before, review.four_eyes)


def narrowing(tx: Transaction, query: ListQuery) -> tuple[Narrowing, bool]:
    """Give what narrows the list; and whether its search may have found less than there is."""
    wanted = sought(query.q)
    matches = search.find(tx, wanted) if query.q else None
    return Narrowing(
        outcome=query.outcome,
        kind=query.kind,
        claimed_by=query.claimed,
        device=query.device,
        manufacturer=query.manufacturer,
        numbers=None if matches is None else matches.numbers,
        first=wanted.number,
    ), matches is not None and matches.more


@dataclass(frozen=True, slots=True)
class Beside:
    """References of the submissions beside one on its list; empty where there is none."""

    previous: str = ""
    following: str = ""


def beside(page_request: PageRequest, submission: Submission) -> Beside:
    """Find the submissions before and behind this one that this person may take a step further."""
    if not page_request.decides:
        return Beside()
    query = page_request.came_from
    with page_request.services.store.reading() as tx:
        narrowed, _ = narrowing(tx, query)
        neighbours = lists.neighbours(tx, query.shown.shows, narrowed, query.order, onlooker(page_request), submission)
    return Beside(*("" if number is None else reference(number) for number in (neighbours.before, neighbours.after)))


def back_to_list(page_request: PageRequest, done: str) -> Response:
    """Redirect to the page of the list whose form was pressed, and say what was done with the submission."""
    form = page_request.form
    query = list_query.from_text(form.get("list", ""))
    after, number = list_query.key_of(form.get("after", "")), list_query.page_number(form.get("page", ""))
    notice = {"done": done, "of": reference(page_request.number())}
    return RedirectResponse(query.address(after, number, notice), 303)


def onward(page_request: PageRequest, submission: Submission, done: str) -> Response:
    """Redirect to the next submission, or where none is left to the list, and say there what was done here."""
    notice = {"done": done, "of": submission.reference}
    after = beside(page_request, submission).following
    query = page_request.came_from
    if not after:
        return RedirectResponse(query.address(others=notice), 303)
    joined = "&".join(filter(None, (urlencode(notice), query.text)))
    return RedirectResponse(f"/submissions/{after}?{joined}", 303)
