"""The form of a decision as a browser sends it: what the person typed, and what the page had put into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from intake.domain.review import Action, Decision, EntryDecision, Written, entry_code
from intake.store.drafts import Draft
from intake.web import entry_choices

NO_VERSION = -1
"""No submission has it, so that a form without a version decides nothing."""
_LONGEST_NUMBER = 19
_EVERYTHING = 10**18
"""Greater than the number of any event: a form that does not say what had happened has seen it all."""


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """The fields of the form."""

    action: Action
    letter: str
    reason: str = ""
    report: str = ""
    version: int = NO_VERSION
    thread: int = 0
    happened: int = _EVERYTHING
    """The number of the newest event of the case that was on the page."""
    entries: tuple[EntryDecision, ...] = ()
    """What is decided of each entry where the message brings several."""
    over: str | None = None
    """The mark of the draft that was on the page, empty where there was none; None where the form does not say."""
    drafted: str = ""
    """For which choices its letter was drafted."""

    def decision(self, person: str) -> Decision:
        """Give the decision that the form asks for."""
        return Decision(
            action=self.action,
            person=person,
            report_sha256=self.report,
            letter=self.letter,
            reason=self.reason,
            thread=self.thread,
            version=self.version,
            entries=self.entries,
        )

    def draft(self, number: int, person: str, now: datetime) -> Draft:
        """Give what was typed, to be kept."""
        written = Draft(number, person, Written(self.action), self.letter, self.reason, self.report or None, now)
        return replace(written, entries=entry_code(self.entries), drafted=self.drafted)


def action_of(name: str) -> Action | None:
    """Find the action of this name."""
    return Action(name) if name in set(Action) else None


def decision_form(action: Action, form: Mapping[str, str]) -> DecisionForm:
    """Read the form; whatever it lacks decides nothing."""
    entries = entry_choices.posted(form)
    return DecisionForm(
        action=entry_choices.of_action(action, entries),
        entries=entries,
        over=form.get("draft"),
        drafted=form.get("drafted", ""),
        letter=lines(form.get("letter", "")),
        reason=lines(form.get("reason", "")).strip(),
        report=form.get("report", ""),
        version=number_in(form.get("version", ""), otherwise=NO_VERSION),
        thread=number_in(form.get("thread", ""), otherwise=0),
        happened=number_in(form.get("happened", ""), otherwise=_EVERYTHING),
    )


def number_in(text: str, otherwise: int = NO_VERSION) -> int:
    """Read a number that our own form carries; `otherwise` where it carries none."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else otherwise
    return min(number, _EVERYTHING)


def lines(text: str) -> str:
    """Convert a text area's CRLF to line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
