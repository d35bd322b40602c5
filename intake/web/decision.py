"""Decide: the drafted letter, editable; a reason; and the findings it answers to, on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.responses import RedirectResponse, Response

from intake.domain.review import Action, Decision, DecisionRefusedError, EntryDecision
from intake.domain.submission import State
from intake.pipeline import decide
from intake.pipeline.case import case as gathered
from intake.render.entry_view import entry_views
from intake.store.submissions import Submission
from intake.web import entry_choices
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
_OTHER_ENTRIES = (
    "The letter was written for other choices. Read it again, or draft it anew; it is sent as it then stands."
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's values as typed."""

    letter: str
    reason: str = ""
    entries: tuple[EntryDecision, ...] = ()
    """What is decided of each entry where the message brings several."""


def show(page_request: PageRequest) -> Response:
    """Show the page with the drafted letter."""
    action = _action(page_request)
    if action is None:
        return _unknown(page_request)
    services, number = page_request.services, page_request.number()
    entries = decide.first_choice(services, number, action)
    return _page(page_request, action, Typed(decide.draft(services, number, action, entries), entries=entries))


def take(page_request: PageRequest) -> Response:
    """Record the decision; if refused, show the page again with everything typed."""
    action = _action(page_request)
    if action is None:
        return _unknown(page_request)
    entries = entry_choices.posted(page_request.form)
    action = entry_choices.of_action(action, entries)
    typed = Typed(
        _lines(page_request.form.get("letter", "")), _lines(page_request.form.get("reason", "")).strip(), entries
    )
    if "redraft" in page_request.form:
        letter = decide.draft(page_request.services, page_request.number(), action, entries)
        return _page(page_request, action, replace(typed, letter=letter))
    if entries and page_request.form.get("drafted") != entry_choices.code(entries):
        return _page(page_request, action, typed, error=_OTHER_ENTRIES, status=409)
    decision = Decision(
        action=action,
        person=page_request.person,
        report_sha256=page_request.form.get("report", ""),
        letter=typed.letter,
        reason=typed.reason,
        version=_number(page_request.form.get("version", ""), otherwise=_NO_VERSION),
        thread=_number(page_request.form.get("thread", "")),
        entries=entries,
    )
    try:
        after = decide.decide(page_request.services, page_request.number(), decision)
    except DecisionRefusedError as error:
        return _page(page_request, action, typed, error=str(error), status=409)
    return submission_page.back(after.reference, _DONE[after.state])


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
    entries = entry_views(case.dossier, case.report, case.resolutions)
    return page(
        page_request,
        "decision.html",
        status=status,
        action=action,
        title=_title(action, submission, open_moves.approve),
        case=case,
        submission=submission,
        entries=entries,
        choices=entry_choices.offered(entries, typed.entries),
        drafted=entry_choices.code(typed.entries),
        typed=typed,
        allowed=allowed,
        needs_reason=action is Action.APPROVE and decide.needs_reason(entries, typed.entries),
        error=error,
    )


def _title(action: Action, submission: Submission, approve: str) -> str:
    verb = {Action.RETURN: "Return", Action.ASK: "Ask about"}.get(action, approve or "Approve")
    return f"{verb} {submission.reference}" if action is not Action.APPROVE else f"{verb}: {submission.reference}"
