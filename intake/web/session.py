"""Who is signed in: a random token in a cookie, its digest in the store."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from intake.config import WebConfig
from intake.store import people
from intake.store.engine import Store
from intake.store.people import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
_TOUCH_AFTER = timedelta(minutes=1)
"""A page does not write to the store each time; a session's age is known to the minute."""


def cookie_name(web: WebConfig) -> str:
    """Give the cookie's name; over https its prefix enforces Secure, our host only, and the whole path."""
    return "__Host-cpl-session" if web.secure_cookies else "cpl-session"


def digest(token: str) -> str:
    """Compute the token's digest for the store."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(store: Store, person: str, now: datetime) -> tuple[str, Session]:
    """Sign a person in; gives the token for the cookie. Sessions that are over are swept on the occasion."""
    token = secrets.token_urlsafe(32)
    with store.transaction() as tx:
        people.sweep_sessions(tx, seen_before=now - IDLE, started_before=now - LONGEST)
        people.start_session(tx, digest(token), person, secrets.token_urlsafe(32), now)
        session = people.find_session(tx, digest(token))
    if session is None:
        message = f"the session of {person} was not kept"
        raise LookupError(message)
    return token, session


def current(store: Store, token: str | None, now: datetime, *, touch: bool = True) -> Session | None:
    """Find the session of this token, if it is neither idle nor too old; `touch` counts this as use of it."""
    if not token:
        return None
    with store.reading() as tx:
        session = people.find_session(tx, digest(token))
    if session is None:
        return None
    if now - session.seen_at >= IDLE or now - session.started_at >= LONGEST:
        end(store, session)
        return None
    if touch and now - session.seen_at >= _TOUCH_AFTER:
        with store.transaction() as tx:
            people.touch_session(tx, session.token_sha256, now)
    return session


def end(store: Store, session: Session) -> None:
    """Sign out."""
    with store.transaction() as tx:
        people.end_session(tx, session.token_sha256)


def token_of(request: Request, web: WebConfig) -> str | None:
    """Read the token from the request's cookie."""
    return request.cookies.get(cookie_name(web))


def give(response: Response, token: str, web: WebConfig) -> None:
    """Set the session cookie, which ends with the browser."""
    response.set_cookie(cookie_name(web), token, path="/", httponly=True, samesite="lax", secure=web.secure_cookies)


def take_back(response: Response, web: WebConfig) -> None:
    """Delete the session cookie."""
    response.delete_cookie(cookie_name(web), path="/", httponly=True, samesite="lax", secure=web.secure_cookies)
