"""A person's own views: the list one looks at, kept under a name, and forgotten again."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from intake.store import saved_views
from intake.store.saved_views import LONGEST_NAME, SavedView, TooManyViewsError
from intake.web import list_query
from intake.web.page_request import PageRequest
from intake.web.problem import problem


def save(page_request: PageRequest) -> Response:
    """Keep the list under a name of the person's own."""
    query = list_query.from_text(page_request.form.get("list", ""))
    name = " ".join("".join(filter(str.isprintable, page_request.form.get("name", ""))).split())[:LONGEST_NAME]
    if not name:
        return problem(page_request, 400, "The view has no name", "Go back and give the view a name to find it by.")
    try:
        with page_request.services.store.transaction() as tx:
            saved_views.save(tx, page_request.person, SavedView(name, query.text))
    except TooManyViewsError:
        text = f"You keep {saved_views.MOST} views, which is as many as may be. Delete one first."
        return problem(page_request, 409, "There are too many views", text)
    return RedirectResponse(query.address(others={"done": "view-saved"}), 303)


def remove(page_request: PageRequest) -> Response:
    """Forget one of the person's own views."""
    query = list_query.from_text(page_request.form.get("list", ""))
    with page_request.services.store.transaction() as tx:
        removed = saved_views.remove(tx, page_request.person, page_request.form.get("name", ""))
    if not removed:
        return problem(page_request, 404, "No such view", "You have no view of this name.")
    return RedirectResponse(query.address(others={"done": "view-removed"}), 303)
