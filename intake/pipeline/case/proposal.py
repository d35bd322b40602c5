"""What a case's events tell of its proposed approval and of who gave it back: the second person, the administrator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.domain.desk_events import HandedBack, HandedOver, ProposalSuspendedBySplit, SentBack
from intake.domain.events import ApprovalProposed, Approved, Asked, ProposalSuspended, ProposalWithdrawn, Returned
from intake.domain.review import Action, EntryDecision
from intake.store.events import Event

_SUSPENDS = {ProposalSuspended.name: "by", ProposalSuspendedBySplit.name: "member"}
"""By the event that suspends a proposal: the detail that names the message."""
DECISIONS = frozenset({ApprovalProposed.name, Approved.name, Returned.name, Asked.name})


@dataclass(frozen=True, slots=True)
class Proposal:
    """An approval that one person has proposed."""

    person: str
    at: datetime
    letter: str
    reason: str
    report_sha256: str
    entries: tuple[EntryDecision, ...] = ()
    """What it would do with each of several entries; empty where there are not several."""


@dataclass(frozen=True, slots=True)
class Comment:
    """Why a proposal was sent back to whoever made it, or a case handed back to whoever had handed it over."""

    person: str
    to: str
    at: datetime
    text: str
    letter: str = ""
    """As whoever sent it back would have it; empty where they left it as it was proposed."""
    changes: str = ""
    """What that changes, as `letter_difference` tells it."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """What came between a proposal of approval and its confirmation."""

    person: str
    """Whose proposal it was; empty where that is not known."""
    member: str
    """The reference of the message that came in, or was taken out."""
    came_in: bool
    at: datetime


def suspension(history: Sequence[Event]) -> Suspension | None:
    """Find what suspended the newest proposal; None where something has been decided since, or nothing did."""
    told = DECISIONS | {SentBack.name, ProposalWithdrawn.name, *_SUSPENDS}
    event = next((event for event in reversed(history) if event.name in told), None)
    if event is None or event.name not in _SUSPENDS:
        return None
    member = str(event.detail[_SUSPENDS[event.name]])
    came_in = event.name == ProposalSuspended.name
    return Suspension(str(event.detail.get("proposed_by") or ""), member, came_in, event.at)


def proposal(history: Sequence[Event]) -> Proposal | None:
    """Find the newest proposal of approval; whether it still stands, the submission's state says."""
    event = next((event for event in reversed(history) if event.name == ApprovalProposed.name), None)
    if event is None:
        return None
    letter, reason, report = (str(event.detail.get(name) or "") for name in ("letter", "reason", "report_sha256"))
    return Proposal(event.actor, event.at, letter, reason, report, _entries(event.detail.get("entries")))


def _entries(told: object) -> tuple[EntryDecision, ...]:
    actions = told if isinstance(told, list | tuple) else ()
    return tuple(EntryDecision(number, Action(str(action))) for number, action in enumerate(actions))


def handed_back(history: Sequence[Event]) -> Comment | None:
    """Find what the administrator said in handing a case back; None where it was handed over again since."""
    told = (event for event in reversed(history) if event.name in {HandedOver.name, HandedBack.name})
    event = next(told, None)
    if event is None or event.name != HandedBack.name:
        return None
    return _comment(event)


def sent_back(history: Sequence[Event]) -> Comment | None:
    """Find the comment with which a proposal came back; None where something has been decided or withdrawn since."""
    told = (event for event in reversed(history) if event.name in DECISIONS | {SentBack.name, ProposalWithdrawn.name})
    event = next(told, None)
    return None if event is None or event.name != SentBack.name else _comment(event)


def sent_back_before(history: Sequence[Event]) -> tuple[Comment, ...]:
    """List the comments with which its proposals came back, oldest first: whoever confirms is to know of them."""
    return tuple(_comment(event) for event in history if event.name == SentBack.name)


def _comment(event: Event) -> Comment:
    to, reason, letter, changes = (
        str(event.detail.get(name) or "") for name in ("to", "reason", "letter", "difference")
    )
    return Comment(event.actor, to, event.at, reason, letter, changes)
