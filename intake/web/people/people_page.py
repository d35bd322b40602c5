"""Who may sign in, as an administrator keeps it and an auditor reads it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from intake.domain.review import Role
from intake.pipeline.people import people as verbs
from intake.pipeline.people.people import PersonRefusedError
from intake.store import people
from intake.store.people import Person
from intake.store.sessions import Session
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.people import passwords, session
from intake.web.problem import problem
from intake.web.words import ACCOUNT_NOTICES


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the list shows them."""

    person: Person
    sessions: tuple[Session, ...]

    @property
    def seen_at(self) -> datetime | None:
        """When they last did anything, where they are signed in."""
        return self.sessions[0].seen_at if self.sessions else None

    @property
    def address(self) -> str:
        """Give the address of the person's own page."""
        return _address(self.person.name)


def _address(name: str, done: str = "") -> str:
    return f"/people/one?{urlencode({'name': name, **({'done': done} if done else {})})}"


def show(page_request: PageRequest) -> Response:
    """List everybody."""
    return _list(page_request)


def _list(page_request: PageRequest, *, error: str = "", name: str = "", role: str = "") -> Response:
    store, now = page_request.services.store, page_request.state.now()
    with store.reading() as tx:
        persons = people.everybody(tx)
    rows = [PersonRow(person, session.living(store, person.name, now)) for person in persons]
    changes = page_request.role is Role.ADMIN
    facts = {"rows": rows, "error": error, "name": name, "role": role, "changes": changes, "roles": list(Role)}
    return page(page_request, "people.html", status=422 if error else 200, **facts)


def show_one(page_request: PageRequest) -> Response:
    """Show one person with their sessions."""
    return _one(page_request, page_request.query("name"))


def _one(page_request: PageRequest, name: str, *, password: str = "", error: str = "") -> Response:
    store = page_request.services.store
    with store.reading() as tx:
        person = people.find(tx, name)
    if person is None:
        return problem(page_request, 404, "No such person", "Nobody of this name may sign in.")
    return page(
        page_request,
        "person.html",
        status=422 if error else 200,
        row=PersonRow(person, session.living(store, name, page_request.state.now())),
        changes=page_request.role is Role.ADMIN,
        own=name == page_request.person,
        roles=list(Role),
        password=password,
        error=error,
        notice=ACCOUNT_NOTICES.get(page_request.done, ""),
    )


def add(page_request: PageRequest) -> Response:
    """Add a person, and show once the password that they must change."""
    name, role_name = page_request.form.get("name", "").strip(), page_request.form.get("role", "")
    role = _role(role_name)
    if role is None:
        return _list(page_request, error="Choose a role.", name=name, role=role_name)
    password = _password()
    kept = passwords.hash_password(password)
    try:
        verbs.add(page_request.services, name, kept, role, by=page_request.person, temporary=True)
    except PersonRefusedError as error:
        return _list(page_request, error=str(error), name=name, role=role_name)
    return _one(page_request, name, password=password)


def give_password(page_request: PageRequest) -> Response:
    """Give a person a password that is shown once, and that they must change."""
    name, password = page_request.form.get("name", ""), _password()
    verbs.give_password(page_request.services, name, passwords.hash_password(password), by=page_request.person)
    return _one(page_request, name, password=password)


def give_role(page_request: PageRequest) -> Response:
    """Give a person another role."""
    name, role = page_request.form.get("name", ""), _role(page_request.form.get("role", ""))
    if role is None:
        return _one(page_request, name, error="Choose a role.")
    verbs.give_role(page_request.services, name, role, by=page_request.person)
    return RedirectResponse(_address(name, "role"), 303)


def disable(page_request: PageRequest) -> Response:
    """Shut a person out."""
    name = page_request.form.get("name", "")
    verbs.disable(page_request.services, name, by=page_request.person)
    return RedirectResponse(_address(name, "disabled"), 303)


def enable(page_request: PageRequest) -> Response:
    """Let a person in again."""
    name = page_request.form.get("name", "")
    verbs.enable(page_request.services, name, by=page_request.person)
    return RedirectResponse(_address(name, "enabled"), 303)


def end_sessions(page_request: PageRequest) -> Response:
    """End one session of a person, or every one."""
    form = page_request.form
    name, handle = form.get("name", ""), form.get("session", "")
    verbs.end_sessions(page_request.services, name, by=page_request.person, handle=handle)
    return RedirectResponse(_address(name, "sessions"), 303)


def _role(role_name: str) -> Role | None:
    return Role(role_name) if role_name in set(Role) else None


def _password() -> str:
    """Make a password that can be read out: 80 bits in four groups."""
    text = secrets.token_hex(10)
    return "-".join(text[at : at + 5] for at in range(0, len(text), 5))
