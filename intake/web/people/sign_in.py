"""Signing in and out; in the demo, going on as the other person."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import structlog
from starlette.responses import RedirectResponse, Response

from intake.domain.people_events import SignInRefused
from intake.pipeline.people import throttle
from intake.store import events, people
from intake.store.people import Person
from intake.web import drafts, kept
from intake.web.kept import KeptForm
from intake.web.page_request import PageRequest, known_number, own_path
from intake.web.pages import page
from intake.web.people import known_browser, passwords, session
from intake.web.problem import problem

LONGEST_NAME = 200
log = structlog.get_logger()


def show(page_request: PageRequest) -> Response:
    """Show the sign-in form."""
    if page_request.session is not None:
        return RedirectResponse(own_path(page_request.query("next")), 303)
    return _form(page_request, name="", target=own_path(page_request.query("next")))


def keep(page_request: PageRequest) -> Response:
    """Answer a form that came after its session had ended: sign in here, then go on with it."""
    text = "You have been signed out, so nothing has been done yet. Sign in to go on: what you typed is kept."
    target, posted = own_path(page_request.request.url.path), kept.from_form(page_request.form)
    return _form(page_request, name="", target=target, error=text, status=403, posted=posted)


def sign_in(page_request: PageRequest) -> Response:
    """Check name and password; give a new session."""
    if not _takes_passwords(page_request):
        return problem(page_request, 404, "Page not found", "Nobody signs in by a password here.")
    name, password = page_request.form.get("name", "").strip()[:LONGEST_NAME], page_request.form.get("password", "")
    target = own_path(page_request.form.get("next", ""))
    posted = kept.from_sign_in(page_request.form)
    address, services = page_request.address, page_request.services
    tried = throttle.attempt(services, name, address, known_browser.digest_of(page_request))
    if wait := tried.wait:
        log.warning("sign_in_throttled", address=address)
        minutes = ceil(wait.total_seconds() / 60)
        error = f"Too many failed attempts. Wait {minutes} minute{'' if minutes == 1 else 's'} and try again."
        response = _form(page_request, name=name, target=target, error=error, status=429, posted=posted)
        response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
        return response
    account = _known(page_request, name)
    right = passwords.matches(account.password_hash if account else None, password)
    if account is None or not right or account.disabled_at is not None:
        # a name nobody has may be a password typed into the wrong field
        log.warning("sign_in_failed", person=account.name if account else None, address=address)
        why = "shut out" if account is not None and right else "wrong name or password"
        refused(page_request, why, account.name if account else None)
        error = "Incorrect name or password."
        return _form(page_request, name=name, target=target, error=error, status=403, posted=posted)
    throttle.succeeded(services, tried)
    log.info("signed_in", person=account.name)
    response = start(page_request, account.name, target, posted)
    known_browser.remember(page_request, response, account.name)
    return response


def refused(page_request: PageRequest, why: str, person: str | None) -> None:
    """Record that somebody was not let in; `person` is whose account it was, where there is one."""
    with page_request.services.store.transaction() as tx:
        happened = SignInRefused(why=why, address=page_request.address, person=person)
        events.append(tx, happened, at=page_request.state.now())


def _takes_passwords(page_request: PageRequest) -> bool:
    wanted = page_request.services.config.oidc
    return wanted is None or wanted.passwords


def _known(page_request: PageRequest, name: str) -> Person | None:
    with page_request.services.store.reading() as tx:
        return people.find(tx, name) if name else None


def start(
    page_request: PageRequest, name: str, target: str, posted: KeptForm | None = None, *, by: str = "password"
) -> Response:
    """Start a session with a new token, end the old one, and go on to where the person wanted."""
    web, store, now = page_request.services.config.web, page_request.services.store, page_request.state.now()
    if page_request.session is not None:
        session.end(store, page_request.session, now)
    asked = {"address": page_request.address, "browser": page_request.browser}
    token, begun = session.begin(store, name, now, by=by, **asked)
    response: Response = RedirectResponse(target, 303)
    if posted is not None:
        drafts.keep_posted(replace(page_request, session=begun), target, posted.fields)
        response = page(
            replace(page_request, session=begun),
            "continue.html",
            target=target,
            kept=posted,
            away=_away(target),
            does=kept.going_on(target, posted),
        )
    session.give(response, token, web)
    return response


def sign_out(page_request: PageRequest) -> Response:
    """End the session."""
    if page_request.session is not None:
        session.end(page_request.services.store, page_request.session, page_request.state.now())
    response = RedirectResponse("/sign-in", 303)
    session.take_back(response, page_request.services.config.web)
    return response


def go_on_as(page_request: PageRequest) -> Response:
    """Switch to another person of the demo, to try approval by two people."""
    name = page_request.form.get("person", "")
    if name not in page_request.state.demo_people:
        return problem(page_request, 404, "Page not found", "There is no such page here.")
    return start(page_request, name, own_path(page_request.form.get("next", "")), by="demonstration")


def _form(
    page_request: PageRequest,
    *,
    name: str,
    target: str,
    error: str = "",
    status: int = 200,
    posted: KeptForm | None = None,
) -> Response:
    with page_request.services.store.reading() as tx:
        anybody = people.anybody(tx)
    wanted = page_request.services.config.oidc
    facts = {
        "name": name,
        "target": target,
        "error": error,
        "anybody": anybody or wanted is not None,
        "posted": posted,
        "passwords": _takes_passwords(page_request),
        "provider": wanted.label if wanted is not None else "",
    }
    return page(page_request, "sign_in.html", status=status, **facts)


def _away(target: str) -> str:
    """Where a person goes who would rather do nothing: the submission that the form was about, else the queue."""
    reference = target.split("/")[2] if target.startswith("/submissions/") else ""
    return "/" if known_number(reference) is None else f"/submissions/{reference}"
