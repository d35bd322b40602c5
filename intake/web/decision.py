"""Decide: the drafted letter, editable; a reason; and what it answers to, on one page.

Whatever button is pressed, what was typed is kept as a draft until the decision is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from starlette.responses import RedirectResponse, Response

from intake.domain.letter_difference import letter_difference
from intake.domain.review import Action, DecisionRefusedError, entries_in, entry_code, placeholder_in
from intake.domain.submission import State
from intake.pipeline.case import claims
from intake.pipeline.case.case import Case
from intake.pipeline.case.case import case as gathered
from intake.pipeline.case.drafts import OtherDraftError
from intake.pipeline.case.proposal import Proposal, proposal, sent_back, sent_back_before
from intake.pipeline.outgoing import letters
from intake.pipeline.outgoing.letters import LetterPreview
from intake.pipeline.review import decide, handover
from intake.render.entry_view import entry_views
from intake.store.drafts import Draft
from intake.store.submissions import Submission
from intake.web import entry_choices, words
from intake.web import submission as submission_page
from intake.web.decision_form import DecisionForm, action_of, decision_form
from intake.web.drafts import keep, keep_refused
from intake.web.moves import moves
from intake.web.onward import onward
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem

_DONE = {
    State.PROPOSED: "proposed",
    State.APPROVED: "approved",
    State.RETURNED: "returned",
    State.ASKED: "asked",
}


_OTHER_ENTRIES = (
    "The letter was written for other choices. Read it again, or draft it anew; it is sent as it then stands."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows besides the case."""

    form: DecisionForm
    draft: Draft | None = None
    """This person's own, be it in the form or not."""
    of_draft: bool = False
    """The form holds the draft's words."""
    preview: bool = False
    error: str = ""
    status: int = 200


def show(page_request: PageRequest) -> Response:
    """Show the page with this person's own draft, or the drafted letter."""
    action = action_of(page_request.request.path_params["action"])
    if action is None:
        return _unknown(page_request)
    number = page_request.number()
    case = gathered(page_request.services, number, page_request.person)
    draft = next((draft for draft in case.drafts if draft.action.value == action.value), None)
    entries = decide.first_choice(case, action)
    if (theirs := _of_the_second_person(page_request, case, action)) is not None:
        form = DecisionForm(action, theirs, draft.reason if draft else "", entries=entries, drafted=entry_code(entries))
        return _page(page_request, case, Shown(form, draft))
    if draft is not None and _goes_on(page_request, draft, _proposed(case, action)):
        chosen = entries_in(draft.entries)
        if len(chosen) != len(entries) or case.submission.state is State.PROPOSED:
            chosen = entries  # those of another report, or what was proposed, which is confirmed as it is
        form = DecisionForm(action, draft.letter, draft.reason, entries=chosen, drafted=draft.drafted)
        return _page(page_request, case, Shown(form, draft, of_draft=True))
    form = DecisionForm(action, decide.draft(case, action, entries), entries=entries, drafted=entry_code(entries))
    return _page(page_request, case, Shown(form, draft))


def _of_the_second_person(page_request: PageRequest, case: Case, action: Action) -> str | None:
    """The letter as whoever sent the proposal back would have it, where it is asked for; None otherwise."""
    asked = page_request.query("letter") == "theirs" and action is Action.APPROVE
    back = sent_back(case.events) if asked and case.submission.state is State.IN_REVIEW else None
    return back.letter or None if back is not None else None


def take(page_request: PageRequest) -> Response:
    """Do what the button says."""
    action = action_of(page_request.request.path_params["action"])
    if action is None:
        return _unknown(page_request)
    name = "redraft" if "redraft" in page_request.form else page_request.form.get("do", "decide")
    button = _BUTTONS.get(name)
    if button is None:
        return problem(page_request, 404, "No such button", "Go back and load the page again. Nothing was done.")
    form = page_request.form
    if action is Action.APPROVE and "letter" not in form:
        drafted = _at_once(page_request)
        if not drafted:  # the page was older than the words that there are for it now; nobody has read these
            return RedirectResponse(f"{page_request.request.url.path}{page_request.came_from.carried}", 303)
        form = {**form, "letter": drafted}
    typed = decision_form(action, form)
    try:
        return button(page_request, typed)
    except OtherDraftError as error:
        case = gathered(page_request.services, page_request.number(), page_request.person)
        return _page(page_request, case, Shown(typed, error=str(error), status=409))


def _at_once(page_request: PageRequest) -> str:
    """Draft the letter of an approval proposed from the submission's own page; empty where that is not offered."""
    case = gathered(page_request.services, page_request.number(), page_request.person)
    may = moves(page_request, case.submission, worded=submission_page.worded(case)).propose_at_once
    return decide.draft(case, Action.APPROVE) if may else ""


def _redraft(page_request: PageRequest, form: DecisionForm) -> Response:
    """Draft the letter for the choices made; what was typed is kept as this person's draft."""
    number = page_request.number()
    keep(page_request, number, form)
    case = gathered(page_request.services, number, page_request.person)
    letter = decide.draft(case, form.action, form.entries)
    return _page(page_request, case, Shown(replace(form, letter=letter, drafted=entry_code(form.entries))))


def _decide(page_request: PageRequest, form: DecisionForm) -> Response:
    """Record the decision; if refused, keep everything typed and show the page again with it."""
    if form.entries and form.drafted != entry_code(form.entries):
        told = replace(form, drafted=entry_code(form.entries))
        return _refused(page_request, told, DecisionRefusedError(_OTHER_ENTRIES))
    try:
        after = decide.decide(page_request.services, page_request.number(), form.decision(page_request.person))
    except DecisionRefusedError as error:
        return _refused(page_request, form, error)
    return onward(page_request, after, _DONE[after.state])


def _send_back(page_request: PageRequest, form: DecisionForm) -> Response:
    """Send another person's proposal back with the reason as its comment."""
    number = page_request.number()
    try:
        handover.send_back(
            page_request.services, number, page_request.person, form.reason, version=form.version, letter=form.letter
        )
    except DecisionRefusedError as error:
        return _refused(page_request, form, error)
    return submission_page.back(page_request, "sent-back")


def _refused(page_request: PageRequest, form: DecisionForm, error: DecisionRefusedError) -> Response:
    number = page_request.number()
    keep_refused(page_request, number, form)
    case = gathered(page_request.services, number, page_request.person)
    return _page(page_request, case, Shown(form, error=str(error), status=409))


def _save(page_request: PageRequest, form: DecisionForm) -> Response:
    keep(page_request, page_request.number(), form)
    return _again(page_request, form, "draft-saved")


def _cancel(page_request: PageRequest, form: DecisionForm) -> Response:
    keep(page_request, page_request.number(), form)
    return submission_page.back(page_request, "draft-kept")


def _preview(page_request: PageRequest, form: DecisionForm) -> Response:
    number = page_request.number()
    keep(page_request, number, form)
    return _page(page_request, gathered(page_request.services, number, page_request.person), Shown(form, preview=True))


def _take_over(page_request: PageRequest, form: DecisionForm) -> Response:
    number = page_request.number()
    keep(page_request, number, form)
    try:
        claims.claim(page_request.services, number, page_request.person)
    except DecisionRefusedError as error:
        return _refused(page_request, form, error)
    return _again(page_request, form, "taken-over")


_BUTTONS: Mapping[str, Callable[[PageRequest, DecisionForm], Response]] = {
    "decide": _decide,
    "redraft": _redraft,
    "send-back": _send_back,
    "save": _save,
    "cancel": _cancel,
    "preview": _preview,
    "take-over": _take_over,
}
"""By the value of the button's `do`; a form without one decides."""


def _again(page_request: PageRequest, form: DecisionForm, done: str) -> Response:
    """Open the page anew, with the draft; it is of what the choices of entries make up, be the form another's."""
    here = f"/submissions/{page_request.request.path_params['reference']}/decide/{form.action.value}"
    return RedirectResponse(f"{here}?letter=draft&done={done}{page_request.came_from.further}", 303)


def _unknown(page_request: PageRequest) -> Response:
    return problem(page_request, 404, "No such decision", "A submission is approved, returned, or asked about.")


def _proposed(case: Case, action: Action) -> Proposal | None:
    """The proposal that this person would confirm."""
    confirms = action is Action.APPROVE and case.submission.state is State.PROPOSED
    return proposal(case.events) if confirms else None


def _goes_on(page_request: PageRequest, draft: Draft, proposed: Proposal | None) -> bool:
    """Whether the page begins with the draft: as asked, else unless a proposal is newer than it."""
    asked = page_request.query("letter")
    older = proposed is not None and draft.saved_at < proposed.at
    return asked == "draft" or (asked != "anew" and not older)


def _page(page_request: PageRequest, case: Case, shown: Shown) -> Response:
    submission, action = case.submission, shown.form.action
    open_moves = moves(page_request, submission)
    allowed = bool(open_moves.approve) if action is Action.APPROVE else open_moves.answer
    if not allowed and not shown.error:
        # decided meanwhile, or the other person's to confirm: the submission's own page says which
        return RedirectResponse(f"/submissions/{submission.reference}{page_request.came_from.carried}", 303)
    entries = entry_views(case.dossier, case.report, case.resolutions)
    proposed = _proposed(case, action) if allowed else None
    return page(
        page_request,
        "decision.html",
        status=shown.status,
        **submission_page.facts(page_request, case, entries),
        settling=None,  # here findings are read, not settled
        action=action,
        title=_title(action, submission, open_moves.approve),
        shown=shown,
        typed=shown.form,
        allowed=allowed,
        happened=case.events[-1].seq if case.events else 0,
        mark=next((draft.mark for draft in case.drafts if draft.action.value == action.value), ""),
        holder=submission.holder(page_request.state.now()),
        choices=entry_choices.offered(entries, shown.form.entries),
        drafted=shown.form.drafted,
        needs_reason=action is Action.APPROVE and decide.needs_reason(entries, shown.form.entries),
        proposed=proposed,
        changes=letter_difference(proposed.letter, shown.form.letter) if proposed else "",
        sent_back=sent_back(case.events) if submission.state is State.IN_REVIEW else None,
        objections=sent_back_before(case.events) if proposed else (),
        preview=_previewed(page_request, submission, shown),
        placeholder=placeholder_in(shown.form.letter) if shown.preview else None,
        notice=words.NOTICES.get(page_request.done, "") if not shown.error else "",
        error=shown.error,
    )


def _previewed(page_request: PageRequest, submission: Submission, shown: Shown) -> LetterPreview | None:
    if not shown.preview:
        return None
    return letters.preview(page_request.services, submission, shown.form.action, shown.form.letter)


def _title(action: Action, submission: Submission, approve: str) -> str:
    verb = {Action.RETURN: "Return", Action.ASK: "Ask about"}.get(action, approve or "Approve")
    return f"{verb} {submission.reference}" if action is not Action.APPROVE else f"{verb}: {submission.reference}"
