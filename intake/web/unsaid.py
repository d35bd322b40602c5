"""The words of a refused form that its page has no more place for, as a colleague has settled what it was for."""

from __future__ import annotations

from collections.abc import Sequence

from intake.render.entry_view import EntryView
from intake.web.offers import Disposals
from intake.web.page_request import PageRequest
from intake.web.point_drafts import form_of
from intake.web.settling import Settling

_TEXTS = ("reason", "why", "value", "case")
"""What people type into the forms of a submission's page; a note's form is always there."""


def unsaid(
    page_request: PageRequest, offered: Disposals, settling: Settling, entries: Sequence[EntryView]
) -> tuple[str, ...]:
    """List what was typed into a form that was posted and is not shown again, to be copied.

    Args:
        page_request: what was posted.
        offered: what the page offers besides deciding.
        settling: the forms beside the findings.
        entries: with their points.
    """
    posted = page_request.form
    places = {
        "close": offered.close,
        "kind": bool(offered.kinds),
        "join": offered.join,
        "split": offered.split,
        "reopen": offered.reopen,
        "hand-over": offered.hand_over,
        "points": form_of(posted) in _beside_points(settling, entries),
        "corrections": form_of(posted) in _corrections(settling, entries),
    }
    if places.get(page_request.request.url.path.rpartition("/")[2], True):
        return ()
    return tuple(text for name in _TEXTS if (text := posted.get(name, "").strip()))


def _beside_points(settling: Settling, entries: Sequence[EntryView]) -> set[str]:
    """Name the forms that settle what is open."""
    if not settling.open:
        return set()
    places = ((entry.number, point.key) for entry in entries for point in entry.points if not point.settled)
    return {form_of({"entry": str(entry), "point": point, "reason": ""}) for entry, point in places}


def _corrections(settling: Settling, entries: Sequence[EntryView]) -> set[str]:
    """Name the forms that correct a value."""
    if not settling.open:
        return set()
    places = [
        (entry, point)
        for entry in entries
        for point in (None, *(point for point in entry.points if not point.settled))
        if settling.choices(entry, point)
    ]
    return {form_of({"entry": str(entry.number), "point": point.key if point else ""}) for entry, point in places}
