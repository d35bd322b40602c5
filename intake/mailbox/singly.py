"""Fetches messages one at a time from a server that may refuse some and give others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from intake.errors import ThrottledError, UnreachableError
from intake.mailbox.base import Fetched, withheld

Attempt = Callable[[], Fetched | None]
"""Gives a message; None where it has vanished."""
FAILURES_IN_A_ROW = 3
"""After so many it is the server and not the messages."""


def fetch_singly(
    name: str,
    epoch: str,
    attempts: Iterable[tuple[str, Attempt]],
    transient: tuple[type[Exception], ...],
    in_words: Callable[[Exception], UnreachableError],
) -> Iterator[Fetched]:
    """Fetch every message, one that would not come not keeping the others waiting.

    Args:
        name: the mailbox's.
        epoch: of every sighting.
        attempts: by the messages' uids.
        transient: what an attempt raises where the server is at fault.
        in_words: makes a sentence of it.

    Raises:
        WithheldError: some messages would not come; all others have been given.
        UnreachableError: several in a row would not come, or the server asks for patience.
    """
    failed: dict[str, UnreachableError] = {}
    asked = in_a_row = 0
    for asked, (uid, attempt) in enumerate(attempts, 1):  # noqa: B007  # how many there were
        try:
            fetched = attempt()
        except transient as error:
            in_a_row += 1
            failed[uid] = in_words(error)
            if in_a_row == FAILURES_IN_A_ROW or isinstance(failed[uid], ThrottledError):
                raise failed[uid] from error
            continue
        in_a_row = 0
        if fetched is not None:
            yield fetched
    if failed:
        raise withheld(name, asked, failed, epoch)
