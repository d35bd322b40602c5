"""Refuses requests that another site has a browser make in our name."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request

from intake.store.sessions import Session

FIELD = "csrf"
"""The hidden field that carries the session's own token."""

SAFE = frozenset({"GET", "HEAD"})


def from_our_own_pages(request: Request) -> bool:
    """Tell whether the browser says that one of our own pages, or the person's own hand, made the request.

    A browser that says neither `Sec-Fetch-Site` nor `Origin` is refused.
    """
    state = request.headers.get("sec-fetch-site")
    if state is not None:
        return state in {"same-origin", "none"}
    origin = request.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("host", "")


def token_matches(session: Session, form: Mapping[str, str]) -> bool:
    """Tell whether the form carries the session's token."""
    return hmac.compare_digest(session.csrf.encode(), form.get(FIELD, "").encode())
