"""Several entries of one submission at a glance: what the checks made of each, and what people decided."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.events import Approved, Returned
from intake.domain.review import Action
from intake.domain.submission import DECIDABLE, State
from intake.pipeline.review.decide import MOST_ENTRIES
from intake.render.entry_view import EntryView
from intake.store.events import Event
from intake.store.submissions import Submission

_DECISIONS = {Approved.name, Returned.name}


def ready_beside_others(submission: Submission, views: Sequence[EntryView]) -> int:
    """Count the entries that may be approved as they are, where others may not be; 0 where all are alike.

    Each is then approved or returned by itself, in one letter.
    """
    if submission.state not in DECIDABLE or len(views) > MOST_ENTRIES:
        return 0
    ready = sum(not view.needs_reason for view in views)
    return ready if ready < len(views) else 0


def decided(submission: Submission, history: Sequence[Event]) -> tuple[Action, ...]:
    """Give what was decided of each of several entries, in order; nothing where nothing is decided, or of one alone."""
    if submission.state not in {State.APPROVED, State.RETURNED}:
        return ()
    made = next((event for event in reversed(history) if event.name in _DECISIONS), None)
    actions = made.detail.get("entries") if made is not None else None
    return tuple(Action(str(action)) for action in actions) if isinstance(actions, list) else ()
