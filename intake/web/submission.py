"""One submission: what it says, what was found, what has happened, and what a person may do."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from intake.domain.letter import text_of
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import DECIDABLE, State
from intake.pipeline import again, decide, retrieve
from intake.pipeline.retrieve import Case
from intake.pipeline.see import see
from intake.render.entry_view import entry_views
from intake.render.signed import told
from intake.store import queue
from intake.store.outbox import A_PERSON_MAY_SETTLE, ACKNOWLEDGEMENT, LetterState, QueuedLetter
from intake.store.submissions import Submission
from intake.web import words
from intake.web.clocks import Clock, acknowledgement, publication
from intake.web.pages import page
from intake.web.timeline import happening
from intake.web.visit import Visit
from rules.facts import Dossier


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter and its words."""

    letter: QueuedLetter
    text: str | None

    @property
    def waits(self) -> bool:
        """Whether a person must, or at least may, say what becomes of it."""
        return self.letter.state in A_PERSON_MAY_SETTLE

    @property
    def again(self) -> bool:
        """Whether it has been on its way before."""
        return self.letter.state not in {LetterState.HELD, LetterState.WITHHELD}


@dataclass(frozen=True, slots=True)
class Moves:
    """What this person may do with this submission now."""

    claim: bool = False
    release: bool = False
    approve: str = ""
    """What the button says; empty where there is none."""
    answer: bool = False
    """Return it, or ask."""
    retry: bool = False
    judge_again: bool = False
    """Its signatures may be settled by now."""
    own_proposal: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is any move."""
        return bool(self.claim or self.release or self.approve or self.answer or self.retry or self.judge_again)


def show(visit: Visit) -> Response:
    """The page; whoever decides and opens it has seen the case as far as it is shown, unless a browser reads ahead."""
    case = retrieve.case(visit.services, visit.number())
    shown = _page(visit, case)
    up_to = max(case.submission.id, case.newest)
    ahead = "prefetch" in visit.request.headers.get("sec-purpose", visit.request.headers.get("purpose", ""))
    if visit.decides and case.begins is None and case.seen < up_to and visit.request.method == "GET" and not ahead:
        see(visit.services, case.submission.id, up_to, visit.person)
    return shown


def page_of(visit: Visit, *, error: str = "", status: int = 200) -> Response:
    """The page, with an error at its head if there is one."""
    return _page(visit, retrieve.case(visit.services, visit.number()), error=error, status=status)


def _page(visit: Visit, case: Case, *, error: str = "", status: int = 200) -> Response:
    submission = case.submission
    return page(
        visit,
        "submission.html",
        status=status,
        case=case,
        submission=submission,
        entries=entry_views(case.dossier, case.report),
        letters=[LetterView(each, text_of(each.content)) for each in case.letters],
        happenings=[happening(each) for each in case.events],
        clocks=clocks(visit, case),
        moves=moves(visit, submission, case.dossier),
        told=told,
        names=again.unconfirmed(case.dossier) if case.dossier and submission.state is State.IN_REVIEW else (),
        mail_text=case.text,
        following=_following(visit, submission),
        notice=words.NOTICES.get(visit.query("done"), ""),
        error=error,
    )


def clocks(visit: Visit, case: Case) -> tuple[Clock, Clock]:
    """Both clocks."""
    now = visit.site.now()
    letter = next((each for each in case.letters if each.kind == ACKNOWLEDGEMENT), None)
    state, sent_at = (letter.state, letter.sent_at) if letter else (None, None)
    return acknowledgement(case.submission, state, sent_at, now), publication(case.submission, now)


def moves(visit: Visit, submission: Submission, dossier: Dossier | None = None) -> Moves:
    """What this person may do; the pipeline has the last word."""
    if not visit.decides:
        return Moves()
    undecided = submission.state in DECIDABLE or submission.state is State.QUARANTINED
    four_eyes = visit.services.config.review.four_eyes
    approve = "Propose approval" if four_eyes else "Approve"
    own = submission.state is State.PROPOSED and submission.proposed_by == visit.person and four_eyes
    if submission.state is State.PROPOSED:
        approve = "" if own else "Confirm approval"
    if submission.state not in DECIDABLE or submission.entries == 0:
        approve = ""
    return Moves(
        claim=undecided and submission.claimed_by != visit.person,
        release=undecided and submission.claimed_by == visit.person,
        approve=approve,
        answer=undecided,
        retry=submission.state in {State.QUARANTINED, State.FILED},
        judge_again=submission.state is State.IN_REVIEW and dossier is not None and again.may_gain(dossier),
        own_proposal=own,
    )


def _following(visit: Visit, submission: Submission) -> Submission | None:
    """The next one that waits for a person."""
    with visit.services.store.reading() as tx:
        found = queue.rows(tx, where=queue.waiting_behind(submission), limit=1)
    return found[0].submission if found else None


def back(reference: str, done: str) -> Response:
    """To the submission's page, with a word on what was done."""
    return RedirectResponse(f"/submissions/{reference}?done={done}", 303)


def claim(visit: Visit) -> Response:
    """Claim the submission for this person."""
    try:
        decide.claim(visit.services, visit.number(), visit.person)
    except DecisionRefusedError as error:
        return page_of(visit, error=str(error), status=409)
    return back(visit.request.path_params["reference"], "claimed")


def release(visit: Visit) -> Response:
    """Release this person's claim."""
    try:
        decide.unclaim(visit.services, visit.number(), visit.person)
    except DecisionRefusedError as error:
        return page_of(visit, error=str(error), status=409)
    return back(visit.request.path_params["reference"], "released")


def withdraw(visit: Visit) -> Response:
    """Take back one's own proposal."""
    try:
        decide.withdraw(visit.services, visit.number(), visit.person)
    except DecisionRefusedError as error:
        return page_of(visit, error=str(error), status=409)
    return back(visit.request.path_params["reference"], "withdrawn")


def retry(visit: Visit) -> Response:
    """Have it read and judged anew."""
    try:
        decide.retry(visit.services, visit.number(), visit.person)
    except DecisionRefusedError as error:
        return page_of(visit, error=str(error), status=409)
    return back(visit.request.path_params["reference"], "retried")
