"""Signing in and out; in the demo, going on as the other person."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import structlog
from starlette.responses import RedirectResponse, Response

from intake.store import people
from intake.store.people import Person
from intake.web import kept, passwords, session
from intake.web.kept import KeptForm
from intake.web.pages import page
from intake.web.problem import problem
from intake.web.visit import Visit, known_number

LONGEST_NAME = 200
log = structlog.get_logger()


def show(visit: Visit) -> Response:
    """The form."""
    if visit.session is not None:
        return RedirectResponse(_target(visit.query("next")), 303)
    return _form(visit, name="", target=_target(visit.query("next")))


def keep(visit: Visit) -> Response:
    """Answer a form that came after its session had ended: sign in here, then go on with it."""
    text = "You have been signed out, so nothing has been done yet. Sign in to go on: what you typed is kept."
    target, posted = _target(visit.request.url.path), kept.from_form(visit.form)
    return _form(visit, name="", target=target, error=text, status=403, posted=posted)


def sign_in(visit: Visit) -> Response:
    """Check name and password; give a new session."""
    name, password = visit.form.get("name", "").strip()[:LONGEST_NAME], visit.form.get("password", "")
    target, now = _target(visit.form.get("next", "")), visit.site.now()
    posted = kept.from_sign_in(visit.form)
    address = visit.request.client.host if visit.request.client else ""
    throttle = visit.site.throttle
    wait = throttle.wait(name, address, now)
    if wait:
        log.warning("sign_in_throttled", address=address)
        minutes = ceil(wait.total_seconds() / 60)
        error = f"Too many failed attempts. Wait {minutes} minute{'' if minutes == 1 else 's'} and try again."
        response = _form(visit, name=name, target=target, error=error, status=429, posted=posted)
        response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
        return response
    # counted before the password is checked, so that many tries at once do not all slip through
    throttle.failed(name, address, now)
    known = _known(visit, name)
    person = known if passwords.matches(known.password_hash if known else None, password) else None
    if person is None:
        # a name nobody has may be a password typed into the wrong field
        log.warning("sign_in_failed", person=known.name if known else None, address=address)
        error = "Name and password do not fit together."
        return _form(visit, name=name, target=target, error=error, status=403, posted=posted)
    throttle.succeeded(name, address, now)
    log.info("signed_in", person=person.name)
    return _start(visit, person.name, target, posted)


def _known(visit: Visit, name: str) -> Person | None:
    with visit.services.store.reading() as tx:
        return people.find(tx, name) if name else None


def _start(visit: Visit, name: str, target: str, posted: KeptForm | None = None) -> Response:
    """A new token at every sign-in; the old session ends."""
    web, store = visit.services.config.web, visit.services.store
    if visit.session is not None:
        session.end(store, visit.session)
    token, begun = session.begin(store, name, visit.site.now())
    response: Response = RedirectResponse(target, 303)
    if posted is not None:
        response = page(replace(visit, session=begun), "continue.html", target=target, kept=posted, away=_away(target))
    session.give(response, token, web)
    return response


def sign_out(visit: Visit) -> Response:
    """End the session."""
    if visit.session is not None:
        session.end(visit.services.store, visit.session)
    response = RedirectResponse("/sign-in", 303)
    session.take_back(response, visit.services.config.web)
    return response


def go_on_as(visit: Visit) -> Response:
    """The demo only: go on as another of its people, so that two pairs of eyes can be tried alone."""
    name = visit.form.get("person", "")
    if name not in visit.site.demo_people:
        return problem(visit, 404, "Page not found", "There is no such page here.")
    return _start(visit, name, _target(visit.form.get("next", "")))


def _form(
    visit: Visit, *, name: str, target: str, error: str = "", status: int = 200, posted: KeptForm | None = None
) -> Response:
    with visit.services.store.reading() as tx:
        anybody = people.anybody(tx)
    facts = {"name": name, "target": target, "error": error, "anybody": anybody, "posted": posted}
    return page(visit, "sign_in.html", status=status, **facts)


def _away(target: str) -> str:
    """Where a person goes who would rather do nothing: the submission that the form was about, else the queue."""
    reference = target.split("/")[2] if target.startswith("/submissions/") else ""
    return "/" if known_number(reference) is None else f"/submissions/{reference}"


def _target(wanted: str) -> str:
    """A path of our own; anything that could lead elsewhere becomes the queue."""
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if ours else "/"
