"""The keys: a page that lists them, and the switch that turns them off (WCAG 2.1.4)."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from intake.web.page_request import KEYS_COOKIE, KEYS_OFF, PageRequest, own_path
from intake.web.pages import page

_FOR_A_YEAR = 365 * 24 * 3600  # seconds

KEYS: tuple[tuple[str, str], ...] = (
    ("j", "next row of a list"),
    ("k", "previous row of a list"),
    ("Enter", "open the row"),
    ("n", "next case, as the list orders them"),
    ("p", "previous case"),
    ("c", "claim the case for yourself"),
    ("a", "open the page that approves, or go to its button"),
    ("r", "open the page that returns it to the submitter"),
    ("q", "open the page that asks the submitter a question"),
    ("/", "go to the search"),
    ("?", "show the keys of the page you are on"),
)
"""Every key and what it does; a page's own list shows those that do something there."""


def show(page_request: PageRequest) -> Response:
    """Show every key, and whether they act."""
    return page(page_request, "keys.html", all_keys=KEYS)


def switch(page_request: PageRequest) -> Response:
    """Turn the keys on or off in this browser, and go back."""
    web = page_request.services.config.web
    response: Response = RedirectResponse(own_path(page_request.form.get("next", "/keys")), 303)
    if page_request.form.get("keys") == "on":
        response.delete_cookie(KEYS_COOKIE, path="/", httponly=True, samesite="lax", secure=web.secure_cookies)
    else:
        response.set_cookie(
            KEYS_COOKIE, KEYS_OFF, max_age=_FOR_A_YEAR, path="/",
            httponly=True, samesite="lax", secure=web.secure_cookies,
        )  # fmt: skip
    return response
