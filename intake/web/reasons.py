"""Why a submission is in a list, in a sentence."""

from __future__ import annotations

from intake.domain.reference import reference
from intake.domain.submission import State
from intake.store.outbox import LetterState
from intake.store.queue import QueueRow, StuckLetter
from intake.store.submissions import Submission
from intake.store.summaries import Summary
from intake.web import words


def why(row: QueueRow, *, technical: bool = False) -> str:
    """Explain the submission's state in a sentence; with `technical` a fault of ours as the program met it."""
    letter = _why_stuck(row.stuck) if row.stuck is not None else ""
    news = f"{words.plural(row.news, 'new message')}." if row.news else ""
    if row.submission.disposed_at is not None and row.submission.decided_by is None:
        return ""  # what it was kept for is gone
    return " ".join(filter(None, (news, letter, _why_here(row.submission, row.summary, technical=technical))))


def _why_stuck(stuck: StuckLetter) -> str:
    """Describe the stuck letter."""
    kind = words.within(words.word(stuck.kind, words.LETTERS))
    became = {
        LetterState.HELD: f"is held: {stuck.why}",
        LetterState.REFUSED: f"was refused by the mail server: {stuck.why}",
        LetterState.BOUNCED: f"came back undelivered: {stuck.why}",
    }
    return (
        f"Its {kind} letter {became[stuck.state]}."
        if kind != "acknowledgement"
        else f"Its {kind} {became[stuck.state]}."
    )


def _why_here(submission: Submission, summary: Summary, *, technical: bool) -> str:
    attempts, error = submission.attempts, words.cause(submission.last_error, technical=technical)
    with_whom = "The administrator has it. " if submission.handed_over_at else ""
    first, last = submission.proposed_by, submission.decided_by
    second = f", proposed by {first}" if first and first != last else ""
    reasons = {
        State.RECEIVED: f"Tried {attempts} times: {error}" if attempts else "In work.",
        State.EXTRACTED: f"Tried {attempts} times: {error}" if attempts else "In work.",
        State.QUARANTINED: f"{with_whom}A step failed three times: {error}",
        State.FILED: _why_filed(submission),
        State.IN_REVIEW: _why_in_review(submission, summary),
        State.PROPOSED: f"{first} would approve it; another person must confirm.",
        State.ASKED: f"{last} has asked the submitter a question.",
        State.APPROVED: f"Approved by {last}{second}.",
        State.RETURNED: f"Returned by {last}.",
        State.CLOSED: f"Closed by {last}.",
    }
    return reasons[submission.state]


def _why_filed(submission: Submission) -> str:
    if submission.thread is not None:
        return f"It answers {reference(submission.thread)} and is looked at there."
    return f"Kept only: {submission.automatic or 'not about the list'}."


def _why_in_review(submission: Submission, summary: Summary) -> str:
    if submission.kind == "unclear":
        return "The subject does not say what it is."
    if summary.first:
        return summary.first
    return "Every check has passed; a person decides."
