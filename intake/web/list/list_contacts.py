"""Whom notices about entries go to, which entries nobody is known for, and the form that changes either."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import contacts
from intake.store.contacts import Contact
from intake.web.page_request import PageRequest
from intake.web.pages import page

MISSING, EVERYTHING = "", "all"
_FIELDS = ("name", "telephone", "email")


def show(page_request: PageRequest) -> Response:
    """Show the entries without a contact, or all; the contacts themselves only to who may see them."""
    return _shown(page_request)


def enter(page_request: PageRequest) -> Response:
    """Keep the contact that the form names; where it is refused, show it again with what was typed."""
    form = page_request.form
    who = Contact("", *(form.get(name, "") for name in _FIELDS))
    try:
        numbers = contacts.numbers_in(form.get("entries", ""))
        contacts.enter_contact(page_request.services, numbers, who, page_request.person)
    except DecisionRefusedError as error:
        return _shown(page_request, str(error), 409)
    return RedirectResponse("/list/contacts?done=contact-kept", 303)


def _shown(page_request: PageRequest, error: str = "", status: int = 200) -> Response:
    asked = contacts.whom_to_ask(page_request.services)
    wanted = EVERYTHING if page_request.query("show") == EVERYTHING and page_request.reads_evidence else MISSING
    lines = [line for line in asked if wanted == EVERYTHING or line.contact is None]
    return page(
        page_request,
        "list/contacts.html",
        status=status,
        error=error,
        wanted=wanted,
        lines=lines,
        missing=sum(len(line.entries) for line in asked if line.contact is None),
        certified=sum(len(line.entries) for line in asked),
        typed=_typed(page_request, asked),
    )


def _typed(page_request: PageRequest, asked: tuple[contacts.Asked, ...]) -> dict[str, str]:
    """What the form holds: what was typed, or the entries that a link names, with the contact that they have."""
    if page_request.form:
        return {name: page_request.form.get(name, "") for name in ("entries", *_FIELDS)}
    numbers = contacts.numbers_in(page_request.query("entries")[:4000])
    contact = next((line.contact for line in asked if set(numbers) & set(line.entries)), None)
    typed = {"entries": " ".join(numbers), **dict.fromkeys(_FIELDS, "")}
    if contact is not None and page_request.decides:
        typed |= {name: str(getattr(contact, name)) for name in _FIELDS}
    return typed
