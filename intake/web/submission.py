"""One submission: what it says, what was found, what has happened, and what a person may do."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from intake.domain.letter import text_of
from intake.domain.submission import State
from intake.pipeline import again
from intake.pipeline.case import Case
from intake.pipeline.case import case as gathered
from intake.pipeline.see import see
from intake.render.entry_view import entry_views
from intake.render.signed import signature_account
from intake.store import queue
from intake.store.outbox import A_PERSON_MAY_SETTLE, ACKNOWLEDGEMENT, LetterState, QueuedLetter
from intake.store.submissions import Submission
from intake.web import news, words
from intake.web.clocks import DeadlineView, acknowledgement, publication
from intake.web.moves import moves
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.timeline import timeline_item


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter with its text for display."""

    letter: QueuedLetter
    text: str | None

    @property
    def waits(self) -> bool:
        """Tell whether a person must or may decide about the letter."""
        return self.letter.state in A_PERSON_MAY_SETTLE

    @property
    def again(self) -> bool:
        """Tell whether the letter was sent before."""
        return self.letter.state not in {LetterState.HELD, LetterState.WITHHELD}


def show(page_request: PageRequest) -> Response:
    """The page; whoever decides and opens it has seen the case as far as it is shown, unless a browser reads ahead."""
    case = gathered(page_request.services, page_request.number())
    shown = _page(page_request, case)
    up_to = max(case.submission.id, case.newest)
    ahead = "prefetch" in page_request.request.headers.get(
        "sec-purpose", page_request.request.headers.get("purpose", "")
    )
    if (
        page_request.decides
        and case.begins is None
        and case.seen < up_to
        and page_request.request.method == "GET"
        and not ahead
    ):
        see(page_request.services, case.submission.id, up_to, page_request.person)
    return shown


def page_of(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    """Show the submission's page, with an error at its head if there is one."""
    return _page(page_request, gathered(page_request.services, page_request.number()), error=error, status=status)


def _page(page_request: PageRequest, case: Case, *, error: str = "", status: int = 200) -> Response:
    submission = case.submission
    return page(
        page_request,
        "submission.html",
        status=status,
        case=case,
        watch_seconds=news.WATCH_SECONDS,
        submission=submission,
        entries=entry_views(case.dossier, case.report),
        letters=[LetterView(letter, text_of(letter.content)) for letter in case.letters],
        happenings=[timeline_item(event) for event in case.events],
        clocks=clocks(page_request, case),
        moves=moves(page_request, submission, case.dossier),
        told=signature_account,
        names=again.unconfirmed(case.dossier) if case.dossier and submission.state is State.IN_REVIEW else (),
        mail_text=case.text,
        following=_following(page_request, submission),
        notice=words.NOTICES.get(page_request.query("done"), ""),
        error=error,
    )


def clocks(page_request: PageRequest, case: Case) -> tuple[DeadlineView, DeadlineView]:
    """Give both deadlines."""
    now = page_request.state.now()
    letter = next((each for each in case.letters if each.kind == ACKNOWLEDGEMENT), None)
    state, sent_at = (letter.state, letter.sent_at) if letter else (None, None)
    return acknowledgement(case.submission, state, sent_at, now), publication(case.submission, now)


def _following(page_request: PageRequest, submission: Submission) -> Submission | None:
    """Find the next submission that waits for a person."""
    with page_request.services.store.reading() as tx:
        queue_rows = queue.rows(tx, where=queue.waiting_behind(submission), limit=1)
    return queue_rows[0].submission if queue_rows else None


def back(reference: str, done: str) -> Response:
    """Redirect to the submission's page with a notice."""
    return RedirectResponse(f"/submissions/{reference}?done={done}", 303)
