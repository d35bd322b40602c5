"""What SECAS would do with what was checked, and what whoever had it checked does next."""

from __future__ import annotations

from collections.abc import Sequence

from intake.render import words
from intake.render.entry_view import EntryView
from rules.finding import Outcome, Severity

_READY = "Nothing is to be put right. Send it as it is."
_NO_FORM = (
    "No New Entry form could be read, so hardly anything could be checked. Put that right, and check everything again."
)
_NO_SUBMISSION = (
    "Check what you would send to SECAS: the New Entry workbook with its certificates and the release note."
)


def verdict(outcome: Outcome, entries: Sequence[EntryView]) -> str:
    """Say what SECAS would do; of several entries that are not alike, with how many of them.

    Args:
        outcome: of the whole check.
        entries: those that its report shows.
    """
    so = sum(view.report is not None and view.report.outcome is outcome for view in entries)
    if outcome is Outcome.RETURN and 0 < so < len(entries):
        return f"SECAS would return {so} of the {len(entries)} entries."
    if outcome is Outcome.NEEDS_A_PERSON and 0 < so < len(entries):
        return f"A person at SECAS would have to look at {so} of the {len(entries)} entries."
    return words.SENTENCES[outcome]


def next_step(outcome: Outcome, entries: Sequence[EntryView]) -> str:
    """Say what is to be done, safe to print.

    Args:
        outcome: of the whole check.
        entries: those that its report shows.
    """
    if outcome is Outcome.NOT_A_SUBMISSION:
        return _NO_SUBMISSION
    if outcome is Outcome.READY:
        return _READY
    if not any(view.entry.document is not None and view.entry.readable for view in entries):
        return _NO_FORM
    wrong, asked = (sum(len(view.of(severity)) for view in entries) for severity in (Severity.RETURN, Severity.QUERY))
    for_a_person = f"{_counted(asked)} for a person to look at" if asked else ""
    if outcome is Outcome.RETURN:
        told = f"{_counted(wrong)} to put right" + (f", and {for_a_person}" if asked else "")
        return f"There {_is(wrong)} {told}. Correct what stands below, and check it again before you send it."
    told = f"there {_is(asked)} {for_a_person}" if asked else "a person will look at what could not be read"
    return f"Nothing must be put right; {told}. What you can settle beforehand saves a question."


def _counted(number: int) -> str:
    return f"{number} point{'' if number == 1 else 's'}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
