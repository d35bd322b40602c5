"""One change of the list: what it makes of the entries, who asked for it, and the second person's word."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from intake.clock import LONDON
from intake.domain.reference import reference
from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import change as pipeline
from intake.pipeline.list.change import NoSuchChangeError, Shown
from intake.pipeline.list.foresee import foreseen
from intake.pipeline.list.path_clocks import path_clock, path_clocks
from intake.register.changes import ChangeKind
from intake.store import listing
from intake.store.changes import ChangeState
from intake.store.engine import Transaction
from intake.web.clocks import deadline
from intake.web.list import names
from intake.web.list.altered import altered
from intake.web.list.change_new import MOST_SHOWN
from intake.web.list.effects import removal_effects
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem


def show(page_request: PageRequest) -> Response:
    """Show a change."""
    return _page(page_request)


def agree(page_request: PageRequest) -> Response:
    """Agree to what another person asked for."""
    number = _number(page_request)
    try:
        person, reference_given = page_request.person, page_request.form.get("ssc", "")
        of_ssc = page_request.of_ssc
        pipeline.agree(page_request.services, number, person, as_ssc=of_ssc, ssc_reference=reference_given)
    except NoSuchChangeError:
        return _none(page_request)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse(f"/list/changes/{number}?done=list-agreed", 303)


def refuse(page_request: PageRequest) -> Response:
    """Refuse a change, or take back one's own."""
    number = _number(page_request)
    reason = page_request.form.get("reason", "").replace("\r\n", "\n")
    try:
        pipeline.refuse(page_request.services, number, reason, page_request.person, as_ssc=page_request.of_ssc)
    except NoSuchChangeError:
        return _none(page_request)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse(f"/list/changes/{number}?done=list-refused", 303)


def _page(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    services = page_request.services
    try:
        shown = pipeline.shown(services, _number(page_request))
    except NoSuchChangeError:
        return _none(page_request)
    open_removal = shown.change.kind is ChangeKind.REMOVE and shown.stored.state is ChangeState.PROPOSED
    own = shown.stored.proposed_by == page_request.person
    with services.store.reading() as tx:
        running = {clock.change for clock in path_clocks(services, tx)}
        version = _published_in(tx, shown.stored.id)
    return page(
        page_request,
        "list/change.html",
        status=status,
        names=names,
        one=shown,
        altered=altered(shown.made[:MOST_SHOWN], restricted=page_request.reads_evidence),
        further=max(len(shown.made) - MOST_SHOWN, 0),
        effects=removal_effects(services, shown.change.entries) if open_removal else None,
        foreseen=foreseen(services, shown.made if shown.stored.state is ChangeState.PROPOSED else ()),
        own=own,
        clock=path_clock(services, shown.stored, shown.change),
        version=version,
        runs=shown.stored.id in running,
        now=page_request.state.now(),
        london=LONDON,
        deadline=deadline,
        open=_open(page_request, shown),
        ssc_reference=pipeline.reference_of_ssc(shown.change),
        submission=reference(shown.stored.message) if shown.stored.message is not None else "",
        error=error,
        notice=page_request.notice,
    )


def _published_in(tx: Transaction, change: int) -> str:
    """The version of the list that published what a change made; empty where none has yet, or it made nothing."""
    first = next(iter(listing.numbers_of(tx, change)), None)
    versions = () if first is None else listing.history(tx, first)
    return next((version.version for version in versions if version.change == change and version.published), "")


def _open(page_request: PageRequest, shown: Shown) -> bool:
    """Whether this person may settle it."""
    may = page_request.decides or (page_request.of_ssc and shown.change.kind is ChangeKind.REMOVE)
    return may and shown.stored.state is ChangeState.PROPOSED


def _number(page_request: PageRequest) -> int:
    number: int = page_request.request.path_params["change"]
    return number


def _none(page_request: PageRequest) -> Response:
    return problem(page_request, 404, "No such change", "No change of the list has this number.")
