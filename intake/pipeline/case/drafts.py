"""Keeps what a person has typed and not yet sent, for that person and that decision alone."""

from __future__ import annotations

from dataclasses import replace

from intake.domain.desk_events import Replied
from intake.domain.review import Written, entry_code
from intake.pipeline.case.proposal import DECISIONS, Proposal
from intake.pipeline.services import Services
from intake.store import drafts, events, submissions
from intake.store.drafts import Draft
from intake.store.engine import Transaction


def keep(services: Services, draft: Draft, *, happened: int) -> bool:
    """Keep the draft in the place of this person's earlier one.

    Args:
        services: the edges.
        draft: what was typed.
        happened: the number of the newest event of the case that was on the page.

    Returns:
        False where this person has decided the case since: the form was posted twice, or a browser's last word came
        late, and what it holds has been sent.

    Raises:
        NoSuchSubmissionError: there is no such submission.
    """
    with services.store.transaction() as tx:
        submissions.get(tx, draft.message, to_change=True)
        if events.did_since(tx, draft.message, draft.person, DECISIONS | {Replied.name}, happened):
            return False
        drafts.save(tx, draft)
        return True


def give_back(tx: Transaction, number: int, made: Proposal) -> None:
    """Let the words of a proposal that does not stand any more be a draft of whoever wrote them."""
    if drafts.find(tx, number, made.person, Written.APPROVE) is None:
        words = Draft(number, made.person, Written.APPROVE, made.letter, made.reason, made.report_sha256, made.at)
        words = replace(words, entries=entry_code(made.entries), drafted=entry_code(made.entries))
        drafts.save(tx, words)
