"""Headers on every answer: nothing foreign runs, nothing is framed, nothing comes from elsewhere, nothing is kept."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Of whatever carries no script: none is allowed there."""

WITH_SCRIPT = (
    f"{POLICY}; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Of pages with our own script: it may ask this server, and nothing makes markup or code out of a text."""

_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ONLY_OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


class SafeHeaders:
    """Adds the headers; an answer that sets one of them itself keeps its own."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        """Wrap an application."""
        self._app = app
        self._headers = _ALWAYS | (_ONLY_OVER_HTTPS if https else {}) | {"Cache-Control": "no-store"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)
