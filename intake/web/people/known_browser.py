"""Recognises a browser in which a person has signed in before, so that others' wrong passwords do not shut them out.

It lets nobody in: a password is asked for all the same.
"""

from __future__ import annotations

import secrets

from starlette.responses import Response

from intake.store import people
from intake.web.page_request import PageRequest
from intake.web.people.session import digest

_SECONDS = 180 * 24 * 3600
_PER_PERSON = 20
_LONGEST = 100


def _name(page_request: PageRequest) -> str:
    return "__Host-cpl-browser" if page_request.services.config.web.secure_cookies else "cpl-browser"


def _token(page_request: PageRequest) -> str:
    return page_request.request.cookies.get(_name(page_request), "")[:_LONGEST]


def digest_of(page_request: PageRequest) -> str:
    """Give the digest of what this browser shows; empty where it shows nothing."""
    token = _token(page_request)
    return digest(token) if token else ""


def remember(page_request: PageRequest, response: Response, person: str) -> None:
    """Note that a person has signed in with this browser."""
    token = _token(page_request) or secrets.token_urlsafe(32)
    with page_request.services.store.transaction() as tx:
        people.know_browser(tx, digest(token), person, page_request.state.now(), keep=_PER_PERSON)
    web = page_request.services.config.web
    options = {"max_age": _SECONDS, "path": "/", "httponly": True, "secure": web.secure_cookies}
    response.set_cookie(_name(page_request), token, samesite="strict", **options)  # type: ignore[arg-type]  # as named
