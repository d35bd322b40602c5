"""What a message becomes: its states and the moves between them."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a submission stands."""

    RECEIVED = "received"
    """Archived and recorded; waits to be read."""
    EXTRACTED = "extracted"
    """Its dossier is archived; waits to be examined."""
    IN_REVIEW = "in_review"
    """Its report is archived; waits for a person."""
    QUARANTINED = "quarantined"
    """A step failed three times; waits for a person."""
    FILED = "filed"
    """Not a submission; kept and shown, waits for nobody."""
    PROPOSED = "approval_proposed"
    """One person would approve; waits for another."""
    APPROVED = "approved"
    RETURNED = "returned"
    ASKED = "asked"
    """A question went to the submitter."""
    CLOSED = "closed"
    """A person has settled it without a decision on the list, with a reason."""


MOVES: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.EXTRACTED, State.FILED, State.QUARANTINED}),
    State.EXTRACTED: frozenset({State.IN_REVIEW, State.FILED, State.QUARANTINED}),
    State.IN_REVIEW: frozenset(
        {State.PROPOSED, State.APPROVED, State.RETURNED, State.ASKED, State.RECEIVED, State.FILED, State.CLOSED}
    ),
    State.PROPOSED: frozenset({State.APPROVED, State.RETURNED, State.ASKED, State.IN_REVIEW}),
    State.ASKED: frozenset(
        {
            State.PROPOSED,
            State.APPROVED,
            State.RETURNED,
            State.ASKED,
            State.IN_REVIEW,
            State.RECEIVED,
            State.FILED,
            State.CLOSED,
        }
    ),
    State.QUARANTINED: frozenset({State.RECEIVED, State.RETURNED, State.ASKED, State.FILED, State.CLOSED}),
    State.FILED: frozenset({State.RECEIVED}),
    State.APPROVED: frozenset(),
    State.RETURNED: frozenset({State.IN_REVIEW, State.RECEIVED}),
    State.CLOSED: frozenset({State.IN_REVIEW, State.RECEIVED}),
}
"""Every move there is; the store refuses any other."""

WORKABLE = frozenset({State.RECEIVED, State.EXTRACTED})
"""The program has something to do."""

WAITING_FOR_A_PERSON = frozenset({State.IN_REVIEW, State.QUARANTINED, State.PROPOSED})
"""A person has something to do; what was asked waits on the submitter, until an answer comes."""

DECIDABLE = frozenset({State.IN_REVIEW, State.PROPOSED, State.ASKED})

MAX_ATTEMPTS = 3
"""So many failures of one step put a submission before a person."""


def may_move(old: State, new: State) -> bool:
    """Tell whether the move is one of `MOVES`."""
    return new in MOVES[old]
