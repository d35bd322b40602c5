"""Describes events in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.domain.desk_events import Assigned, NoteWritten
from intake.domain.events import (
    EVENTS,
    ApprovalProposed,
    Approved,
    Asked,
    Claimed,
    ReaderStumbled,
    Returned,
    StepFailed,
)
from intake.store.events import Event
from intake.store.schema import PROGRAM
from intake.web import words

_CLAIMS = frozenset({Claimed.name, Assigned.name})
_FAULTS = {StepFailed.name: "error", ReaderStumbled.name: "what"}
"""Events that tell of a fault of ours, and the detail that says which."""
_DECISIONS = frozenset({ApprovalProposed.name, Approved.name, Returned.name, Asked.name})
"""Events whose reason is internal."""
_STEPS = {"extract": "reading", "examine": "judging"}
"""What the program calls its steps, as people do."""
_MOST_NAMED = 12
"""Entries of the list that a sentence names."""
_SHOWN_APART = frozenset({"letter", "reason", "difference", "text", "form", "entries"})


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """An event described for the timeline."""

    at: datetime
    actor: str
    text: str
    handed: str
    """From whom it was taken over, as ``, from Anna``; empty where from nobody."""
    reason: str
    """What the person who acted gave as the reason, or wrote; empty otherwise."""
    changes: str
    """What the person changed in the letter that another proposed, as `letter_difference` tells it; empty otherwise."""


def timeline_item(event: Event, *, notes: bool = True, reasons: bool = True, technical: bool = True) -> TimelineItem:
    """Describe an event in a sentence; an unknown one by its name and details.

    Args:
        event: as recorded.
        notes: whether the person who looks may read notes.
        reasons: whether that person may read why people decided.
        technical: whether a fault of ours is told as the program met it; else that it was one.
    """
    detail = {**event.detail}
    if event.name in _FAULTS:
        told = _FAULTS[event.name]
        detail[told] = words.cause(str(detail.get(told) or ""), technical=technical)
    if "step" in detail:
        detail["step"] = _STEPS.get(str(detail["step"]), detail["step"])
    if "outcome" in detail:
        detail["outcome"] = words.within(words.word(str(detail["outcome"]), words.OUTCOMES))
    if "kind" in detail:
        detail["kind"] = words.within(words.word(str(detail["kind"]), words.LETTERS))
    by_a_person = event.actor != PROGRAM
    return TimelineItem(
        at=event.at,
        actor=event.actor if by_a_person else "",
        text=f"{_text(event.name, detail)}{_entries(event.name, detail.get('entries'))}",
        handed=_handed(event),
        reason=_reason(event, notes=notes, reasons=reasons) if by_a_person else "",
        changes=str(detail.get("difference") or "") if by_a_person else "",
    )


def _reason(event: Event, *, notes: bool, reasons: bool) -> str:
    if event.name == NoteWritten.name:
        return str(event.detail.get("text") or "") if notes else ""
    if event.name in _DECISIONS and not reasons:
        return ""
    return str(event.detail.get("reason") or "")


def _handed(event: Event) -> str:
    before = event.detail.get("before")
    from_another = event.name in _CLAIMS and before is not None and before != event.actor
    return f", from {before}" if from_another else ""


def _entries(name: str, told: object) -> str:
    """Say what was decided of each entry, where they were not all decided alike; of the list, which entries it is."""
    actions = [str(action) for action in told] if isinstance(told, list | tuple) else []
    if name not in _DECISIONS:
        further = f" and {len(actions) - _MOST_NAMED} more" if len(actions) > _MOST_NAMED else ""
        return f": {', '.join(actions[:_MOST_NAMED])}{further}" if actions else ""
    if len(set(actions)) <= 1:
        return ""
    done = {"approve": "approved", "return": "returned"}
    return ": " + ", ".join(f"entry {number} {done.get(action, action)}" for number, action in enumerate(actions, 1))


def _text(name: str, detail: Mapping[str, object]) -> str:
    if name in EVENTS:
        try:
            return EVENTS[name].sentence.format_map(detail)
        except (KeyError, ValueError, TypeError):
            pass  # an older release wrote other details
    rest = ", ".join(f"{key} {value}" for key, value in detail.items() if key not in _SHOWN_APART and value is not None)
    name = name.replace("_", " ").capitalize()
    return f"{name} ({rest})" if rest else name
