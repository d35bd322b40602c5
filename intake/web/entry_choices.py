"""What is decided of each entry where a message brings several, as a form carries it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.domain.review import Action, EntryDecision, made_of
from intake.render.entry_view import EntryView

_NAME = re.compile(r"entry-([0-9]{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class EntryChoice:
    """One entry and what was chosen for it."""

    view: EntryView
    action: Action


def posted(form: Mapping[str, str]) -> tuple[EntryDecision, ...]:
    """Read the choices of a form; what is neither to approve nor to return is left out, and will be missed."""
    chosen = (
        EntryDecision(int(match[1]), Action(value))
        for name, value in form.items()
        if (match := _NAME.fullmatch(name)) and value in {Action.APPROVE.value, Action.RETURN.value}
    )
    return tuple(sorted(chosen, key=lambda decided: decided.entry))


def of_action(action: Action, chosen: Sequence[EntryDecision]) -> Action:
    """Give what a form decides: what the choices make up; a question is about the whole message."""
    return made_of(chosen) if chosen and action is not Action.ASK else action


def offered(views: Sequence[EntryView], chosen: Sequence[EntryDecision]) -> tuple[EntryChoice, ...]:
    """Put the choices beside their entries."""
    actions = {decided.entry: decided.action for decided in chosen}
    return tuple(EntryChoice(view, actions[view.number]) for view in views if view.number in actions)
