"""Says in plain words what went wrong, and never how our code looks inside."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intake.errors import safe_message, source_location
from intake.web.feed.feed_answers import feed_problem, is_of_the_feed
from intake.web.page_request import AppState, PageRequest
from intake.web.pages import page
from intake.web.people import session

log = structlog.get_logger()

_SAID = {
    400: ("This request cannot be read", "The form arrived damaged. Go back and try again."),
    404: ("Page not found", "If you typed the address, check it. If you followed a link of ours, please tell us."),
    405: ("Page not found", "This address takes no request of that kind."),
    413: ("This is too much", "What you sent is larger than any of our forms needs. Go back and shorten it."),
}
_FEED_IS_READ = ("The feed is only read", "GET and HEAD are all that it takes.")
_OTHERWISE = ("This cannot be done", "The request was refused.")
_OUR_FAULT = ("Something went wrong on our side", "Nothing you did caused it, and it has been logged. Try again.")


def problem(page_request: PageRequest, status: int, title: str, text: str) -> Response:
    """Show a page that says what went wrong."""
    return page(page_request, "problem.html", status=status, title=title, text=text)


async def http_problem(request: Request, error: Exception) -> Response:
    """Show Starlette's own errors as a page, or say them to a program."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    if is_of_the_feed(request.url.path):
        return _to_a_program(status, error)
    page_request = await run_in_threadpool(_beyond_the_gate, request, request.app.state.site)
    return problem(page_request, status, *_SAID.get(status, _OTHERWISE))


def _to_a_program(status: int, error: Exception) -> Response:
    """Say Starlette's own errors to whoever reads the feed."""
    title, detail = _FEED_IS_READ if status == HTTPStatus.METHOD_NOT_ALLOWED else _OTHERWISE
    return feed_problem(status, title, detail, error.headers if isinstance(error, HTTPException) else None)


def _beyond_the_gate(request: Request, state: AppState) -> PageRequest:
    """Find who asks for a page that the gate never saw, so that its header shows them what any other does."""
    try:
        token = session.token_of(request, state.services.config.web)
        signed_in = session.current(state.services.store, token, state.now(), touch=False)
    except Exception:  # noqa: BLE001  # the store may be what is broken; the page can be shown without a name
        signed_in = None
    return PageRequest(request, state, signed_in)


class Shield:
    """Turns our own bugs into a page and one line in the log, never a traceback."""

    def __init__(self, app: ASGIApp, *, state: AppState) -> None:
        """Wrap an application."""
        self._app = app
        self._site = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle the request; turn an exception into a page."""
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:  # noqa: BLE001  # our bug: logged in one line, told in plain words
            log.error("page_failed", path=scope.get("path"), error=safe_message(error), where=source_location(error))  # noqa: TRY400  # no traceback
            if scope["type"] == "http" and not started:
                apology = await run_in_threadpool(self._apology, scope)
                await apology(scope, receive, send)

    def _apology(self, scope: Scope) -> Response:
        if is_of_the_feed(scope["path"]):
            return feed_problem(500, *_OUR_FAULT)
        try:
            return problem(_beyond_the_gate(Request(scope), self._site), 500, *_OUR_FAULT)
        except Exception:  # noqa: BLE001  # the page itself is broken: plain words without it
            return HTMLResponse(f"<!doctype html><title>{_OUR_FAULT[0]}</title><p>{' '.join(_OUR_FAULT)}", 500)
