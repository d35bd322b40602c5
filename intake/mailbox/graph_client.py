"""Microsoft Graph over HTTP: every request with our token, at our pace, to the one host that may see the token."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from ssl import SSLContext
from threading import Lock
from typing import Any, Protocol
from urllib.parse import quote

import httpx2

import intake
from intake.errors import ConfigurationError, UnreachableError
from intake.mailbox.connection import is_this_machine, verifying
from intake.mailbox.graph_errors import Fault, FaultError
from intake.mailbox.pace import Pace

ENDPOINT = "https://graph.microsoft.com"
"""Microsoft's public cloud; national clouds have others."""
VERSION = "v1.0"
PAGE_SIZE = 1000
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 60.0
LONGEST_SECONDS = 240.0
"""Of one answer: a server that sends a little now and then is silent for none of the others."""
_PREFER = f'IdType="ImmutableId", odata.maxpagesize={PAGE_SIZE}'
"""Ordinary ids change when a message is moved. It has to be said with every request, or it does not hold."""
_REQUESTS_AT_ONCE, _REQUESTS_PER_SECOND = 1500, 13
"""10,000 in any ten minutes for an application and a mailbox, less what our own letters need."""
_LONGEST_TEXT = 100
_MOST_IDLE_PAGES = 100
"""Pages of a list, one after the other, that name nothing new: then it has no end."""
_WHOLE = frozenset({httpx2.codes.OK, httpx2.codes.NON_AUTHORITATIVE_INFORMATION})
"""Answers that hold all of what was asked for; a proxy may say that it has changed something about it."""
_NO_MESSAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[]")
"""How a page begins, and a program's answer, whatever it is called; a message begins with a header."""
_GZIP_OR_DEFLATE = 32 + zlib.MAX_WBITS
_HIGHEST_PORT = 65535


Origin = tuple[str, str, int]


class TokenSource(Protocol):
    """Protocol of a source of access tokens."""

    def token(self) -> str:
        """Give a token that is valid now.

        Raises:
            UnreachableError: there is none.
        """
        ...

    def forget(self) -> None:
        """Discard the token, which was not accepted."""
        ...


class GraphClient:
    """One mailbox at Microsoft Graph; may be used by several threads at once."""

    def __init__(
        self, what: str, *, user: str, tokens: TokenSource, endpoint: str = "", context: SSLContext | None = None
    ) -> None:
        """Say whose mailbox it is; nothing is connected yet. `what` begins every error message.

        Raises:
            ConfigurationError: the endpoint is no https URL, nor one of this machine.
        """
        self.what = what
        self._tokens = tokens
        self._base, self._origin, local = _checked(what, endpoint or ENDPOINT)
        self._user = f"{self._base}/{VERSION}/users/{quote(user, safe='@')}"
        self._context = context
        self._local = local
        self._pace = Pace(at_once=_REQUESTS_AT_ONCE, per_second=_REQUESTS_PER_SECOND)
        self._http: httpx2.Client | None = None
        self._lock = Lock()

    def url(self, *parts: str) -> str:
        """Build the URL of an item in the mailbox, each part quoted."""
        return "/".join([self._user, *(quote(part, safe="$") for part in parts)])

    def ours(self, link: str) -> bool:
        """Tell whether a received link leads to the host that may see our token."""
        try:
            return _origin(link) == self._origin and httpx2.URL(link).path.startswith(f"/{VERSION}/")
        except httpx2.InvalidURL:
            return False

    def get(self, link: str) -> dict[str, Any]:
        """Get the JSON behind a link.

        Raises:
            FaultError, UnreachableError, or one of NO_ANSWER.
        """
        if not self.ours(link):
            message = f"{self.what}: Microsoft Graph handed us a link to another host: {link[:_LONGEST_TEXT]}"
            raise UnreachableError(
                message, "It was not followed. Is something between us and Microsoft that changes its answers?"
            )
        response = self._ask("GET", link)
        try:
            answer_object = response.json()
        except (ValueError, RecursionError):
            answer_object = None
        if not isinstance(answer_object, dict):
            raise self._nonsense(response.text)
        return answer_object

    def pages(self, link: str) -> Iterator[dict[str, Any]]:
        """Get page after page, rows in `value`, each with an `id`; the last may hold a delta link.

        Raises:
            FaultError, UnreachableError, or one of NO_ANSWER.
        """
        asked: set[str] = set()
        named: set[str] = set()
        idle = 0
        while link and link not in asked:
            asked.add(link)
            page = self.get(link)
            rows = page.get("value")
            if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("id") for row in rows):
                raise self._nonsense(str(page))
            yield page
            new = {str(row["id"]) for row in rows} - named
            named |= new
            idle = 0 if new else idle + 1
            if idle > _MOST_IDLE_PAGES:
                message = f"{self.what}: Microsoft Graph's list goes on without end and names nothing new"
                raise UnreachableError(message, "It will be tried again.")
            link = str(page.get("@odata.nextLink") or "")

    def content(self, link: str) -> bytes:
        """Get a message's raw bytes, checked to be whole and not a proxy's page.

        Raises:
            FaultError, UnreachableError, or one of NO_ANSWER.
        """
        response = self._ask("GET", link, {"Accept-Encoding": "identity"}, as_sent=True)
        headers = response.headers
        if "content-length" not in headers and "chunked" not in headers.get("transfer-encoding", ""):
            message = f"{self.what}: an answer did not say where it ends, so it may have been cut short"
            raise UnreachableError(message, "Is a proxy in between that speaks HTTP/1.0?")
        raw = self._unpacked(response)
        if not raw:
            message = f"{self.what}: Microsoft Graph gave a message without its content"
            raise UnreachableError(message, "Open the message in a mail reader; move it away if it cannot be opened.")
        is_page = headers.get("content-type", "").lower().startswith("text/html")
        if is_page or response.status_code not in _WHOLE or _NO_MESSAGE.match(raw):
            raise self._nonsense(raw.decode("utf-8", "replace"))  # taken for it, the message is never asked for again
        return raw

    def _unpacked(self, response: httpx2.Response) -> bytes:
        """Unpack what a proxy has packed though it was asked not to; httpx takes what was cut short for the whole."""
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding in {"", "identity"}:
            return response.content
        unpacking = zlib.decompressobj(_GZIP_OR_DEFLATE)
        raw = b""
        if coding in {"gzip", "x-gzip", "deflate"}:
            with suppress(zlib.error):
                raw = unpacking.decompress(response.content)
        if not unpacking.eof:
            message = f"{self.what}: a message came packed ({coding[:_LONGEST_TEXT]}) and could not be unpacked whole"
            raise UnreachableError(message, "Is a proxy in between that packs what it hands on?")
        return raw

    def post(self, link: str, body: bytes, content_type: str) -> None:
        """Post a body.

        Raises:
            FaultError, UnreachableError, or one of NO_ANSWER; it may have been taken all the same.
        """
        self._ask("POST", link, {"Content-Type": content_type}, body)

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            http, self._http = self._http, None
        if http is not None:
            http.close()

    def _nonsense(self, answer_text: str) -> UnreachableError:
        message = f"{self.what}: the answer was not Microsoft Graph's: {answer_text[:_LONGEST_TEXT]!r}"
        return UnreachableError(message, "Check the endpoint. Does a proxy ask for a sign-in?")

    def _ask(
        self,
        method: str,
        link: str,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        *,
        as_sent: bool = False,
    ) -> httpx2.Response:
        """Send a request; repeat it once where the token was not accepted. `as_sent` leaves a packed body packed."""
        response = self._once(method, link, headers or {}, body, as_sent=as_sent)
        if response.status_code == httpx2.codes.UNAUTHORIZED:
            with self._lock:
                self._tokens.forget()
            response = self._once(method, link, headers or {}, body, as_sent=as_sent)
        if not response.is_success:
            raise FaultError(Fault.of(response))
        return response

    def _once(
        self, method: str, link: str, headers: dict[str, str], body: bytes | None, *, as_sent: bool
    ) -> httpx2.Response:
        self._pace.wait()
        with self._lock:
            token, http = self._tokens.token(), self._opened()
        signed = {**headers, "Authorization": f"Bearer {token}"}
        with http.stream(method, link, headers=signed, content=body) as response:
            pieces = response.iter_raw() if as_sent and response.is_success else response.iter_bytes()
            response._content = b"".join(self._in_time(pieces))  # noqa: SLF001  # as `read` does, which knows no end
        return response

    def _in_time(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        until = time.monotonic() + LONGEST_SECONDS
        for piece in pieces:
            if time.monotonic() > until:
                message = f"{self.what}: Microsoft Graph's answer went on for more than {LONGEST_SECONDS:.0f} seconds"
                raise UnreachableError(message, "It will be tried again. Is the connection very slow?")
            yield piece

    def _opened(self) -> httpx2.Client:
        if self._http is None:
            self._http = httpx2.Client(
                verify=self._context or verifying(),
                headers={"User-Agent": f"cpl-intake/{intake.__version__}", "Prefer": _PREFER},
                timeout=httpx2.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
                trust_env=not self._local,  # a proxy of the environment, but not to this machine
            )
        return self._http


def _checked(what: str, endpoint: str) -> tuple[str, Origin, bool]:
    """The endpoint without its last slash, its origin, and whether it is this machine."""
    try:
        scheme, host, port = _origin(endpoint)
        path = httpx2.URL(endpoint).raw_path.strip(b"/")
    except httpx2.InvalidURL as error:
        message = f"{what}: endpoint {endpoint!r} is no URL: {error}"
        raise ConfigurationError(message) from error
    local = is_this_machine(host)
    if not host or path or port > _HIGHEST_PORT or scheme not in ("https", "http" if local else ""):
        message = f"{what}: endpoint {endpoint!r} must be https and a host, e.g. {ENDPOINT}"
        raise ConfigurationError(message)
    return endpoint.rstrip("/"), (scheme, host, port), local


def _origin(link: str) -> Origin:
    """Scheme, host and port (RFC 6454), read as the request will read them; nothing where it names a user."""
    url = httpx2.URL(link)
    port = url.port or {"https": 443, "http": 80}.get(url.scheme, 0)
    return ("", "", 0) if url.userinfo else (url.scheme, url.host, port)
