"""Which certificates end, where each notice stands, and what a person does about those that no program may send."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from intake.domain.review import DecisionRefusedError
from intake.pipeline.list import notify
from intake.pipeline.list.expiry import Outlook, Standing, outlook
from intake.register.expiry import TERMS, NoticeState
from intake.web.page_request import PageRequest
from intake.web.pages import page
from rules.certificate_number import alphanumeric

STATES: Mapping[str, tuple[str, str]] = {
    NoticeState.UPCOMING: ("upcoming", "grey"),
    NoticeState.DUE: ("due", "blue"),
    NoticeState.FOR_A_PERSON: ("for a person", "yellow"),
    NoticeState.QUEUED: ("on its way", "blue"),
    NoticeState.SENT: ("sent", "green"),
    NoticeState.SET_ASIDE: ("set aside", "grey"),
    NoticeState.OVER: ("over", "grey"),
}
"""What a state is called, and the colour of its tag."""
OPEN, EVERYTHING = "", "all"
_ATTACHED = 'attachment; filename="cpa-notices.{0}"'


@dataclass(frozen=True, slots=True)
class ExpiryQuery:
    """What narrows the table, as the address says it; what it says wrongly narrows nothing."""

    state: str = OPEN
    """A `NoticeState`, `EVERYTHING`, or `OPEN` for all but those about days that have passed."""
    term: str = ""
    until: date | None = None
    """Due by this day."""
    q: str = ""
    """A part of a certificate's number, or an entry's number."""

    @property
    def text(self) -> str:
        """As an address carries it."""
        selected = {
            "state": self.state,
            "term": self.term,
            "until": self.until.isoformat() if self.until else "",
            "q": self.q,
        }
        return urlencode({name: value for name, value in selected.items() if value})

    def keeps(self, standing: Standing) -> bool:
        """Tell whether a notice is among those asked for."""
        notice = standing.notice
        state = notice.state is not NoticeState.OVER if self.state == OPEN else self.state in {EVERYTHING, notice.state}
        term = self.term in {"", str(notice.term)}
        return state and term and (self.until is None or notice.due <= self.until) and self._finds(standing)

    def _finds(self, standing: Standing) -> bool:
        sought = alphanumeric(self.q)
        wanted = sought.zfill(6) in standing.notice.entries if sought.isdecimal() else False
        return not sought or wanted or sought in alphanumeric(standing.notice.certificate)


def read_query(page_request: PageRequest) -> ExpiryQuery:
    """Read what narrows the table."""
    state, term, until = (page_request.query(name) for name in ("state", "term", "until"))
    day = until if re.fullmatch(r"\d{4}-\d{2}-\d{2}", until, re.ASCII) else ""
    return ExpiryQuery(
        state if state in {EVERYTHING, *STATES} else OPEN,
        term if term in map(str, TERMS) else "",
        _day(day),
        page_request.query("q")[:100],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def show(page_request: PageRequest) -> Response:
    """Show the table, and before it what waits for a person."""
    return _shown(page_request)


def _shown(page_request: PageRequest, error: str = "", status: int = 200) -> Response:
    seen, query = outlook(page_request.services), read_query(page_request)
    return page(
        page_request,
        "list/expiry.html",
        status=status,
        error=error,
        query=query,
        states=STATES,
        terms=TERMS,
        work=[standing for standing in seen.standings if standing.notice.state is NoticeState.FOR_A_PERSON],
        lines=[standing for standing in seen.standings if query.keeps(standing)],
        without_day=seen.without_day,
    )


def csv(page_request: PageRequest) -> Response:
    """Send the table as CSV; whom notices go to stands in it for who may see that."""
    from intake.publication.notice_files import notices_csv  # noqa: PLC0415  # 3 MB that few processes ever need

    notices = [standing.notice for standing in _asked_for(page_request, outlook(page_request.services))]
    line_end = page_request.services.config.publish.csv_line_end
    content = notices_csv(notices, contacts=page_request.reads_evidence, line_end=line_end)
    return Response(content, media_type="text/csv", headers={"Content-Disposition": _ATTACHED.format("csv")})


def calendar(page_request: PageRequest) -> Response:
    """Send the days as a calendar, which names no contact."""
    from intake.publication.notice_files import notices_calendar  # noqa: PLC0415  # likewise

    notices = [standing.notice for standing in _asked_for(page_request, outlook(page_request.services))]
    headers = {"Content-Disposition": _ATTACHED.format("ics")}
    return Response(notices_calendar(notices), media_type="text/calendar", headers=headers)


def _asked_for(page_request: PageRequest, seen: Outlook) -> list[Standing]:
    query = read_query(page_request)
    return [standing for standing in seen.standings if query.keeps(standing)]


def send(page_request: PageRequest) -> Response:
    """Send a notice that was before this person."""
    key = page_request.form.get("key", "")
    return _settled(
        page_request, lambda: notify.send_after_all(page_request.services, key, page_request.person), "notice-sent"
    )


def set_aside(page_request: PageRequest) -> Response:
    """Decide that a notice that was before this person shall not be sent."""
    key, reason = page_request.form.get("key", ""), page_request.form.get("reason", "")
    return _settled(
        page_request,
        lambda: notify.set_aside(page_request.services, key, reason, page_request.person),
        "notice-set-aside",
    )


def _settled(page_request: PageRequest, settle: Callable[[], None], done: str) -> Response:
    try:
        settle()
    except DecisionRefusedError as error:
        return _shown(page_request, str(error), 409)
    return RedirectResponse(f"/list/expiry?done={done}", 303)
