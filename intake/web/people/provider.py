"""Signing in by the organisation's own provider: there and back, with whatever was typed before.

What is needed on the way back lies in the store, under the digest of a cookie, for whichever process answers, and once.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

import structlog
from starlette.responses import Response

from intake.identity.claims import IdentityRefusedError
from intake.pipeline.people.let_in import let_in
from intake.store import flows
from intake.store.flows import Flow
from intake.web import kept
from intake.web.kept import KeptForm
from intake.web.page_request import PageRequest, own_path
from intake.web.pages import page
from intake.web.people import session, sign_in
from intake.web.people.session import digest
from intake.web.problem import problem

LONGEST = timedelta(minutes=15)
"""A person may take so long at the provider."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Came:
    """Somebody who has come back, and the flow in which they left."""

    code: str
    flow: Flow


def _cookie(page_request: PageRequest) -> str:
    return "__Host-cpl-flow" if page_request.services.config.web.secure_cookies else "cpl-flow"


def leave(page_request: PageRequest) -> Response:
    """Send a person to the provider.

    By a page that goes on by itself, not by a redirect: our policy lets no form lead to another site.
    """
    provider, now = page_request.services.identity, page_request.state.now()
    if provider is None:
        return _nowhere(page_request)
    token, state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(4))
    address = provider.leave(state=state, nonce=nonce, verifier=verifier, now=now)
    target, posted = own_path(page_request.form.get("next", "")), kept.from_sign_in(page_request.form)
    if posted is not None and not _was_signed_in(page_request):
        posted = None  # nobody we have ever known: there is no room here for what strangers send
    fields = None if posted is None else posted.fields
    with page_request.services.store.transaction() as tx:
        flow = Flow(state, nonce, verifier, target, fields, now)
        flows.begin(tx, digest(token), flow, forget=now - LONGEST)
    response = page(page_request, "leave.html", address=address)
    _give(page_request, response, token)
    return response


def come_back(page_request: PageRequest) -> Response:
    """Let in who comes back from the provider, if it says who they are."""
    provider, now = page_request.services.identity, page_request.state.now()
    if provider is None:
        return _nowhere(page_request)
    try:
        came = _came(page_request)
        identity = provider.identify(came.code, verifier=came.flow.verifier, nonce=came.flow.nonce, now=now)
        name = let_in(page_request.services, identity)
    except IdentityRefusedError as error:
        log.warning("sign_in_failed", why=str(error), address=page_request.address)
        sign_in.refused(page_request, str(error), None)
        text = "The sign-in of your organisation did not let you in here. Ask an administrator why; it is on record."
        response = problem(page_request, 403, "You are not signed in", text)
    else:
        log.info("signed_in", person=name)
        posted = None if came.flow.posted is None else KeptForm(came.flow.posted)
        response = sign_in.start(page_request, name, came.flow.target, posted, by="provider")
    response.delete_cookie(_cookie(page_request), path="/", httponly=True, secure=_https(page_request))
    return response


def _came(page_request: PageRequest) -> _Came:
    """Take the flow that this browser began out of the store.

    Raises:
        IdentityRefusedError: there is none, it is over, or what came back is not its answer.
    """
    token, provider = page_request.request.cookies.get(_cookie(page_request), ""), page_request.services.identity
    with page_request.services.store.transaction() as tx:
        flow = flows.take(tx, digest(token)) if token else None
    issuer = page_request.query("iss")
    if flow is None or page_request.state.now() - flow.started_at > LONGEST:
        message = "no sign-in has begun in this browser, or it took too long"
    elif not hmac.compare_digest(flow.state.encode(), page_request.query("state").encode()):
        message = "the state that came back is not the one that was sent"
    elif issuer and provider is not None and not provider.speaks_of(issuer):
        message = "another provider answered than the one that was asked"
    elif not page_request.query("code"):
        message = f"the provider sent no code: {page_request.query('error')[:100] or 'no cause given'}"
    else:
        return _Came(page_request.query("code"), flow)
    raise IdentityRefusedError(message)


def _was_signed_in(page_request: PageRequest) -> bool:
    token = session.token_of(page_request.request, page_request.services.config.web)
    return session.remembered(page_request.services.store, token) is not None


def _https(page_request: PageRequest) -> bool:
    return page_request.services.config.web.secure_cookies


def _give(page_request: PageRequest, response: Response, token: str) -> None:
    seconds = int(LONGEST.total_seconds())
    # lax: it must come along when the provider's page leads back here
    response.set_cookie(
        _cookie(page_request), token, seconds, path="/", httponly=True, samesite="lax", secure=_https(page_request)
    )


def _nowhere(page_request: PageRequest) -> Response:
    return problem(page_request, 404, "Page not found", "There is no such page here.")
