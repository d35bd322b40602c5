"""What a person may do with a submission, as its page offers it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.submission import DECIDABLE, State
from intake.pipeline.reading import again
from intake.store.submissions import Submission
from intake.web.page_request import PageRequest
from rules.facts import Dossier
from rules.finding import Outcome


@dataclass(frozen=True, slots=True)
class Moves:
    """Actions open to this person on this submission."""

    claim: bool = False
    release: bool = False
    approve: str = ""
    """What the button says; empty where there is none."""
    propose_at_once: bool = False
    """Propose it from its own page, with the drafted letter: no letter leaves before another person has read it."""
    answer: bool = False
    """Return it, or ask."""
    retry: bool = False
    judge_again: bool = False
    """Its signatures may be settled by now."""
    own_proposal: bool = False

    @property
    def anything(self) -> bool:
        """Tell whether any action is open."""
        return bool(self.claim or self.release or self.approve or self.answer or self.retry or self.judge_again)


def moves(
    page_request: PageRequest, submission: Submission, dossier: Dossier | None = None, *, worded: bool = False
) -> Moves:
    """List the actions open to this person; the pipeline checks them again.

    Args:
        page_request: who asks.
        submission: what may be acted on.
        dossier: what was read of it, where that is known.
        worded: whether people have words for its letter of approval already, which a drafted letter would pass over.
    """
    if not page_request.decides:
        return Moves()
    holder = submission.holder(page_request.state.now())
    undecided = submission.state in DECIDABLE or submission.state is State.QUARANTINED
    four_eyes = page_request.services.config.review.four_eyes
    approve = "Propose approval" if four_eyes else "Approve"
    own = submission.state is State.PROPOSED and submission.proposed_by == page_request.person and four_eyes
    if submission.state is State.PROPOSED:
        approve = "" if own else "Confirm approval"
    final = submission.state is State.PROPOSED or not four_eyes
    if final and page_request.services.config.review.confirmed_by == "approver" and not page_request.confirms:
        approve = ""
    if submission.state not in DECIDABLE or submission.entries == 0:
        approve = ""
    return Moves(
        claim=undecided and holder != page_request.person,
        release=undecided and holder == page_request.person,
        approve=approve,
        propose_at_once=bool(approve)
        and four_eyes
        and submission.state is State.IN_REVIEW
        and submission.outcome == Outcome.READY
        and not worded
        and submission.claimed_by in {None, page_request.person},
        answer=undecided,
        retry=submission.state in {State.QUARANTINED, State.FILED},
        judge_again=submission.state is State.IN_REVIEW
        and dossier is not None
        and again.awaits_revocation_data(dossier),
        own_proposal=own,
    )
