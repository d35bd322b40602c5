"""Asks limited children for views of a message's documents; whatever kills a child costs one view."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import msgspec

from intake.extract import unreadable as says
from intake.extract.reader import mime_limits
from intake.extract.views import View, Wanted
from intake.limits import ReadingLimits
from intake.sandbox import ChildDiedError, Sandbox


def views(
    box: Sandbox,
    raw: bytes,
    wanted: Sequence[Wanted],
    limits: ReadingLimits,
    files: Sequence[tuple[str, int]] | None = None,
) -> Iterator[tuple[Wanted, View]]:
    """Ask for views of a message's documents, each with `document_seconds`, all together with `message_seconds`.

    Args:
        box: where.
        raw: the message as received.
        wanted: in the order in which they come back.
        limits: what it may cost.
        files: names and sizes, where `raw` is loose files, one behind the other, and no message.

    Raises:
        UnreachableError: no child could be started.
    """
    left = list(wanted)
    over = time.monotonic() + limits.message_seconds
    while left:
        request = {
            "views": msgspec.to_builtins(left),
            "files": files,
            "seconds": limits.document_seconds,
            "limits": mime_limits(limits),
        }
        try:
            for line in box.run(request, raw):
                yield left.pop(0), msgspec.convert(line, View)
        except ChildDiedError as error:
            if left:
                yield left.pop(0), View(trouble=f"It cannot be shown. {error}", lasting=False)
        if time.monotonic() > over:
            yield from ((place, View(trouble=says.INTERNAL, lasting=False)) for place in left)
            return
