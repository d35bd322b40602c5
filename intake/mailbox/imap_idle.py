"""IDLE (RFC 2177): the server says when something has arrived; a hint, never the way in which mail is found."""

from __future__ import annotations

import time
from threading import Event
from typing import Any

LONGEST_SECONDS = 9 * 60
"""Servers may hang up after half an hour, and address translators forget a silent connection far sooner."""
_SLICE_SECONDS = 1.0
"""How soon a stop is heard."""
_DONE_SECONDS = 10
"""How long a server may take to end IDLE; one that is frozen never does."""
_TOO_SOON = 0.5


def idle(client: Any, seconds: float, stopping: Event) -> bool:  # noqa: ANN401  # imapclient has no types
    """Wait by IDLE for at most `seconds`, until mail arrives or `stopping` is set; tell whether mail arrived.

    Raises:
        OSError: the connection is gone; or another of `NO_ANSWER`, and it is of no more use.
    """
    until = time.monotonic() + min(seconds, LONGEST_SECONDS)
    client.idle()
    news = False
    while not (news or stopping.is_set() or time.monotonic() >= until):
        news = _said_something(client, max(0.0, min(_SLICE_SECONDS, until - time.monotonic())))
    client.socket().settimeout(_DONE_SECONDS)
    _, last_words = client.idle_done()
    client._set_read_timeout()  # noqa: SLF001  # imapclient has no other way back
    return news or _is_news(last_words)


def _said_something(client: Any, seconds: float) -> bool:  # noqa: ANN401  # imapclient has no types
    started = time.monotonic()
    responses = client.idle_check(timeout=seconds)
    if not responses and time.monotonic() - started < seconds * _TOO_SOON:
        message = "the server hung up"  # imapclient gives nothing, at once, for the end of the connection
        raise ConnectionResetError(message)
    if any(word[0] == b"BYE" for word in responses):
        message = f"the server ends the connection: {responses}"
        raise ConnectionResetError(message)
    return _is_news(responses)


def _is_news(responses: Any) -> bool:  # noqa: ANN401  # a list of tuples, each of another shape
    return any(len(word) > 1 and word[1] == b"EXISTS" for word in responses)
