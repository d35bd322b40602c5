"""Describes events in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake.domain.events import EVENTS
from intake.store.events import PROGRAM, Event
from intake.web import words

_SHOWN_APART = frozenset({"letter", "reason", "entries"})


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """An event described for the timeline."""

    at: datetime
    actor: str
    text: str
    reason: str
    """What the person who acted gave as the reason; empty otherwise."""


def timeline_item(event: Event) -> TimelineItem:
    """Describe an event in a sentence; an unknown one by its name and details."""
    detail = {**event.detail}
    if "outcome" in detail:
        detail["outcome"] = words.word(str(detail["outcome"]), words.OUTCOMES).lower()
    if "kind" in detail:
        detail["kind"] = words.word(str(detail["kind"]), words.LETTERS).lower()
    by_a_person = event.actor != PROGRAM
    return TimelineItem(
        at=event.at,
        actor=event.actor if by_a_person else "",
        text=f"{_text(event.name, detail)}{_entries(detail.get('entries'))}",
        reason=str(detail.get("reason") or "") if by_a_person else "",
    )


def _entries(decided: object) -> str:
    """Say what was decided of each entry, where they were not all decided alike."""
    actions = [str(action) for action in decided] if isinstance(decided, list | tuple) else []
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
