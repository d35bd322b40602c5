"""`/check`: anybody may have files checked; no cookie, no sign-in, no link to the desk, and nothing is kept."""

from __future__ import annotations

from functools import cache

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from intake import resources
from intake.pipeline.checks.public_check import PublicCheck
from intake.render.templates import reports
from intake.web.check.check_once import Once
from intake.web.check.check_report import written
from intake.web.check.check_room import FullError, Room
from intake.web.check.check_upload import MOST_FILES, TooManyFilesError, announced, files_of
from intake.web.headers import POLICY, SafeHeaders
from rules.rulebook import current

AGAIN_AFTER_SECONDS = 20
_PICTURES_WITHIN = POLICY.replace("img-src 'self'", "img-src 'self' data:")
"""A report's page holds its pictures itself, as nothing of them is kept to be asked for."""
_FILES = {
    "report.css": ("report", "text/css"),
    "check.css": ("report", "text/css"),
    "favicon.svg": ("static", "image/svg+xml"),
}
"""What the pages look like: each file's folder and type."""
_TOO_MANY = (
    f"More than {MOST_FILES} files are not checked at once. Choose the forms of some devices with their documents, "
    "or the whole mail as an .eml file."
)
_SAID = {
    400: "This upload could not be read. Please choose the files again.",
    403: "This was sent from another site, so nothing was checked. Please choose the files here.",
    408: "The upload took too long. Please try again.",
    411: "The upload did not say how large it is, so it was not taken.",
    413: "These files are too large to be checked here. Choose fewer, or run the check on your own computer.",
    422: "There was no file in this upload. Please choose the workbook and its documents.",
    503: "Too many checks are being made just now. Please try again in half a minute.",
}

log = structlog.get_logger()


class PublicPage:
    """The pages, over what checks."""

    def __init__(self, public: PublicCheck) -> None:
        """Take what checks, with its limits."""
        wanted = public.config.check
        self._public = public
        self._most = wanted.upload_mb << 20
        self._room, self._once = Room(wanted.at_once, wanted.waiting), Once()

    async def show(self, request: Request) -> Response:  # noqa: ARG002  # Starlette's signature
        """Show the form."""
        return self._form(200)

    async def check(self, request: Request) -> Response:
        """Check what was sent, and show how far it has come until the report is there."""
        if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            return self._form(403)
        try:
            size = announced(request, self._most)
            self._room.enter(size)
        except FullError:
            return self._form(503, {"Retry-After": str(AGAIN_AFTER_SECONDS), "Connection": "close"})
        except HTTPException as error:
            return self._form(error.status_code, {"Connection": "close"})
        try:
            files = await files_of(request, size)
        except HTTPException as error:
            self._room.leave(size)
            said = _TOO_MANY if isinstance(error, TooManyFilesError) else ""
            return self._form(error.status_code, {"Connection": "close"}, said)
        except BaseException:  # whoever sent it has gone
            self._room.leave(size)
            raise
        if not files:
            self._room.leave(size)
            return self._form(422)
        log.info("public_check", files=len(files), size=size)
        page = written(self._public, self._room, self._once, files, lambda: self._room.leave(size))
        headers = {"Content-Security-Policy": _PICTURES_WITHIN, "X-Accel-Buffering": "no"}
        return StreamingResponse(page, media_type="text/html", headers=headers)

    def _form(self, status: int, headers: dict[str, str] | None = None, said: str = "") -> Response:
        refusal = said or _SAID.get(status, "This cannot be checked." if status != 200 else "")  # noqa: PLR2004  # HTTP's own number
        html = (
            reports()
            .get_template("check_form.html")
            .render(
                title=("Not checked: " if refusal else "") + "Check a submission to the Central Products List",
                heading="Check a submission before you send it",
                again=False,
                said=refusal,
                most_files=MOST_FILES,
                most_mb=self._public.config.check.upload_mb,
                edition=current().edition,
                digest=current().digest,
                listed=self._public.lists,
            )
        )
        return HTMLResponse(html, status, headers)


def create_check_app(public: PublicCheck) -> Starlette:
    """Build the application of the public page alone."""
    page = PublicPage(public)
    return Starlette(
        routes=[
            Route("/check", page.show, methods=["GET"]),
            Route("/check", page.check, methods=["POST"]),
            Route("/check/{name}", _file, methods=["GET"]),
            Route("/", _to_the_form, methods=["GET"]),
        ],
        middleware=[Middleware(SafeHeaders, https=public.config.web.secure_cookies)],
        exception_handlers={HTTPException: _problem},
    )


class CheckBeside:
    """Gives what is the public page's to it, before anything of the desk sees it; the rest to the desk."""

    def __init__(self, app: ASGIApp, *, public: ASGIApp) -> None:
        """Wrap the desk."""
        self._app, self._public = app, public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell by the path."""
        path = scope.get("path", "")
        await (self._public if path == "/check" or path.startswith("/check/") else self._app)(scope, receive, send)


@cache
def _content(folder: str, name: str) -> bytes:
    return (resources.templates() / folder / name).read_bytes()


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        raise HTTPException(404)
    folder, media = _FILES[name]
    content = await run_in_threadpool(_content, folder, name)
    return Response(content, media_type=media, headers={"Cache-Control": "public, max-age=300"})


async def _to_the_form(request: Request) -> Response:  # noqa: ARG001  # Starlette's signature
    return RedirectResponse("/check", 303)


async def _problem(request: Request, error: Exception) -> Response:  # noqa: ARG001  # Starlette's signature
    status = error.status_code if isinstance(error, HTTPException) else 400
    return PlainTextResponse("There is no such page here.\n" if status == 404 else "This cannot be done.\n", status)  # noqa: PLR2004  # HTTP's own number
