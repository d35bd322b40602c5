"""What the DCC's loader was seen to refuse: rules that people make of it, and the next pre-flight goes by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from intake.clock import LONDON
from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import loader_rules as pipeline
from intake.pipeline.list.loader_rules import LONGEST, Rejection, refusal_of
from intake.publication.loader import RefusalKind, SeenRefusal
from intake.publication.preflight import FIELDS
from intake.store import loader_rules, publications
from intake.store.loader_rules import LoaderRule, LoaderRuleState
from intake.web.list import names
from intake.web.list.change_form import MistypedError, day_in
from intake.web.page_request import PageRequest
from intake.web.pages import page
from intake.web.problem import problem
from rules.reference import Span

HERE = "/list/loader"
_NOT_REJECTED = ("No such rejection", "The DCC's loader has not refused a version of this name.")


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as a line."""

    rule: LoaderRule
    refusal: SeenRefusal
    version: str
    """Of the list that the loader refused."""
    is_over: bool
    """It was agreed on, and its last day is past."""


def show(page_request: PageRequest) -> Response:
    """Show the rules: those to decide on, those that hold, and those of the past."""
    return _page(page_request)


def show_new(page_request: PageRequest) -> Response:
    """Show the form for a rule, filled in with what a version's rejection suggests."""
    asked = dict(page_request.request.query_params)
    with page_request.services.store.reading() as tx:
        rejected = pipeline.rejection(tx, asked.get("version", ""))
    if rejected is None:
        return problem(page_request, 404, *_NOT_REJECTED)
    if "field" not in asked and rejected.suggested:
        asked |= _as_typed(rejected.suggested[0])
    asked.setdefault("reason", rejected.reason[:LONGEST])
    asked.setdefault("since", f"{rejected.publication.issued:%d/%m/%Y}")
    return _form(page_request, rejected, asked)


def take(page_request: PageRequest) -> Response:
    """Propose a rule."""
    typed, services = page_request.form, page_request.services
    with services.store.reading() as tx:
        rejected = pipeline.rejection(tx, typed.get("version", ""))
    if rejected is None:
        return problem(page_request, 404, *_NOT_REJECTED)
    try:
        pipeline.propose(services, rejected.publication.version, _refusal(typed), page_request.person)
    except MistypedError as error:
        return _form(page_request, rejected, typed, error=str(error), at=error.field, status=400)
    except DecisionRefusedError as error:
        return _form(page_request, rejected, typed, error=str(error), status=409)
    return RedirectResponse(f"{HERE}?done=loader-proposed", 303)


def agree(page_request: PageRequest) -> Response:
    """Agree to a rule that another person asked for."""
    return _decided(
        page_request,
        lambda number: pipeline.agree(page_request.services, number, page_request.person),
        "loader-agreed",
    )


def refuse(page_request: PageRequest) -> Response:
    """Refuse a rule, or take back one's own."""
    reason = " ".join(page_request.form.get("reason", "").split())
    return _decided(
        page_request,
        lambda number: pipeline.refuse(page_request.services, number, reason, page_request.person),
        "loader-refused",
    )


def end(page_request: PageRequest) -> Response:
    """Ask that a rule ends on a day."""

    def ended(number: int) -> object:
        until = day_in(page_request.form, "until")
        if until is None:
            message = "Write the last day on which the loader refuses it, such as 30/08/2026."
            raise DecisionRefusedError(message)
        return pipeline.end(page_request.services, number, until, page_request.person)

    return _decided(page_request, ended, "loader-proposed")


def _decided(page_request: PageRequest, act: Callable[[int], object], done: str) -> Response:
    try:
        act(page_request.request.path_params["number"])
    except MistypedError as error:
        return _page(page_request, error=str(error), status=400)
    except DecisionRefusedError as error:
        return _page(page_request, error=str(error), status=409)
    return RedirectResponse(f"{HERE}?done={done}", 303)


def _page(page_request: PageRequest, *, error: str = "", status: int = 200) -> Response:
    today = page_request.state.now().astimezone(LONDON).date()
    with page_request.services.store.reading() as tx:
        versions = {made.id: made.version for made in publications.every(tx)}
        lines = [_line(rule, versions, today) for rule in loader_rules.every(tx)]
    agreed = [line for line in lines if line.rule.state is LoaderRuleState.AGREED]
    return page(
        page_request,
        "list/loader.html",
        status=status,
        names=names,
        proposed=[line for line in lines if line.rule.state is LoaderRuleState.PROPOSED],
        agreed=[line for line in agreed if not line.is_over],
        past=[line for line in reversed(lines) if line.is_over or line.rule.state in _PAST],
        error=error,
        notice=page_request.notice,
    )


_PAST = frozenset({LoaderRuleState.REFUSED, LoaderRuleState.REPLACED})


def _line(rule: LoaderRule, versions: Mapping[int, str], today: date) -> Line:
    is_over = rule.state is LoaderRuleState.AGREED and rule.until is not None and rule.until < today
    return Line(rule, refusal_of(rule), versions.get(rule.publication, ""), is_over)


def _form(
    page_request: PageRequest,
    said: Rejection,
    typed: Mapping[str, str],
    *,
    error: str = "",
    at: str = "",
    status: int = 200,
) -> Response:
    suggested = [
        (refusal, f"{HERE}/new?{urlencode({'version': said.publication.version, **_as_typed(refusal)})}")
        for refusal in said.suggested
    ]
    return page(
        page_request,
        "list/loader_new.html",
        status=status,
        said=said,
        typed=typed,
        suggested=suggested,
        fields=[(name, column) for column, name in FIELDS],
        kinds=[
            (kind.name, f"{kind.value}{', in bytes' if kind is RefusalKind.LONGER else ''}") for kind in RefusalKind
        ],
        error=error,
        at=at,
    )


def _as_typed(refusal: SeenRefusal) -> dict[str, str]:
    return {"field": refusal.field, "kind": refusal.kind.name, "value": refusal.value}


def _refusal(typed: Mapping[str, str]) -> SeenRefusal:
    """The rule that a person wrote.

    Raises:
        MistypedError: something cannot be read.
    """
    since = day_in(typed, "since")
    if since is None:
        message = "Write the first day on which the loader refuses it, such as 30/08/2026."
        raise MistypedError(message, "since")
    name = typed.get("kind", "")
    return SeenRefusal(
        typed.get("field", ""),
        RefusalKind[name] if name in RefusalKind.__members__ else RefusalKind.VALUE,
        typed.get("value", "").strip(),
        Span(since, day_in(typed, "until")),
        " ".join(typed.get("reason", "").split()),
    )
