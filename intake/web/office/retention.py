"""What may be disposed of, what is held, and the two people that a disposal takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from starlette.responses import RedirectResponse, Response

from intake.domain.reference import reference
from intake.domain.review import DecisionRefusedError
from intake.pipeline.retention import dispose_of, holds
from intake.pipeline.retention.dispose_of import NoSuchDisposalError
from intake.pipeline.retention.retention import Due, Kept, due, judge
from intake.store import disposals, submissions
from intake.store import holds as stored_holds
from intake.store.disposals import DisposalState, StoredDisposal
from intake.store.holds import Scope
from intake.store.submissions import GREATEST, NoSuchSubmissionError, Submission
from intake.web.page_request import PageRequest, known_number
from intake.web.pages import page
from intake.web.problem import problem

_TICK = "tick-"
MOST_SHOWN = 200
"""Cases on a page; a form has room for no more."""
_NEWEST = 20


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of a disposal as its page shows it."""

    submission: Submission
    verdict: Due | Kept | None
    """None where the disposal is settled, so that nothing is asked any more."""

    @property
    def subject(self) -> str:
        """Give its subject; empty where it is gone."""
        return self.submission.subject


def show(page_request: PageRequest) -> Response:
    """Show what is due, what is held and what was disposed of."""
    return _page(page_request)


def propose(page_request: PageRequest) -> Response:
    """Propose to dispose of the cases that are ticked, or of all that are due."""
    form, services = page_request.form, page_request.services
    ticked = [name.removeprefix(_TICK) for name in form if name.startswith(_TICK)]
    cases = [number for name in ticked if (number := known_number(name)) is not None]
    try:
        if form.get("all"):
            cases = _all_due(page_request, form["all"])
        number = dispose_of.propose(services, cases, form.get("reason", ""), page_request.person)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse(f"/retention/disposals/{number}?done=disposal-proposed", 303)


def _all_due(page_request: PageRequest, shown: str) -> list[int]:
    """All that is due, where it is as much as was said on the page.

    Raises:
        DecisionRefusedError: it is not.
    """
    ready = [case.number for case in due(page_request.services)]
    if str(len(ready)) != shown:
        message = f"{len(ready):,} cases are due by now; look at them again."
        raise DecisionRefusedError(message)
    return ready


def place_hold(page_request: PageRequest) -> Response:
    """Hold a submission, a model or a manufacturer."""
    form = page_request.form
    scope = Scope(form["scope"]) if form.get("scope") in set(Scope) else None
    try:
        if scope is None:
            message = "Choose what is to be held."
            raise DecisionRefusedError(message)  # noqa: TRY301  # told on the page like every other refusal
        holds.place(page_request.services, scope, form.get("value", ""), form.get("why", ""), page_request.person)
    except NoSuchSubmissionError:
        return _page(page_request, error="There is no submission of this reference.", status=409)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse("/retention?done=hold-placed", 303)


def lift_hold(page_request: PageRequest) -> Response:
    """Propose to lift a hold."""
    return _lifting(page_request, partial(holds.propose_lift, reason=page_request.form.get("why", "")), "lift-proposed")


def agree_to_lift(page_request: PageRequest) -> Response:
    """Lift a hold that another person proposed to lift."""
    return _lifting(page_request, holds.agree_lift, "hold-lifted")


def keep_hold(page_request: PageRequest) -> Response:
    """Keep a hold that somebody proposed to lift, or take back one's own proposal."""
    return _lifting(page_request, partial(holds.refuse_lift, reason=page_request.form.get("why", "")), "hold-kept")


def _lifting(page_request: PageRequest, step: Callable[..., None], done: str) -> Response:
    number = min(page_request.request.path_params["hold"], GREATEST)
    try:
        step(page_request.services, number, person=page_request.person)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse(f"/retention?done={done}", 303)


def show_disposal(page_request: PageRequest) -> Response:
    """Show a disposal, with every case that it is about."""
    return _disposal(page_request)


def agree(page_request: PageRequest) -> Response:
    """Agree to what another person proposed to dispose of."""
    try:
        dispose_of.agree(page_request.services, _number(page_request), page_request.person)
    except NoSuchDisposalError:
        return _none(page_request)
    except DecisionRefusedError as error:
        return _disposal(page_request, error=str(error), status=409)
    return RedirectResponse(f"/retention/disposals/{_number(page_request)}?done=disposal-agreed", 303)


def refuse(page_request: PageRequest) -> Response:
    """Refuse a disposal, or take back one's own."""
    reason = page_request.form.get("reason", "")
    try:
        dispose_of.refuse(page_request.services, _number(page_request), reason, page_request.person)
    except NoSuchDisposalError:
        return _none(page_request)
    except DecisionRefusedError as error:
        return _disposal(page_request, error=str(error), status=409)
    return RedirectResponse(f"/retention/disposals/{_number(page_request)}?done=disposal-refused", 303)


def _page(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    services = page_request.services
    ready = due(services)
    with services.store.reading() as tx:
        standing, newest = stored_holds.standing(tx), disposals.newest(tx, _NEWEST)
        remaining = disposals.remaining(tx)
    return page(
        page_request,
        "retention.html",
        status=status,
        error=error,
        notice=page_request.notice,
        periods=services.config.retention,
        due=ready[:MOST_SHOWN],
        count=len(ready),
        holds=standing,
        scopes=list(Scope),
        disposals=newest,
        remaining=remaining,
    )


def _disposal(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    with page_request.services.store.reading() as tx:
        stored = disposals.get(tx, _number(page_request))
        if stored is None:
            return _none(page_request)
        is_open = stored.state is DisposalState.PROPOSED
        verdicts: Sequence[Due | Kept | None] = [None] * len(stored.cases)
        if is_open:
            verdicts = judge(page_request.services, tx, stored.cases)
        lines = [
            CaseLine(submissions.get(tx, number), verdict)
            for number, verdict in zip(stored.cases, verdicts, strict=True)
        ]
    return page(
        page_request,
        "disposal.html",
        status=status,
        error=error,
        notice=page_request.notice,
        disposal=stored,
        lines=lines,
        kept=[line for line in lines if isinstance(line.verdict, Kept)],
        open=is_open and page_request.decides,
        own=_own(page_request, stored),
        reference=reference,
    )


def _own(page_request: PageRequest, stored: StoredDisposal) -> bool:
    return stored.proposed_by == page_request.person


def _number(page_request: PageRequest) -> int:
    number: int = page_request.request.path_params["disposal"]
    return number


def _none(page_request: PageRequest) -> Response:
    return problem(page_request, 404, "No such disposal", "No disposal has this number.")
