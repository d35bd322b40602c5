"""The access check before every page: origin, session, token, role."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from enum import Enum
from urllib.parse import quote

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from intake.domain.review import DECIDERS, READERS, DecisionRefusedError, Role
from intake.errors import IntakeError, sentence
from intake.pipeline.case import claims
from intake.pipeline.people import access as looks
from intake.pipeline.people.people import PersonRefusedError
from intake.render.plain import blank
from intake.store import submissions
from intake.store.sessions import Session
from intake.store.submissions import DisposedError, LostLeaseError, NoSuchSubmissionError
from intake.web import csrf
from intake.web.health import may_watch
from intake.web.page_request import AppState, PageRequest
from intake.web.people import session, sign_in
from intake.web.problem import problem

MOST_FIELDS = 400
"""Of a form: one an entry of a message that brings hundreds, and some."""
MOST_BYTES = 256 * 1024
"""Of a form: a long letter takes a tenth."""
log = structlog.get_logger()

Page = Callable[[PageRequest], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


class Access(Enum):
    """Whom a page is for."""

    OPEN = "whoever asks; no session is looked for"
    WATCHES = "whoever asks from an address that may watch; no session is looked for"
    ANYBODY = "whoever asks"
    SIGNED_IN = "whoever is signed in"
    CASES = "who may open cases"
    BESIDE = "who may open cases; a page asks by itself, which keeps no session alive"
    EVIDENCE = "who may take documents away"
    DECIDES = "who may change a submission"
    CHANGES_LIST = "who may change the list; of the SSC nothing but removals"
    ATTACHES = "who may change a submission or the list, with a form that brings a file"
    FIGURES = "who may see figures that name nobody's contacts"
    STACKS = "who may see what the SSC looks at"
    LEDGER = "who may see what others did"
    PEOPLE = "who may see who may sign in"
    ADMINISTERS = "who may change who may sign in"


_ROLES: Mapping[Access, frozenset[Role]] = {
    Access.SIGNED_IN: frozenset(Role),
    Access.CASES: frozenset(READERS),
    Access.BESIDE: frozenset(READERS),
    Access.EVIDENCE: frozenset(READERS),
    Access.DECIDES: frozenset(DECIDERS),
    Access.CHANGES_LIST: frozenset({*DECIDERS, Role.SSC}),
    Access.ATTACHES: frozenset(DECIDERS),
    Access.FIGURES: frozenset(Role) - {Role.SSC},
    Access.STACKS: frozenset({Role.SSC, Role.AUDITOR}),
    Access.LEDGER: frozenset({Role.AUDITOR}),
    Access.PEOPLE: frozenset({Role.ADMIN, Role.AUDITOR}),
    Access.ADMINISTERS: frozenset({Role.ADMIN}),
}
_OWN_PASSWORD = frozenset({"/account", "/account/password", "/sign-out"})
"""What is open to somebody who has yet to choose a password of their own."""


def guarded(state: AppState, page: Page, access: Access) -> Endpoint:
    """Wrap a page with the access check; pages run in a thread, as store and archive block."""

    async def endpoint(request: Request) -> Response:
        form: Mapping[str, str] = {}
        files: Mapping[str, bytes] = {}
        if request.method not in csrf.SAFE:
            if int(request.headers.get("content-length", "0")) > MOST_BYTES:
                raise HTTPException(413)
            sent = await request.form(max_files=access is Access.ATTACHES, max_fields=MOST_FIELDS)
            form = {name: _written(name, value) for name, value in sent.items() if isinstance(value, str)}
            files = {name: await value.read() for name, value in sent.items() if isinstance(value, UploadFile)}
        return await run_in_threadpool(_answer, state, PageRequest(request, state, None, form, files), page, access)

    return endpoint


def _written(name: str, value: str) -> str:
    """What a field says: nothing where nothing of it can be seen, or it would pass for a reason, a letter, a note."""
    return "" if blank(value) and "password" not in name else value


def _answer(state: AppState, asked: PageRequest, page: Page, access: Access) -> Response:
    request = asked.request
    if access is Access.WATCHES and not may_watch(request, state.services.config):
        return PlainTextResponse("This address is not among [metrics] allow.\n", 403)
    if access in {Access.OPEN, Access.WATCHES}:
        return page(asked)
    web, store, now = state.services.config.web, state.services.store, state.now()
    new_token: str | None = None
    signed_in: Session | None = None
    try:
        signed_in = session.current(store, session.token_of(request, web), now, touch=access is not Access.BESIDE)
        visit = request.method in csrf.SAFE and access not in {Access.ANYBODY, Access.BESIDE}
        if signed_in is None and state.demo_people and visit:
            new_token, signed_in = session.begin(store, state.demo_people[0], now, by="demonstration")
        page_request = replace(asked, session=signed_in)
        response = _refusal(page_request, access) or _served(page_request, page, access)
    except Exception as error:  # noqa: BLE001  # sorted into those with a page of their own; the rest goes on up
        response = _trouble(PageRequest(request, state, signed_in), error)
    if new_token is not None:
        session.give(response, new_token, web)
    return response


def _served(page_request: PageRequest, page: Page, access: Access) -> Response:
    """Serve the page; whatever its holder does with a case renews the claim on it."""
    if "reference" in page_request.request.path_params and access is not Access.CASES:  # a case's own page sees to that
        with page_request.services.store.reading() as tx:
            submissions.refuse_disposed(tx, page_request.number())
    acts = access is Access.DECIDES and page_request.request.method not in csrf.SAFE
    if acts and "reference" in page_request.request.path_params:
        claims.renew(page_request.services, page_request.number(), page_request.person)
    return page(page_request)


def _refusal(page_request: PageRequest, access: Access) -> Response | None:
    """Build the answer to a refused request; None where it may be served."""
    unsafe = page_request.request.method not in csrf.SAFE
    if unsafe and not csrf.from_our_own_pages(page_request.request):
        return _refused(page_request, "This request did not come from one of our own pages, so nothing was done.")
    if page_request.session is None:
        return None if access is Access.ANYBODY else _to_sign_in(page_request, access)
    if unsafe and not csrf.token_matches(page_request.session, page_request.form):
        return _refused(
            page_request, "This form belongs to an earlier session. Load the page again and repeat what you did."
        )
    if access is Access.ANYBODY:
        return None
    if page_request.session.temporary and page_request.request.url.path not in _OWN_PASSWORD:
        return RedirectResponse("/account", 303)
    return _role_refusal(page_request, page_request.session, access)


def _role_refusal(page_request: PageRequest, signed_in: Session, access: Access) -> Response | None:
    if signed_in.role in _ROLES[access]:
        return None
    return _refused(page_request, "Your role does not allow this.")


def _refused(page_request: PageRequest, text: str) -> Response:
    method, path = page_request.request.method, page_request.request.url.path
    log.warning("refused", path=path, person=page_request.person, why=text)
    if page_request.session is not None:
        looks.refused(page_request.services, page_request.person, method, path, text)
    return problem(page_request, 403, "Not allowed", text)


def _to_sign_in(page_request: PageRequest, access: Access) -> Response:
    if access is Access.BESIDE:
        return JSONResponse({"signed_in": False}, 401)
    if page_request.request.method not in csrf.SAFE:
        return sign_in.keep(page_request)
    query = f"?{page_request.request.url.query}" if page_request.request.url.query else ""
    here = f"{page_request.request.url.path}{query}"
    target = "/sign-in" if here == "/" else f"/sign-in?next={quote(here, safe='/')}"
    return RedirectResponse(target, 303)


def _trouble(page_request: PageRequest, error: Exception) -> Response:
    """Show the page of an expected error; raise any other exception again."""
    match error:
        case NoSuchSubmissionError():
            return problem(page_request, 404, "No such submission", "There is no submission of this reference.")
        case DisposedError():
            text = f"{error}, by two people and on record. What is left of it is in the ledger, which auditors search."
            return problem(page_request, 410, "Disposed of", text)
        case LostLeaseError():
            text = "Somebody else, or the program itself, has just changed this submission. Nothing of yours was done."
            return problem(page_request, 409, "The submission has just changed", text)
        case DecisionRefusedError() | PersonRefusedError():
            return problem(page_request, 409, "This cannot be done", str(error))
        case IntakeError():
            log.error("unreachable", path=page_request.request.url.path, error=str(error), hint=error.hint)
            return problem(page_request, 503, "This cannot be shown just now", f"{sentence(error)} {error.hint}")
        case _:
            raise error
