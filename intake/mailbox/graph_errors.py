"""What goes wrong between us and Microsoft Graph, and what a person can do about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from intake.errors import ThrottledError, UnreachableError
from intake.mailbox.connection import endpoint_hint, why_no_connection

NO_ANSWER = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError)
"""All that httpx raises when a server dies, stalls or talks nonsense."""
THROTTLED = 429
_BUSY = frozenset({429, 503, 504})
_SHUT = frozenset({401, 403, 404})
_LONGEST_ASKED = 3600.0
_RESYNC = frozenset({"syncstatenotfound", "syncstateinvalid", "resyncrequired"})
_GONE = frozenset({"erroritemnotfound", "errormessagenotfound"})
_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """What Graph answered instead of what was asked for."""

    status: int
    code: str
    """Graph's word for it, e.g. `ErrorItemNotFound`; empty where the answer was no word of Graph's."""
    text: str
    request_id: str
    """What Microsoft's support asks for first."""
    retry_after: float | None
    """Seconds."""

    @classmethod
    def of(cls, response: httpx2.Response) -> Fault:
        """Read an answer whose body is there."""
        code = text = ""
        try:
            error = json.loads(response.content)["error"]
            code, text = str(error["code"]), str(error["message"])
        except (ValueError, LookupError, TypeError, RecursionError):
            text = response.reason_phrase  # a proxy's page, or none
        headers = response.headers
        return cls(
            response.status_code,
            code,
            " ".join(text.split())[:_LONGEST_TEXT],
            headers.get("request-id", ""),
            _seconds(headers.get("retry-after", "")),
        )

    @property
    def lost_its_place(self) -> bool:
        """The delta link has ended; everything has to be listed anew."""
        return self.status == httpx2.codes.GONE or self.code.lower() in _RESYNC

    @property
    def vanished(self) -> bool:
        """The one message asked for is not there; a mailbox or folder that is not there is another matter."""
        return self.status == httpx2.codes.NOT_FOUND and self.code.lower() in _GONE

    @property
    def about_the_one(self) -> bool:
        """Graph itself answered, and said of what was asked for that it cannot be had: not that it is busy or shut."""
        return bool(self.code) and self.status not in _BUSY and self.status not in _SHUT

    @property
    def in_words(self) -> str:
        """Describe the fault for a person."""
        reference = f" (request-id {self.request_id})" if self.request_id else ""
        return " ".join(filter(None, [str(self.status), self.code, self.text])) + reference


class FaultError(Exception):
    """Graph answered something else; caught within this package."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault."""
        super().__init__(fault.in_words)
        self.fault = fault


def about_the_one(error: Exception) -> bool:
    """Tell whether an error is about the message that was asked for, and the server lives."""
    return isinstance(error, FaultError) and error.fault.about_the_one


def unreachable(what: str, error: Exception) -> UnreachableError:
    """Convert a failure to an error with a sentence and a hint; `what` is `mailbox <name>` or `outgoing`."""
    if isinstance(error, UnreachableError):
        return error
    if isinstance(error, FaultError):
        return _answered(what, error.fault)
    cause = why_no_connection(error)
    message = f"{what}: Microsoft Graph{_place(error)} did not answer: {cause or str(error) or type(error).__name__}"
    return UnreachableError(message, endpoint_hint(cause, "the endpoint"))


def _answered(what: str, fault: Fault) -> UnreachableError:
    message = f"{what}: Microsoft Graph answered {fault.in_words}"
    if fault.status in _BUSY and fault.retry_after is not None:
        hint = "Microsoft limits how much is asked of a mailbox; it goes on by itself."
        return ThrottledError(message, hint, seconds=fault.retry_after)
    return UnreachableError(message, _HINTS.get(fault.status, _OTHERWISE))


_OTHERWISE = "It will be tried again. If it stays so, Microsoft's support can tell more by the request-id."
_HINTS = {
    401: "Check oauth.tenant, oauth.client_id and the endpoint: they must belong to the same cloud.",
    403: "Has the application been given the role Mail.Read (to read) or Mail.Send (to send) over this mailbox? "
    "See 'Microsoft 365' in the runbook.",
    404: "Check user and folder: the mailbox or the folder is not there, or the application may not see it.",
    429: "Microsoft limits how much is asked of a mailbox; it goes on by itself.",
}


def _place(error: Exception) -> str:
    """Give the requested URL, if the library knows it."""
    try:
        return f" at {error.request.url.host}" if isinstance(error, httpx2.HTTPError) else ""
    except RuntimeError:  # there was no request yet
        return ""


def _seconds(retry_after: str) -> float | None:
    """Parse Retry-After (RFC 9110, 10.2.3): seconds or a date; None where it is neither."""
    try:
        seconds = float(retry_after) if retry_after[:1].isdigit() else _until(retry_after)
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), _LONGEST_ASKED)


def _until(date: str) -> float:
    moment = parsedate_to_datetime(date)
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
