"""What stands before every page: origin, session, token, role. A page cannot forget it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from urllib.parse import quote

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from intake.domain.review import DecisionRefusedError, Role
from intake.errors import IntakeError
from intake.store.people import Session
from intake.store.submissions import LostLeaseError, NoSuchSubmissionError
from intake.web import csrf, session, sign_in
from intake.web.health import may_watch
from intake.web.problem import problem
from intake.web.visit import Site, Visit

MOST_FIELDS = 20
MOST_OCTETS = 256 * 1024
"""Of a form: a long letter takes a tenth."""
log = structlog.get_logger()

Page = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


class Access(Enum):
    """Whom a page is for."""

    OPEN = "whoever asks; no session is looked for"
    WATCHES = "whoever asks from an address that may watch; no session is looked for"
    ANYBODY = "whoever asks"
    SIGNED_IN = "whoever is signed in"
    EVIDENCE = "who may take documents away"
    DECIDES = "who may change anything"


_ROLES: Mapping[Access, frozenset[Role]] = {
    Access.SIGNED_IN: frozenset(Role),
    Access.EVIDENCE: frozenset({Role.ANALYST, Role.AUDITOR}),
    Access.DECIDES: frozenset({Role.ANALYST}),
}


def guarded(site: Site, page: Page, access: Access) -> Endpoint:
    """Put the gate before a page; pages run in a thread, for the store and the archive wait for disks."""

    async def endpoint(request: Request) -> Response:
        form: Mapping[str, str] = {}
        if request.method not in csrf.SAFE:
            if int(request.headers.get("content-length", "0")) > MOST_OCTETS:
                raise HTTPException(413)
            sent = await request.form(max_files=0, max_fields=MOST_FIELDS)
            form = {name: value for name, value in sent.items() if isinstance(value, str)}
        return await run_in_threadpool(_answer, site, request, form, page, access)

    return endpoint


def _answer(site: Site, request: Request, form: Mapping[str, str], page: Page, access: Access) -> Response:
    if access is Access.WATCHES and not may_watch(request, site.services.config):
        return PlainTextResponse("This address is not among [metrics] allow.\n", 403)
    if access in {Access.OPEN, Access.WATCHES}:
        return page(Visit(request, site))
    web, store, now = site.services.config.web, site.services.store, site.now()
    new_token: str | None = None
    try:
        known = session.current(store, session.token_of(request, web), now)
        if known is None and site.demo_people and request.method in csrf.SAFE and access is not Access.ANYBODY:
            new_token, known = session.begin(store, site.demo_people[0], now)
        visit = Visit(request, site, known, form)
        response = _refusal(visit, access) or page(visit)
    except Exception as error:  # noqa: BLE001  # sorted into those with a page of their own; the rest goes on up
        response = _trouble(Visit(request, site), error)
    if new_token is not None:
        session.give(response, new_token, web)
    return response


def _refusal(visit: Visit, access: Access) -> Response | None:
    """The answer to a request that may not be served; None where it may."""
    unsafe = visit.request.method not in csrf.SAFE
    if unsafe and not csrf.from_our_own_pages(visit.request):
        return _refused(visit, "This request did not come from one of our own pages, so nothing was done.")
    if visit.session is None:
        return None if access is Access.ANYBODY else _to_sign_in(visit)
    if unsafe and not csrf.token_matches(visit.session, visit.form):
        return _refused(visit, "This form belongs to an earlier session. Load the page again and repeat what you did.")
    return None if access is Access.ANYBODY else _role_refusal(visit, visit.session, access)


def _role_refusal(visit: Visit, known: Session, access: Access) -> Response | None:
    if known.role in _ROLES[access]:
        return None
    return _refused(visit, f"You are signed in as {known.role}, and this is not among what that role may do.")


def _refused(visit: Visit, text: str) -> Response:
    log.warning("refused", path=visit.request.url.path, person=visit.person, why=text)
    return problem(visit, 403, "Not allowed", text)


def _to_sign_in(visit: Visit) -> Response:
    if visit.request.method not in csrf.SAFE:
        return sign_in.keep(visit)
    query = f"?{visit.request.url.query}" if visit.request.url.query else ""
    here = f"{visit.request.url.path}{query}"
    target = "/sign-in" if here == "/" else f"/sign-in?next={quote(here, safe='/')}"
    return RedirectResponse(target, 303)


def _trouble(visit: Visit, error: Exception) -> Response:
    """The page of a foreseen trouble; any other exception is raised again."""
    match error:
        case NoSuchSubmissionError():
            return problem(visit, 404, "No such submission", "There is no submission of this reference.")
        case LostLeaseError():
            text = "Somebody else, or the program itself, has just changed this submission. Nothing of yours was done."
            return problem(visit, 409, "The submission has just changed", text)
        case DecisionRefusedError():
            return problem(visit, 409, "This cannot be done", str(error))
        case IntakeError():
            log.error("unreachable", path=visit.request.url.path, error=str(error), hint=error.hint)
            return problem(visit, 503, "This cannot be shown just now", f"{str(error).capitalize()}. {error.hint}")
        case _:
            raise error
