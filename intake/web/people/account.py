"""One's own account: who one is here, another password, and where one is signed in."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from intake.pipeline.people import people as verbs
from intake.store import people
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.people import passwords, session
from intake.web.words import ACCOUNT_NOTICES


def show(page_request: PageRequest) -> Response:
    """Show the account."""
    return _page(page_request)


def _page(page_request: PageRequest, *, error: str = "", field: str = "", status: int = 200) -> Response:
    services = page_request.services
    return page(
        page_request,
        "account.html",
        status=status,
        sessions=session.living(services.store, page_request.person, page_request.state.now()),
        notice=ACCOUNT_NOTICES.get(page_request.done, ""),
        shortest=passwords.SHORTEST,
        error=error,
        field=field,
    )


def change_password(page_request: PageRequest) -> Response:
    """Change one's own password, once the present one has been given; every other session ends."""
    services, own = page_request.services, page_request.session
    with services.store.reading() as tx:
        account = people.find(tx, page_request.person)
    if own is None or account is None:
        return RedirectResponse("/sign-in", 303)
    present, new = page_request.form.get("password", ""), page_request.form.get("new_password", "")
    if not passwords.matches(account.password_hash, present):
        return _page(page_request, error="This is not your present password.", field="password", status=403)
    fault = passwords.fault(new, account.name)
    if fault is None and new == present:
        fault = "The new password is the present one."
    if fault is None and new != page_request.form.get("new_password_again", ""):
        fault = "The new password and its repetition differ."
    if fault is not None:
        return _page(page_request, error=fault, field="new_password", status=422)
    new_hash = passwords.hash_password(new)
    verbs.change_password(services, account.name, account.password_hash, new_hash, own.token_sha256)
    return RedirectResponse("/account?done=password", 303)


def sign_out_everywhere(page_request: PageRequest) -> Response:
    """End every session of one's own, this one too; browsers are forgotten as well."""
    verbs.end_sessions(page_request.services, page_request.person, by=page_request.person)
    response = RedirectResponse("/sign-in", 303)
    session.take_back(response, page_request.services.config.web)
    return response
