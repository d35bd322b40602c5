"""Fetches messages one at a time from a server that may refuse some and give others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from intake.errors import ThrottledError, UnreachableError
from intake.mailbox.base import Fetched, withheld

Attempt = Callable[[], Fetched | None]
"""Gives a message; None where it has vanished."""
FAILURES_IN_A_ROW = 3
"""After so many it is the server and not the messages."""
REFUSALS_IN_A_ROW = 100
"""Likewise where it answers, and says of each message that it cannot be had."""


def fetch_singly(
    name: str,
    epoch: str,
    attempts: Iterable[tuple[str, Attempt]],
    transient: tuple[type[Exception], ...],
    in_words: Callable[[Exception], UnreachableError],
    about_the_one: Callable[[Exception], bool],
) -> Iterator[Fetched]:
    """Fetch every message, one that would not come not keeping the others waiting.

    Args:
        name: the mailbox's.
        epoch: of every sighting.
        attempts: by the messages' uids.
        transient: what an attempt raises where the server is at fault.
        in_words: makes a sentence of it.
        about_the_one: whether it is the message that is at fault, by what the server answered.

    Raises:
        WithheldError: some messages would not come; all others have been given.
        UnreachableError: several in a row would not come, or the server asks for patience.
    """
    failed: dict[str, UnreachableError] = {}
    asked = in_a_row = refused_in_a_row = 0
    for asked, (uid, attempt) in enumerate(attempts, 1):  # noqa: B007  # how many there were
        try:
            fetched = attempt()
        except transient as error:
            refused = about_the_one(error)
            in_a_row, refused_in_a_row = in_a_row + (not refused), refused_in_a_row + refused
            failed[uid] = in_words(error)
            over = in_a_row == FAILURES_IN_A_ROW or refused_in_a_row == REFUSALS_IN_A_ROW
            if over or isinstance(failed[uid], ThrottledError):
                raise failed[uid] from error
            continue
        in_a_row = refused_in_a_row = 0
        if fetched is not None:
            yield fetched
    if failed:
        raise withheld(name, asked, failed, epoch)
