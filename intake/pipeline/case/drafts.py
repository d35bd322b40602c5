"""Keeps what a person has typed and not yet sent, for that person and that decision alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from intake.domain.desk_events import Replied, RepliedAfterwards
from intake.domain.review import DecisionRefusedError, Written, entry_code
from intake.pipeline.case.proposal import DECISIONS, Proposal
from intake.pipeline.services import Services
from intake.render.moments import london_short
from intake.store import drafts, events, submissions
from intake.store.drafts import Draft
from intake.store.engine import Transaction

_SENT = frozenset({*DECISIONS, Replied.name, RepliedAfterwards.name})
"""Events with which a draft has been sent."""


class OtherDraftError(DecisionRefusedError):
    """The person has saved another draft elsewhere, which would be lost."""


def keep(services: Services, draft: Draft, *, happened: int, over: str | None = None) -> bool:
    """Keep the draft in the place of this person's earlier one.

    Args:
        services: the edges.
        draft: what was typed.
        happened: the number of the newest event of the case that was on the page.
        over: the mark of the draft that was on the page, empty where there was none; None: whatever there is gives way.

    Returns:
        False where this person has decided the case since: the form was posted twice, or a browser's last word came
        late, and what it holds has been sent.

    Raises:
        NoSuchSubmissionError: there is no such submission.
        OtherDraftError: another window of theirs has saved other words since.
    """
    with services.store.transaction() as tx:
        submissions.get(tx, draft.message, to_change=True)
        if events.did_since(tx, draft.message, draft.person, _SENT, happened):
            return False
        there = drafts.find(tx, draft.message, draft.person, draft.action)
        if there is not None and over not in {None, there.mark} and _typed(there) != _typed(draft):
            message = (
                f"In another window you have saved other words of this, {london_short(there.saved_at)}. These are not "
                "saved. Press the button again to keep these in their place."
            )
            raise OtherDraftError(message)
        drafts.save(tx, draft)
        return True


def rewrite(services: Services, number: int, person: str, action: Written, words: Callable[[str], str]) -> Draft:
    """Put other words in the place of a draft's; no words end it.

    Args:
        services: the edges.
        number: of the submission.
        person: whose it is.
        action: what it is of.
        words: gives the new words, of the earlier ones.

    Raises:
        NoSuchSubmissionError: there is no such submission.
    """
    with services.store.transaction() as tx:
        submission = submissions.get(tx, number, to_change=True)
        before = drafts.find(tx, number, person, action)
        letter = words(before.letter if before is not None else "")
        draft = Draft(number, person, action, letter, "", submission.report_sha256, services.clock.now())
        if letter:
            drafts.save(tx, draft)
        elif before is not None:
            drafts.drop(tx, number, person, action)
        return draft


def _typed(draft: Draft) -> tuple[str, ...]:
    return draft.letter, draft.reason, draft.entries


def give_back(tx: Transaction, number: int, made: Proposal) -> None:
    """Let the words of a proposal that does not stand any more be a draft of whoever wrote them."""
    if drafts.find(tx, number, made.person, Written.APPROVE) is None:
        words = Draft(number, made.person, Written.APPROVE, made.letter, made.reason, made.report_sha256, made.at)
        words = replace(words, entries=entry_code(made.entries), drafted=entry_code(made.entries))
        drafts.save(tx, words)
