"""The review page as an application: every address, and whom it is for."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.routing import Route

from intake.domain.review import Role
from intake.pipeline.checks.public_check import beside_the_desk
from intake.pipeline.people.people import added
from intake.pipeline.services import Services
from intake.store import events, people
from intake.web import (
    actions,
    again,
    decision,
    dispose,
    document,
    drafts,
    evidence,
    health,
    home,
    keys,
    letters,
    news,
    notes,
    picture,
    queue,
    resolve,
    rule,
    saved_view,
    static,
    submission,
)
from intake.web.check.check_page import CheckBeside, create_check_app
from intake.web.feed import feed
from intake.web.gate import Access, Page, guarded
from intake.web.headers import SafeHeaders
from intake.web.list import list_contacts, list_expiry
from intake.web.list import routes as list_routes
from intake.web.office import audit, calendar, failures, retention, stacks, statistics
from intake.web.page_request import AppState
from intake.web.people import account, people_page, provider, sign_in
from intake.web.problem import Shield, http_problem
from intake.web.row_number import bound_numbers

_MOST_BYTES = 1024 * 1024
"""Of any request, its length announced or not; the gate has a stricter word for forms."""
_NO_PASSWORD = ""  # such a person cannot sign in with any

_SUBMISSION = "/submissions/{reference}"
_WATCHED: tuple[tuple[str, Page, Access], ...] = (
    ("/healthz", health.alive, Access.WATCHES),
    ("/readyz", health.ready, Access.WATCHES),
    ("/metrics", health.show_metrics, Access.WATCHES),
)
_NOTICES_GET: tuple[tuple[str, Page, Access], ...] = (
    ("/list/expiry", list_expiry.show, Access.SIGNED_IN),
    ("/list/expiry.csv", list_expiry.csv, Access.SIGNED_IN),
    ("/list/expiry.ics", list_expiry.calendar, Access.SIGNED_IN),
    ("/list/contacts", list_contacts.show, Access.SIGNED_IN),
)
_NOTICES_POST: tuple[tuple[str, Page, Access], ...] = (
    ("/list/expiry/send", list_expiry.send, Access.DECIDES),
    ("/list/expiry/set-aside", list_expiry.set_aside, Access.DECIDES),
    ("/list/contacts", list_contacts.enter, Access.DECIDES),
)
_GET: tuple[tuple[str, Page, Access], ...] = (
    ("/", home.show, Access.SIGNED_IN),
    ("/queue/{view}", queue.show, Access.CASES),
    (_SUBMISSION, submission.show, Access.CASES),
    (f"{_SUBMISSION}/documents/{{sha256}}", document.show, Access.EVIDENCE),
    (f"{_SUBMISSION}/documents/{{sha256}}/pages/{{page}}.webp", picture.show, Access.EVIDENCE),
    (f"{_SUBMISSION}/evidence/{{entry}}/{{field:path}}", evidence.show, Access.EVIDENCE),
    (f"{_SUBMISSION}/evidence.zip", document.evidence, Access.EVIDENCE),
    (f"{_SUBMISSION}/decide/{{action}}", decision.show, Access.DECIDES),
    (f"{_SUBMISSION}/reply", dispose.show_reply, Access.DECIDES),
    ("/account", account.show, Access.SIGNED_IN),
    ("/people", people_page.show, Access.PEOPLE),
    ("/people/one", people_page.show_one, Access.PEOPLE),
    ("/failures", failures.show, Access.ADMINISTERS),
    ("/keys", keys.show, Access.SIGNED_IN),
    ("/news", news.show, Access.BESIDE),
    ("/statistics", statistics.show, Access.FIGURES),
    ("/statistics/{chart}.csv", statistics.send, Access.FIGURES),
    ("/ssc", stacks.show, Access.STACKS),
    ("/audit", audit.show, Access.LEDGER),
    ("/calendar", calendar.show, Access.SIGNED_IN),
    ("/retention", retention.show, Access.CASES),
    ("/retention/disposals/{disposal:int}", retention.show_disposal, Access.CASES),
    ("/rules", rule.index, Access.SIGNED_IN),
    ("/rules/{rule}", rule.show, Access.SIGNED_IN),
    *_NOTICES_GET,
    ("/sign-in", sign_in.show, Access.ANYBODY),
    ("/sign-in/back", provider.come_back, Access.ANYBODY),
    ("/static/{name}", static.show, Access.OPEN),
    *list_routes.GET,
    ("/feed", feed.show_nothing, Access.OPEN),
    ("/feed/{name}", feed.show_beside, Access.OPEN),
    ("/feed/{version}/{name}", feed.show, Access.OPEN),
    ("/feed/{address:path}", feed.show_nothing, Access.OPEN),
    *_WATCHED,
)
_POST: tuple[tuple[str, Page, Access], ...] = (
    (f"{_SUBMISSION}/claim", actions.claim, Access.DECIDES),
    (f"{_SUBMISSION}/assign", actions.assign, Access.DECIDES),
    (f"{_SUBMISSION}/release", actions.release, Access.DECIDES),
    (f"{_SUBMISSION}/retry", actions.retry, Access.DECIDES),
    (f"{_SUBMISSION}/withdraw", actions.withdraw, Access.DECIDES),
    (f"{_SUBMISSION}/judge-again", again.judge_again, Access.DECIDES),
    (f"{_SUBMISSION}/names", again.confirm_name, Access.DECIDES),
    (f"{_SUBMISSION}/decide/{{action}}", decision.take, Access.DECIDES),
    (f"{_SUBMISSION}/points", resolve.settle, Access.DECIDES),
    (f"{_SUBMISSION}/corrections", resolve.correct, Access.DECIDES),
    (f"{_SUBMISSION}/resolutions/{{resolution:int}}/withdraw", resolve.withdraw, Access.DECIDES),
    (f"{_SUBMISSION}/drafts/{{action}}", drafts.save, Access.DECIDES),
    (f"{_SUBMISSION}/notes", notes.write, Access.DECIDES),
    (f"{_SUBMISSION}/close", dispose.close, Access.DECIDES),
    (f"{_SUBMISSION}/reply", dispose.reply, Access.DECIDES),
    (f"{_SUBMISSION}/kind", dispose.mark, Access.DECIDES),
    (f"{_SUBMISSION}/join", dispose.join, Access.DECIDES),
    (f"{_SUBMISSION}/split", dispose.split, Access.DECIDES),
    (f"{_SUBMISSION}/reopen", dispose.take_up, Access.DECIDES),
    (f"{_SUBMISSION}/hand-over", dispose.hand, Access.DECIDES),
    (f"{_SUBMISSION}/take-back", dispose.take_back, Access.DECIDES),
    ("/letters/send", letters.send_all, Access.DECIDES),
    ("/views/save", saved_view.save, Access.CASES),
    ("/views/remove", saved_view.remove, Access.CASES),
    (f"{_SUBMISSION}/letters/{{letter:int}}/send", letters.send, Access.DECIDES),
    (f"{_SUBMISSION}/letters/{{letter:int}}/drop", letters.drop, Access.DECIDES),
    *_NOTICES_POST,
    *list_routes.POST,
    ("/calendar/close", calendar.close, Access.ADMINISTERS),
    ("/calendar/reopen", calendar.reopen, Access.ADMINISTERS),
    ("/audit/export", audit.export, Access.LEDGER),
    ("/retention/propose", retention.propose, Access.DECIDES),
    ("/retention/disposals/{disposal:int}/agree", retention.agree, Access.DECIDES),
    ("/retention/disposals/{disposal:int}/refuse", retention.refuse, Access.DECIDES),
    ("/retention/holds", retention.place_hold, Access.DECIDES),
    ("/retention/holds/{hold:int}/lift", retention.lift_hold, Access.DECIDES),
    ("/retention/holds/{hold:int}/agree", retention.agree_to_lift, Access.DECIDES),
    ("/retention/holds/{hold:int}/keep", retention.keep_hold, Access.DECIDES),
    ("/account/password", account.change_password, Access.SIGNED_IN),
    ("/account/sign-out-everywhere", account.sign_out_everywhere, Access.SIGNED_IN),
    ("/failures/{reference}/check-again", failures.check_again, Access.ADMINISTERS),
    ("/failures/{reference}/hand-back", failures.hand_back, Access.ADMINISTERS),
    ("/failures/letters/{letter:int}/send", failures.send_letter, Access.ADMINISTERS),
    ("/failures/letters/{letter:int}/drop", failures.drop_letter, Access.ADMINISTERS),
    ("/people/add", people_page.add, Access.ADMINISTERS),
    ("/people/role", people_page.give_role, Access.ADMINISTERS),
    ("/people/password", people_page.give_password, Access.ADMINISTERS),
    ("/people/disable", people_page.disable, Access.ADMINISTERS),
    ("/people/enable", people_page.enable, Access.ADMINISTERS),
    ("/people/sessions", people_page.end_sessions, Access.ADMINISTERS),
    ("/keys", keys.switch, Access.SIGNED_IN),
    ("/sign-in", sign_in.sign_in, Access.ANYBODY),
    ("/sign-in/leave", provider.leave, Access.ANYBODY),
    ("/sign-out", sign_in.sign_out, Access.SIGNED_IN),
    ("/go-on-as", sign_in.go_on_as, Access.SIGNED_IN),
)


def create_app(services: Services, *, demo_people: tuple[str, ...] = ()) -> Starlette:
    """Build the application over opened services.

    With `demo_people` a visitor without a session is signed in as the first of them at once, and may go on as another;
    those the store does not know are added as analysts without a password.
    """
    state = AppState(services, demo_people)
    _add(services, demo_people)
    bound_numbers()
    https = services.config.web.secure_cookies
    app = Starlette(
        routes=[
            *(Route(path, guarded(state, page, access), methods=["GET"]) for path, page, access in _GET),
            *(Route(path, guarded(state, page, access), methods=["POST"]) for path, page, access in _POST),
        ],
        middleware=[
            *_public(services),
            Middleware(SafeHeaders, https=https),
            Middleware(Shield, state=state),
            Middleware(RequestBodyLimitMiddleware, max_body_size=_MOST_BYTES),
        ],
        exception_handlers={HTTPException: http_problem},
    )
    app.state.site = state
    return app


def _public(services: Services) -> list[Middleware]:
    """The public page beside the desk, where the configuration has it."""
    if not services.config.web.public_check:
        return []
    return [Middleware(CheckBeside, public=create_check_app(beside_the_desk(services)))]


def create_watch_app(services: Services) -> Starlette:
    """Give the part of it that the daemon serves: for whoever watches, and nothing else."""
    state = AppState(services)
    app = Starlette(
        routes=[Route(path, guarded(state, page, access), methods=["GET"]) for path, page, access in _WATCHED],
        middleware=[Middleware(Shield, state=state), Middleware(RequestBodyLimitMiddleware, max_body_size=0)],
        exception_handlers={HTTPException: http_problem},
    )
    app.state.site = state
    return app


def _add(services: Services, names: tuple[str, ...]) -> None:
    if not names:
        return
    with services.store.transaction() as tx:
        for name in names:
            if people.find(tx, name) is None:
                now = services.clock.now()
                people.add(tx, name, _NO_PASSWORD, Role.ANALYST, now)
                events.append(tx, added(name, _NO_PASSWORD, Role.ANALYST), at=now)
