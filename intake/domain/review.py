"""A person's decision on a submission."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from intake.domain.submission import State


class Action(StrEnum):
    """What a person may do with a submission."""

    APPROVE = "approve"
    RETURN = "return"
    ASK = "ask"


class Written(StrEnum):
    """What a person may be writing: the letter of a decision, a reply, or why points are settled or corrected."""

    APPROVE = "approve"
    RETURN = "return"
    ASK = "ask"
    REPLY = "reply"
    POINT = "point"


class Role(StrEnum):
    """What a person may do here at all."""

    ANALYST = "analyst"
    """Claims, drafts, decides."""
    APPROVER = "approver"
    """Does what an analyst does, and confirms approvals where only approvers may."""
    AUDITOR = "auditor"
    """Sees everything, changes nothing."""
    SSC = "ssc"
    """Sees what the Security Sub-Committee looks at, decides on removals, and sees no case."""
    ADMIN = "admin"
    """Keeps people, their sessions and what has failed; decides nothing, sees no contacts and no letters."""


DECIDERS = (Role.ANALYST, Role.APPROVER)
"""Who may change a submission."""
READERS = (*DECIDERS, Role.AUDITOR)
"""Who may open a case, with its documents, notes and letters."""


@dataclass(frozen=True, slots=True)
class EntryDecision:
    """What is decided of one entry of a message that brings several."""

    entry: int
    """Counted from 0."""
    action: Action
    """To approve or to return it; a question is asked about the whole message.

    None stays undecided beside one that is decided. A message is judged once, on what came with it: the report, the
    two people's agreement, the clocks and the letter are of the whole of it. What an open entry would wait for, a
    corrected document, comes in a later message and is judged with the workbook that it belongs to, as a submission of
    its own (Guidance 3, step 5). So it is returned, in the letter that tells of the entries that are approved.
    """


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
    entries: tuple[EntryDecision, ...] = ()
    """What is decided of each entry; empty where all are decided alike."""

    def of_each(self, count: int) -> tuple[EntryDecision, ...]:
        """List what is decided of each of so many entries, in order; nothing of a single one, or where it is asked.

        Raises:
            DecisionRefusedError: an entry is decided twice or not at all, or they do not make up this decision.
        """
        if count <= 1 or self.action is Action.ASK:
            return ()
        decided = self.entries or alike(self.action, count)
        if sorted(decision.entry for decision in decided) != list(range(count)):
            message = "Say of every entry whether it is approved or returned."
            raise DecisionRefusedError(message)
        if made_of(decided) is not self.action or any(decision.action is Action.ASK for decision in decided):
            message = f"What you chose for the entries is not to {self.action.value} the submission; choose again."
            raise DecisionRefusedError(message)
        return tuple(sorted(decided, key=lambda decision: decision.entry))


def alike(action: Action, count: int) -> tuple[EntryDecision, ...]:
    """Decide so many entries alike."""
    return tuple(EntryDecision(entry, action) for entry in range(count))


def made_of(entries: Iterable[EntryDecision]) -> Action:
    """Give the decision that entries' decisions make up: a return where all return, else an approval."""
    return Action.RETURN if {decision.action for decision in entries} == {Action.RETURN} else Action.APPROVE


_CODES = {Action.APPROVE: "a", Action.RETURN: "r"}


def entry_code(entries: Iterable[EntryDecision]) -> str:
    """Write what is decided of each entry in one letter each, ``ar`` for the first approved and the second returned."""
    return "".join(_CODES[decided.action] for decided in entries)


def entries_in(code: str) -> tuple[EntryDecision, ...]:
    """Read what `entry_code` wrote."""
    actions = {letter: action for action, letter in _CODES.items()}
    return tuple(EntryDecision(number, actions[letter]) for number, letter in enumerate(code))


NUMBER_TO_COME = "[given on approval]"
"""How our drafts of an approval's letter say where the number stands that only the approval gives."""


def with_numbers(letter: str, numbers: Sequence[str]) -> str:
    """Write the numbers that an approval gave into its letter; without any they are to follow.

    Where the letter has a place for each number, each goes to its own, in order; else all go to every place.
    """
    between = letter.split(NUMBER_TO_COME)
    places = len(between) - 1
    own = list(numbers) if len(numbers) == places else [", ".join(numbers) or "will follow"] * places
    return "".join(part for pair in zip_longest(between, own, fillvalue="") for part in pair)


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


def state_after(
    action: Action, *, now: State, proposed_by: str | None, person: str, four_eyes: bool, may_confirm: bool = True
) -> State:
    """Give the state that a decision leads to.

    With four eyes an approval is first proposed by one person and then confirmed by another.

    Args:
        action: what is decided.
        now: the state of the submission.
        proposed_by: who has proposed its approval.
        person: who decides.
        four_eyes: whether an approval takes two people.
        may_confirm: whether this person's word makes an approval final.

    Raises:
        DecisionRefusedError: the person would confirm their own proposal, or may confirm none.
    """
    if action is Action.RETURN:
        return State.RETURNED
    if action is Action.ASK:
        return State.ASKED
    if four_eyes and now is not State.PROPOSED:
        return State.PROPOSED
    if not may_confirm:
        message = "Only an approver may do this."
        raise DecisionRefusedError(message)
    if not four_eyes:
        return State.APPROVED
    if proposed_by == person:
        message = "You proposed this approval, so another person must confirm it."
        raise DecisionRefusedError(message)
    return State.APPROVED
