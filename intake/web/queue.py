"""The queue: what waits, for whom, why, and how long it may."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from intake.domain.reference import reference
from intake.domain.submission import State
from intake.store import arrivals, outbox, queue
from intake.store.outbox import LetterState
from intake.store.queue import QueueRow, StuckLetter
from intake.store.submissions import Submission
from intake.web import news, views, words
from intake.web.clocks import DeadlineView, acknowledgement, publication
from intake.web.evidence_summary import EvidenceSummary
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem
from intake.web.views import View


@dataclass(frozen=True, slots=True)
class Tab:
    """A view with its count."""

    view: View
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the queue."""

    submission: Submission
    summary: EvidenceSummary
    why: str
    acknowledgement: DeadlineView
    publication: DeadlineView


def show(page_request: PageRequest) -> Response:
    """Show one page of one view."""
    view = views.find(page_request.request.path_params.get("view", ""))
    if view is None:
        return problem(page_request, 404, "No such view", "The queue has no view of this name.")
    search, number = page_request.query("q"), _page_number(page_request.query("page"))
    with page_request.services.store.reading() as tx:
        newest = arrivals.newest(tx)  # in the transaction that reads the list: nothing falls between the two
        tabs = [Tab(each, queue.count(tx, each.where(page_request.person)), each is view) for each in views.VIEWS]
        where = views.narrowed(view, page_request.person, search)
        total = queue.count(tx, where)
        pages = max(-(-total // views.PAGE), 1)
        number = min(number, pages)
        rows = views.page_of(tx, view, where, number=number, total=total)
        held_groups = outbox.held_groups(tx) if view is views.VIEWS[0] and not search else ()
    lines = [_line(page_request, row) for row in rows]
    around = {name: _link(view, search, at) for name, at in (("previous", number - 1), ("next", number + 1))}
    return page(
        page_request,
        "queue.html",
        newest=newest,
        news_seconds=news.EVERY_SECONDS,
        view=view,
        tabs=tabs,
        lines=lines,
        held=held_groups,
        notice=words.NOTICES.get(page_request.query("done"), ""),
        search=search,
        total=total,
        number=number,
        pages=pages,
        around=around,
    )


def _page_number(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1  # noqa: PLR2004  # beyond any queue


def _link(view: View, search: str, number: int) -> str:
    sought = {"q": search} if search else {}
    return f"{view.path}?{urlencode({**sought, 'page': number})}"


def _line(page_request: PageRequest, row: QueueRow) -> Line:
    submission, now = row.submission, page_request.state.now()
    summary = page_request.state.summaries.of(submission)
    return Line(
        submission=submission,
        summary=summary,
        why=why(row, summary),
        acknowledgement=acknowledgement(submission, row.letter_state, row.acknowledged_at, now),
        publication=publication(submission, now),
    )


def why(row: QueueRow, summary: EvidenceSummary) -> str:
    """Explain the submission's state in a sentence."""
    letter = _why_stuck(row.stuck) if row.stuck is not None else ""
    news = f"{words.plural(row.news, 'new message')}." if row.news else ""
    return " ".join(filter(None, (news, letter, _why_here(row.submission, summary))))


def _why_stuck(stuck: StuckLetter) -> str:
    """Describe the stuck letter."""
    kind = words.word(stuck.kind, words.LETTERS).lower()
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


def _why_here(submission: Submission, summary: EvidenceSummary) -> str:
    attempts, error = submission.attempts, submission.last_error
    first, last = submission.proposed_by, submission.decided_by
    second = f", proposed by {first}" if first and first != last else ""
    reasons = {
        State.RECEIVED: f"Tried {attempts} times: {error}" if attempts else "In work.",
        State.EXTRACTED: f"Tried {attempts} times: {error}" if attempts else "In work.",
        State.QUARANTINED: f"A step failed three times: {error}",
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


def _why_in_review(submission: Submission, summary: EvidenceSummary) -> str:
    if submission.kind == "unclear":
        return "The subject does not say what it is."
    if summary.first:
        return summary.first
    return "Every check has passed; a person decides."
