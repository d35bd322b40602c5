"""Who is signed in: a random token in a cookie, its digest in the store."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from intake.config import WebConfig
from intake.domain.people_events import SignedIn, SignedOut
from intake.store import events, sessions
from intake.store.engine import Store
from intake.store.sessions import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
REMEMBERED = timedelta(days=1)
"""A session that is over is good for nothing; but what was typed in it may still be sent on through a provider."""
LONGEST_BROWSER = 150
"""Characters kept of what a browser calls itself."""
_TOUCH_AFTER = timedelta(minutes=1)
"""A page does not write to the store each time; a session's age is known to the minute."""


def cookie_name(web: WebConfig) -> str:
    """Give the cookie's name; over https its prefix enforces Secure, our host only, and the whole path."""
    return "__Host-cpl-session" if web.secure_cookies else "cpl-session"


def digest(token: str) -> str:
    """Compute the token's digest for the store."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(
    store: Store, person: str, now: datetime, *, by: str = "password", address: str = "", browser: str = ""
) -> tuple[str, Session]:
    """Sign a person in; gives the token for the cookie. Sessions that are long over are swept on the occasion.

    Args:
        store: where it is kept.
        person: who signs in.
        now: the present moment.
        by: what they signed in by, for the record.
        address: from which they did.
        browser: what their browser calls itself.

    Raises:
        LookupError: the person may not sign in.
    """
    token, over = secrets.token_urlsafe(32), now - REMEMBERED
    with store.transaction() as tx:
        sessions.sweep(tx, seen_before=over - IDLE, started_before=over - LONGEST)
        kept = {"address": address, "browser": browser[:LONGEST_BROWSER]}
        sessions.start(tx, digest(token), person, secrets.token_urlsafe(32), now, **kept)
        session = sessions.find(tx, digest(token))
        if session is None:
            message = f"the session of {person} was not kept"
            raise LookupError(message)
        events.append(tx, SignedIn(by=by, address=address, session=session.handle), at=now, actor=person)
    return token, session


def current(store: Store, token: str | None, now: datetime, *, touch: bool = True) -> Session | None:
    """Find the session of this token, if it is neither idle nor too old; `touch` counts this as use of it."""
    session = remembered(store, token)
    if session is None or now - session.seen_at >= IDLE or now - session.started_at >= LONGEST:
        return None
    if touch and now - session.seen_at >= _TOUCH_AFTER:
        with store.transaction() as tx:
            sessions.touch(tx, session.token_sha256, now)
    return session


def remembered(store: Store, token: str | None) -> Session | None:
    """Find the session of this token, whether it is over or not; None where it was ended or is long over."""
    if not token:
        return None
    with store.reading() as tx:
        return sessions.find(tx, digest(token))


def living(store: Store, person: str, now: datetime) -> tuple[Session, ...]:
    """List a person's sessions that are not over, the one used last first."""
    with store.reading() as tx:
        return sessions.of_person(tx, person, seen_after=now - IDLE, started_after=now - LONGEST)


def end(store: Store, session: Session, now: datetime) -> None:
    """Sign out."""
    with store.transaction() as tx:
        sessions.end(tx, session.token_sha256)
        events.append(tx, SignedOut(), at=now, actor=session.person)


def token_of(request: Request, web: WebConfig) -> str | None:
    """Read the token from the request's cookie."""
    return request.cookies.get(cookie_name(web))


def give(response: Response, token: str, web: WebConfig) -> None:
    """Set the session cookie, which ends with the browser."""
    response.set_cookie(cookie_name(web), token, path="/", httponly=True, samesite="lax", secure=web.secure_cookies)


def take_back(response: Response, web: WebConfig) -> None:
    """Delete the session cookie."""
    response.delete_cookie(cookie_name(web), path="/", httponly=True, samesite="lax", secure=web.secure_cookies)
