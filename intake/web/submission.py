"""One submission: what it says, what was found, what has happened, and what a person may do."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response

from intake.domain.people_events import LOOKS
from intake.domain.review import Written
from intake.domain.submission import WAITING_FOR_A_PERSON, State
from intake.pipeline.case.case import Case
from intake.pipeline.case.case import case as gathered
from intake.pipeline.case.proposal import sent_back
from intake.pipeline.reading import again
from intake.pipeline.retention.retention import held_by
from intake.pipeline.review.see import seen
from intake.render.entry_view import EntryView, entry_views
from intake.render.quoted_check import quoted_check
from intake.render.signed import signature_account
from intake.store.holds import Hold
from intake.store.outbox import ACKNOWLEDGEMENT
from intake.web import news, several
from intake.web.clocks import DeadlineView, acknowledgement, decided
from intake.web.desk import Desk, desk
from intake.web.entry_pages import entry_pages, further
from intake.web.list.of_submission import entered
from intake.web.moves import moves
from intake.web.offers import disposals
from intake.web.onward import beside
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.restricted import for_this_person
from intake.web.settling import Settling
from intake.web.timeline import timeline_item
from intake.web.unsaid import unsaid


def show(page_request: PageRequest) -> Response:
    """Show the page; who decides and opens it has seen the case as far as it is shown, unless a browser reads ahead."""
    case = gathered(page_request.services, page_request.number(), page_request.person)
    at_desk = desk(page_request, case)
    shown = _page(page_request, case, at_desk)
    ahead = "prefetch" in page_request.request.headers.get(
        "sec-purpose", page_request.request.headers.get("purpose", "")
    )
    if page_request.request.method == "GET" and not ahead:
        begun = page_request.session.started_at if page_request.session is not None else None
        seen(page_request.services, case, page_request.person, decides=page_request.decides, since=begun)
    return shown


def page_of(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    """Show the submission's page, with an error at its head if there is one."""
    case = gathered(page_request.services, page_request.number(), page_request.person)
    return _page(page_request, case, desk(page_request, case), error=error, status=status)


def _page(page_request: PageRequest, case: Case, at_desk: Desk, *, error: str = "", status: int = 200) -> Response:
    entries = entry_views(case.dossier, case.report, case.resolutions)
    settling, offered = Settling(page_request, case), disposals(page_request, case.submission)
    return page(
        page_request,
        "submission.html",
        status=status,
        **facts(page_request, case, entries),
        desk=at_desk,
        settling=settling,
        disposals=offered,
        unsaid=unsaid(page_request, offered, settling, entries) if error else (),
        leads_with_words=case.submission.entries == 0,
        beside=beside(page_request, case.submission),
        entered=entered(page_request.services, case.submission),
        holds=_holds(page_request, case),
        notice=page_request.notice,
        watch_seconds=news.WATCH_SECONDS,
        error=error,
    )


def _holds(page_request: PageRequest, case: Case) -> tuple[Hold, ...]:
    """What keeps the case from being disposed of; nothing for who may not read why."""
    if not (page_request.reads_cases and case.holds):
        return ()
    with page_request.services.store.reading() as tx:
        return held_by(tx, case.submission.id, case.holds)


def facts(page_request: PageRequest, case: Case, entries: Sequence[EntryView]) -> dict[str, object]:
    """Give what the sections of the page show; the second person's page has some of the same sections."""
    submission = case.submission
    shown = entry_pages(page_request, for_this_person(page_request, entries))
    return {
        "case": case,
        "submission": submission,
        "entries": shown.entries,
        "entry_pages": shown,
        "documents": shown.documents(case.dossier.documents) if case.dossier else (),
        "happenings": [
            timeline_item(
                event,
                notes=page_request.reads_notes,
                reasons=page_request.reads_evidence,
                technical=not page_request.decides,
            )
            for event in case.events
            if page_request.audits or event.name not in LOOKS
        ],
        "clocks": clocks(page_request, case),
        "moves": moves(page_request, submission, case.dossier, worded=worded(case)),
        "outcome_matters": submission.state in WAITING_FOR_A_PERSON,
        "decisions": several.decided(submission, case.events),
        "ready": several.ready_beside_others(submission, entries),
        "told": signature_account,
        "quoted_check": quoted_check(case.text, case.report),
        "names": again.unconfirmed(case.dossier) if case.dossier and submission.state is State.IN_REVIEW else (),
    }


def worded(case: Case) -> bool:
    """Tell whether there are words for its letter of approval: this person's draft, or what was sent back."""
    return any(draft.action is Written.APPROVE for draft in case.drafts) or sent_back(case.events) is not None


def clocks(page_request: PageRequest, case: Case) -> tuple[DeadlineView, DeadlineView]:
    """Give both deadlines."""
    now = page_request.state.now()
    letter = next((letter for letter in case.letters if letter.kind == ACKNOWLEDGEMENT), None)
    state, sent_at = (letter.state, letter.sent_at) if letter else (None, None)
    services = page_request.services
    due = services.calendar.decide_due(case.submission.received_at, services.config.review.decide_within_days)
    return acknowledgement(case.submission, state, sent_at, now), decided(case.submission, now, due)


def back(page_request: PageRequest, done: str, *, to: str = "", entry: int = 0) -> Response:
    """Redirect to the submission's page with a notice; the list it was opened from stays in the address.

    Args:
        page_request: what was posted.
        done: the notice.
        to: the reference of another submission.
        entry: one of its entries, counted from 1, to lead to; 0 for none.
    """
    reference = to or page_request.request.path_params["reference"]
    place = f"{further(entry)}#entry-{entry}" if entry else ""
    return RedirectResponse(f"/submissions/{reference}?done={done}{page_request.came_from.further}{place}", 303)
