"""The second person sends a proposed approval back to whoever proposed it, with what is to be changed."""

from __future__ import annotations

from intake.domain.desk_events import SentBack
from intake.domain.letter_difference import letter_difference
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.case import claims, drafts
from intake.pipeline.case.proposal import proposal
from intake.pipeline.services import Services
from intake.store import drafts as kept_drafts
from intake.store import events, mentions, submissions
from intake.store.submissions import Submission


def send_back(services: Services, number: int, person: str, comment: str, *, version: int, letter: str = "") -> None:
    """Send a proposed approval back: it is in review again, claimed for the proposer, who is told and has their draft.

    Args:
        services: the edges.
        number: of the submission.
        person: the second person.
        comment: what the proposer should change.
        version: of the submission, as the page showed it.
        letter: as the second person would have it; empty where they say nothing of it.

    Raises:
        DecisionRefusedError: there is no proposal of another person's, it has changed since the page was opened
            (`version`), a third person holds the claim, or nothing is said to the proposer.
        NoSuchSubmissionError: there is no such submission.
    """
    now = services.clock.now()
    with services.store.transaction() as tx:
        before = submissions.get(tx, number, to_change=True)
        proposer = _proposer(before, person, comment, version)
        claims.refuse_if_held(before, person, now)
        made = proposal(events.of_message(tx, number))
        if made is not None:
            drafts.give_back(tx, number, made)
        kept_drafts.discard(tx, number, person)
        changes = letter_difference(made.letter, letter) if made is not None and letter.strip() else ""
        claimed = {"claimed_by": proposer, "claimed_until": claims.until(services, now)}
        submissions.move(tx, before, State.IN_REVIEW, proposed_by=None, **claimed)
        theirs = {"letter": letter, "difference": changes} if changes else {}
        back = SentBack(to=proposer, reason=comment.strip(), **theirs)
        event = events.append(tx, back, at=now, message=number, actor=person)
        mentions.add(tx, event, number, [proposer])


def _proposer(before: Submission, person: str, comment: str, version: int) -> str:
    """Whom it goes back to.

    Raises:
        DecisionRefusedError: it cannot be sent back.
    """
    if before.state is not State.PROPOSED or before.proposed_by is None:
        message = f"{before.reference} is {before.state.replace('_', ' ')}; there is no proposal to send back."
    elif before.proposed_by == person:
        message = "You proposed this approval yourself; you can withdraw it."
    elif version != before.version:
        message = f"{before.reference} has changed since you opened the page; look at it again, then send it back."
    elif not comment.strip():
        message = f"Say in the reason what {before.proposed_by} should change."
    else:
        return before.proposed_by
    raise DecisionRefusedError(message)
