"""A person's decision on a submission."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.submission import State


class Action(StrEnum):
    """What a person may do with a submission."""

    APPROVE = "approve"
    RETURN = "return"
    ASK = "ask"


class Role(StrEnum):
    """What a person may do here at all."""

    ANALYST = "analyst"
    """Claims, drafts, decides."""
    AUDITOR = "auditor"
    """Sees everything, changes nothing."""
    ADMIN = "admin"
    """Keeps users; decides nothing."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, bound to what that person had before them."""

    action: Action
    person: str
    report_sha256: str
    """The digest of the report that was on the page."""
    letter: str
    """The letter's text as the person left it."""
    reason: str = ""
    thread: int = 0
    """The number of the newest message of the case that was on the page, the first left out; 0 where there was none."""
    version: int | None = None
    """The submission's version that was on the page, so that a form cannot be posted twice; None: not from a page."""


_PLACEHOLDER = re.compile(r"\[\s*say\s+here\b[^\]]*\]?", re.IGNORECASE)
"""How our drafts mark what only a person can write."""


def placeholder_in(letter: str) -> str | None:
    """Find a draft's placeholder that nobody has written over; None where there is none.

    Returns:
        The placeholder on one line, shortened to 60 characters.
    """
    match = _PLACEHOLDER.search(letter)
    return None if match is None else textwrap.shorten(match[0], 60, placeholder=" …]")


class DecisionRefusedError(Exception):
    """The decision cannot be taken; the message says why, for the person on the page."""


def state_after(action: Action, *, now: State, proposed_by: str | None, person: str, four_eyes: bool) -> State:
    """Give the state that a decision leads to.

    With four eyes an approval is first proposed by one person and then confirmed by another.

    Raises:
        DecisionRefusedError: the person would confirm their own proposal.
    """
    if action is Action.RETURN:
        return State.RETURNED
    if action is Action.ASK:
        return State.ASKED
    if not four_eyes:
        return State.APPROVED
    if now is not State.PROPOSED:
        return State.PROPOSED
    if proposed_by == person:
        message = "You proposed this approval, so another person must confirm it."
        raise DecisionRefusedError(message)
    return State.APPROVED
