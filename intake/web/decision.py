"""Decide: the drafted letter, editable; a reason; and the findings it answers to, on one page."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from intake.domain.review import Action, Decision, DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline import decide
from intake.pipeline.case import case as gathered
from intake.render.entry_view import entry_views
from intake.store import submissions
from intake.store.submissions import Submission
from intake.web import submission as submission_page
from intake.web.moves import moves
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem

_DONE = {
    State.PROPOSED: "proposed",
    State.APPROVED: "approved",
    State.RETURNED: "returned",
    State.ASKED: "asked",
}


_NO_VERSION = -1
"""No submission has it, so that a form without a version decides nothing."""
_LONGEST_NUMBER = 19


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's values as typed."""

    letter: str
    reason: str = ""


def show(page_request: PageRequest) -> Response:
    """Show the page with the drafted letter."""
    action = _action(page_request)
    if action is None:
        return _unknown(page_request)
    number = page_request.number()
    return _page(page_request, action, Typed(decide.draft(page_request.services, number, action)))


def take(page_request: PageRequest) -> Response:
    """Record the decision; if refused, show the page again with everything typed."""
    action = _action(page_request)
    if action is None:
        return _unknown(page_request)
    letter = _at_once(page_request) if action is Action.APPROVE and "letter" not in page_request.form else ""
    typed = Typed(_lines(page_request.form.get("letter", letter)), _lines(page_request.form.get("reason", "")).strip())
    decision = Decision(
        action=action,
        person=page_request.person,
        report_sha256=page_request.form.get("report", ""),
        letter=typed.letter,
        reason=typed.reason,
        version=_number(page_request.form.get("version", ""), otherwise=_NO_VERSION),
        thread=_number(page_request.form.get("thread", "")),
    )
    try:
        after = decide.decide(page_request.services, page_request.number(), decision)
    except DecisionRefusedError as error:
        return _page(page_request, action, typed, error=str(error), status=409)
    return submission_page.back(after.reference, _DONE[after.state])


def _at_once(page_request: PageRequest) -> str:
    """Draft the letter of an approval proposed from the submission's own page; empty where that is not offered."""
    number = page_request.number()
    with page_request.services.store.reading() as tx:
        submission = submissions.get(tx, number)
    offered = moves(page_request, submission).propose_at_once
    return decide.draft(page_request.services, number, Action.APPROVE) if offered else ""


def _number(text: str, otherwise: int = 0) -> int:
    """Read a number that our own form carries; `otherwise` where it carries none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else otherwise


def _action(page_request: PageRequest) -> Action | None:
    name = page_request.request.path_params["action"]
    return Action(name) if name in set(Action) else None


def _unknown(page_request: PageRequest) -> Response:
    return problem(page_request, 404, "No such decision", "A submission is approved, returned, or asked about.")


def _lines(text: str) -> str:
    """Convert a text area's CRLF to line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _page(page_request: PageRequest, action: Action, typed: Typed, *, error: str = "", status: int = 200) -> Response:
    case = gathered(page_request.services, page_request.number())
    submission = case.submission
    open_moves = moves(page_request, submission)
    allowed = bool(open_moves.approve) if action is Action.APPROVE else open_moves.answer
    if not allowed and not error:
        # decided meanwhile, or the other person's to confirm: the submission's own page says which
        return RedirectResponse(f"/submissions/{submission.reference}", 303)
    return page(
        page_request,
        "decision.html",
        status=status,
        action=action,
        title=_title(action, submission, open_moves.approve),
        case=case,
        submission=submission,
        entries=entry_views(case.dossier, case.report),
        typed=typed,
        allowed=allowed,
        needs_reason=action is Action.APPROVE and submission.outcome != "ready",
        error=error,
    )


def _title(action: Action, submission: Submission, approve: str) -> str:
    verb = {Action.RETURN: "Return", Action.ASK: "Ask about"}.get(action, approve or "Approve")
    return f"{verb} {submission.reference}" if action is not Action.APPROVE else f"{verb}: {submission.reference}"
