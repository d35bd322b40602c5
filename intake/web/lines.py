"""A row of the queue in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.domain.search_facts import Fact
from intake.domain.submission import State
from intake.store.outbox import LetterState
from intake.store.queue import QueueRow
from intake.store.selection import WORK
from intake.store.submissions import Submission
from intake.store.summaries import Summary
from intake.web import words
from intake.web.clocks import DeadlineView, Tone, acknowledgement, age, decision
from intake.web.page_request import PageRequest
from intake.web.reasons import why
from rules.finding import Outcome

_TONES: Mapping[Tone, str] = {Tone.LATE: " cpl-late", Tone.HELD: " cpl-held", Tone.SOON: " cpl-soon"}
_MOST_TOLD = 4
"""Facts by which a search has found a row that the row tells."""
_SETTLED = ("All points settled", "govuk-tag--green")
_CLAIMABLE = frozenset({*WORK, State.ASKED})


@dataclass(frozen=True, slots=True)
class Line:
    """What one row shows; texts, to be escaped, and classes of the style sheet."""

    reference: str
    gone: str
    """That it was disposed of and when; empty where it was not."""
    kind: str
    summary: Summary
    subject: str
    sender: str
    label: str
    colour: str
    """Of the label."""
    points: str
    """How many findings of each severity."""
    why: str
    matched: str
    """By what a search has found it; empty where there was none."""
    receipt: str
    """Of the acknowledgement; empty where it is done or not owed."""
    receipt_tone: str
    age: str
    deadline: str
    deadline_tone: str
    claimed_by: str
    """Empty where nobody works on it, or the claim has run out."""
    claimable: bool


def line(page_request: PageRequest, row: QueueRow, facts: Sequence[Fact] = ()) -> Line:
    """Put a row into words for who looks at it."""
    submission, now, services = row.submission, page_request.state.now(), page_request.services
    due = services.calendar.decide_due(submission.received_at, services.config.review.decide_within_days)
    receipt, deadline = _receipt(row, page_request), decision(submission, now, due)
    settled = _all_settled(submission, row.summary)
    label, colour = _SETTLED if settled else _label(submission.state, _outcome(submission))
    holder = submission.holder(now) or ""
    return Line(
        reference=submission.reference,
        gone=gone(submission),
        kind=words.word(submission.kind, words.KINDS) + (", automatic" if submission.automatic else ""),
        summary=row.summary,
        subject=submission.subject or "(no subject)",
        sender=words.submitter(submission.sender),
        label=label,
        colour=colour,
        points=_points(row.summary) if _has_points(submission) else "",
        why=why(row, technical=not page_request.decides),
        matched=", ".join(_matched(fact) for fact in facts[:_MOST_TOLD]),
        receipt="" if receipt is None else _receipt_text(receipt),
        receipt_tone="" if receipt is None else _TONES.get(receipt.tone, " cpl-quiet"),
        age=age(submission.received_at, now),
        deadline=f"{deadline.text} {deadline.detail}".rstrip(),
        deadline_tone=_TONES.get(deadline.tone, ""),
        claimed_by="You" if holder and holder == page_request.person else holder,
        claimable=page_request.decides and submission.state in _CLAIMABLE and holder != page_request.person,
    )


def gone(submission: Submission) -> str:
    """Say ``Disposed of on 30/11/2026``; empty where what it said is still there."""
    return f"Disposed of on {submission.disposed_on}" if submission.disposed_on else ""


def _receipt(row: QueueRow, page_request: PageRequest) -> DeadlineView | None:
    if row.letter_state is LetterState.SENT:  # as nearly always
        return None
    view = acknowledgement(row.submission, row.letter_state, row.acknowledged_at, page_request.state.now())
    return view if view.is_open and row.submission.disposed_at is None else None


def _receipt_text(receipt: DeadlineView) -> str:
    return f"Receipt {receipt.detail if receipt.text == 'Due' else f'{receipt.text.lower()}, {receipt.detail}'}"


def _has_points(submission: Submission) -> bool:
    """Whether its findings still say something: of what is approved, some entries may have been returned for theirs."""
    return submission.disposed_at is None and submission.state is not State.APPROVED


def _outcome(submission: Submission) -> str | None:
    """What the checks made of it, while that is what matters."""
    return submission.outcome if submission.state is State.IN_REVIEW else None


def _all_settled(submission: Submission, summary: Summary) -> bool:
    """Whether the checks found something, and people have settled all of it."""
    faulty = _outcome(submission) in {Outcome.RETURN, Outcome.NEEDS_A_PERSON}
    return faulty and summary.judged and not (summary.returns or summary.queries)


@lru_cache(maxsize=100)  # there are as many pairs
def _label(state: State, outcome: str | None) -> tuple[str, str]:
    value, table = (state.value, words.STATES) if outcome is None else (outcome, words.OUTCOMES)
    return words.word(value, table), words.colour(value, table)


def _points(summary: Summary) -> str:
    if not summary.judged:
        return "not judged"
    returns = f"{summary.returns} to put right" if summary.returns else ""
    queries = f"{summary.queries} for a person" if summary.queries else ""
    notes = words.plural(summary.notes, "note") if summary.notes and not (returns and queries) else ""
    return ", ".join(filter(None, (returns, queries, notes))) or "no findings"


def _matched(fact: Fact) -> str:
    return f"{words.word(fact.kind, words.FACTS).lower()} “{fact.value.lstrip('#/')}”"
