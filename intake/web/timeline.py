"""Describes events in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.domain.events import EVENTS, ReaderStumbled, StepFailed
from intake.store.events import PROGRAM, Event
from intake.web import words

_FAULTS = {StepFailed.name: "error", ReaderStumbled.name: "what"}
"""Events that tell of a fault of ours, and the detail that says which."""
_SHOWN_APART = frozenset({"letter", "reason"})


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """An event described for the timeline."""

    at: datetime
    actor: str
    text: str
    reason: str
    """What the person who acted gave as the reason; empty otherwise."""


def timeline_item(event: Event, *, technical: bool = True) -> TimelineItem:
    """Describe an event in a sentence; an unknown one by its name and details.

    With `technical` a fault of ours is told as the program met it; else that it was one.
    """
    detail = {**event.detail}
    if event.name in _FAULTS:
        told = _FAULTS[event.name]
        detail[told] = words.cause(str(detail.get(told) or ""), technical=technical)
    if "outcome" in detail:
        detail["outcome"] = words.word(str(detail["outcome"]), words.OUTCOMES).lower()
    if "kind" in detail:
        detail["kind"] = words.word(str(detail["kind"]), words.LETTERS).lower()
    by_a_person = event.actor != PROGRAM
    return TimelineItem(
        at=event.at,
        actor=event.actor if by_a_person else "",
        text=_text(event.name, detail),
        reason=str(detail.get("reason") or "") if by_a_person else "",
    )


def _text(name: str, detail: Mapping[str, object]) -> str:
    if name in EVENTS:
        try:
            return EVENTS[name].sentence.format_map(detail)
        except (KeyError, ValueError, TypeError):
            pass  # an older release wrote other details
    rest = ", ".join(f"{key} {value}" for key, value in detail.items() if key not in _SHOWN_APART and value is not None)
    name = name.replace("_", " ").capitalize()
    return f"{name} ({rest})" if rest else name
