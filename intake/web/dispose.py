"""Disposal of a message: one button each, with a reason where one is due."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from starlette.responses import RedirectResponse, Response

from intake.domain.message import MessageKind
from intake.domain.reference import reference
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.case.case import case as gathered
from intake.pipeline.case.drafts import OtherDraftError
from intake.pipeline.review import dispose, hand_over, refile, regroup, reopen
from intake.pipeline.review.disposal import Disposal
from intake.pipeline.services import Services
from intake.store.submissions import Submission
from intake.web.decision_form import NO_VERSION, number_in
from intake.web.desk import own_reply
from intake.web.drafts import keep_reply
from intake.web.offers import disposals
from intake.web.page_request import PageRequest, typed_number
from intake.web.pages import page
from intake.web.submission import back, page_of

Verb = Callable[[Services, int, Disposal], Submission]


def close(page_request: PageRequest) -> Response:
    """Close it with a reason and without a letter."""
    return _do(page_request, dispose.close, "closed")


def hand(page_request: PageRequest) -> Response:
    """Hand it to the administrator."""
    return _do(page_request, hand_over.hand_over, "handed-over")


def take_back(page_request: PageRequest) -> Response:
    """Take it back from the administrator."""
    return _do(page_request, hand_over.take_back, "taken-back")


def take_up(page_request: PageRequest) -> Response:
    """Reopen it."""
    return _do(page_request, reopen.reopen, "reopened")


def split(page_request: PageRequest) -> Response:
    """Split it off from its case."""
    return _do(page_request, regroup.split, "split-off")


def mark(page_request: PageRequest) -> Response:
    """Mark it as a submission, an update, or other mail."""
    name = page_request.form.get("kind", "")
    kind = MessageKind(name) if name in set(MessageKind) else MessageKind.UNCLEAR

    def marked(services: Services, number: int, disposal: Disposal) -> Submission:
        return refile.mark(services, number, kind, disposal)

    return _do(page_request, marked, "marked-other" if kind is MessageKind.OTHER else "marked")


def join(page_request: PageRequest) -> Response:
    """Join it to the case that is named."""
    named = typed_number(page_request.form.get("case", ""))

    def joined(services: Services, number: int, disposal: Disposal) -> Submission:
        if named is None:
            message = f"Write the reference of a message of the case, such as {reference(42)}."
            raise DecisionRefusedError(message)
        return regroup.join(services, number, named, disposal)

    return _do(page_request, joined, "joined")


def show_reply(page_request: PageRequest) -> Response:
    """Show the page on which a reply is written."""
    return _reply_page(page_request)


def reply(page_request: PageRequest) -> Response:
    """Send a reply, by which what is open is closed; if refused, show the page again with everything typed."""
    text = page_request.form.get("letter", "").replace("\r\n", "\n").replace("\r", "\n")
    number = page_request.number()
    if page_request.form.get("do") == "save":
        try:
            keep_reply(page_request, number, page_request.form)
        except OtherDraftError as error:
            return _reply_page(page_request, error=str(error), status=409)
        return RedirectResponse(
            f"{page_request.request.url.path}?done=draft-saved{page_request.came_from.further}", 303
        )
    try:
        done = dispose.reply(page_request.services, number, _disposal(page_request), text)
    except DecisionRefusedError as error:
        with suppress(OtherDraftError):
            keep_reply(page_request, number, page_request.form)
        return _reply_page(page_request, error=str(error), status=409)
    return back(page_request, "replied" if done.state is State.CLOSED else "replied-afterwards", to=done.reference)


def _do(page_request: PageRequest, verb: Verb, done: str) -> Response:
    number = page_request.number()
    try:
        after = verb(page_request.services, number, _disposal(page_request))
    except DecisionRefusedError as error:
        return page_of(page_request, error=str(error), status=409)
    return back(page_request, done, to=after.reference)


def _disposal(page_request: PageRequest) -> Disposal:
    return Disposal(
        person=page_request.person,
        reason=page_request.form.get("reason", "").replace("\r\n", "\n"),
        version=number_in(page_request.form.get("version", ""), otherwise=NO_VERSION),
        thread=number_in(page_request.form.get("thread", ""), otherwise=0),
    )


def _reply_page(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    case = gathered(page_request.services, page_request.number(), page_request.person)
    offered = disposals(page_request, case.submission)
    allowed = offered.reply or offered.reply_afterwards
    if not allowed and not error:  # settled meanwhile; the message's own page says how
        return RedirectResponse(f"/submissions/{case.submission.reference}{page_request.came_from.carried}", 303)
    return page(
        page_request,
        "reply.html",
        status=status,
        case=case,
        submission=case.submission,
        closes=not offered.reply_afterwards,
        draft=own_reply(case),
        notice=page_request.notice if not error else "",
        error=error,
    )
