"""One request, as a page sees it: who asks, for what, with which form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request

from intake.domain.reference import number_of, reference
from intake.domain.review import DECIDERS, READERS, Role
from intake.pipeline.services import Services
from intake.store.sessions import Session
from intake.store.submissions import GREATEST, NoSuchSubmissionError
from intake.web import list_query, words
from intake.web.list_query import ListQuery

KEYS_COOKIE, KEYS_OFF = "cpl-keys", "off"
_OURS = "same-origin"
"""What a browser says where a page of ours has led; one that says nothing is believed."""
_MOST_DIGITS = 19
"""Of a reference as it is typed, noughts before it among them."""


def known_number(reference: str) -> int | None:
    """Parse a reference into its number; None where it is not one, or too large for any submission."""
    number = number_of(reference)
    return None if number is None or number > GREATEST else number


def typed_number(text: str) -> int | None:
    """Read what a person types as a reference, whole or its number alone (`CPL-42`, `42`); None where it is neither."""
    text = text.strip()
    digits = text.upper().removeprefix("CPL-")
    number = known_number(text)
    if number is None and digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS:
        number = int(digits)
    return number if number is not None and 0 < number <= GREATEST else None


def own_path(wanted: str) -> str:
    """Sanitise a path to go on to; anything that could lead elsewhere becomes the queue."""
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if ours else "/"


@dataclass(frozen=True, slots=True)
class AppState:
    """State shared by all requests."""

    services: Services
    demo_people: tuple[str, ...] = ()
    """Where there are any, a visitor is signed in as the first of them at once."""

    def now(self) -> datetime:
        """Give the current time by the services' clock."""
        return self.services.clock.now()


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One request with its session and its form."""

    request: Request
    state: AppState
    session: Session | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    """The fields of a POST; empty otherwise."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What a form brings by its fields, where the page takes a file."""

    @property
    def services(self) -> Services:
        """Give the pipeline's services."""
        return self.state.services

    @property
    def person(self) -> str:
        """Give the signed-in person's name; empty where there is none."""
        return self.session.person if self.session else ""

    @property
    def role(self) -> Role | None:
        """Give the signed-in person's role."""
        return self.session.role if self.session else None

    @property
    def decides(self) -> bool:
        """Tell whether this person may change anything."""
        return self.role in DECIDERS

    @property
    def confirms(self) -> bool:
        """Tell whether this person's word makes an approval final where only approvers' does."""
        return self.role is Role.APPROVER

    @property
    def reads_cases(self) -> bool:
        """Tell whether this person may open cases at all."""
        return self.role in READERS

    @property
    def audits(self) -> bool:
        """Tell whether this person may see what others did."""
        return self.role is Role.AUDITOR

    @property
    def of_ssc(self) -> bool:
        """Tell whether this person is of the Security Sub-Committee, who decide on removals."""
        return self.role is Role.SSC

    @property
    def address(self) -> str:
        """Give the address that the request comes from; empty where it has none."""
        return self.request.client.host if self.request.client else ""

    @property
    def browser(self) -> str:
        """Give what the browser calls itself."""
        return self.request.headers.get("user-agent", "")

    @property
    def reads_evidence(self) -> bool:
        """Tell whether this person may download documents."""
        return self.role in READERS

    @property
    def reads_notes(self) -> bool:
        """Tell whether this person may read what colleagues write to each other."""
        return self.role in READERS

    @property
    def here(self) -> str:
        """Give the path and query of this page."""
        query = self.request.url.query
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    @property
    def keys(self) -> bool:
        """Tell whether single keys act for this person (WCAG 2.1.4: they can be turned off)."""
        return self.request.cookies.get(KEYS_COOKIE) != KEYS_OFF

    def number(self) -> int:
        """Parse the submission's number from the URL.

        Raises:
            NoSuchSubmissionError: it names none.
        """
        number = known_number(self.request.path_params["reference"])
        if number is None:
            raise NoSuchSubmissionError(self.request.path_params["reference"])
        return number

    @property
    def came_from(self) -> ListQuery:
        """The list from which this page was opened, as its address says; the plain queue where it says nothing."""
        return list_query.read(self.request.query_params)

    @property
    def done(self) -> str:
        """Give the word for what this person has just done; empty where the address was not come to from our own page.

        An address that is passed on, kept or written by somebody else must not tell its reader that they did something.
        """
        return self.query("done") if self.request.headers.get("sec-fetch-site", _OURS) == _OURS else ""

    @property
    def notice(self) -> str:
        """What has just been done, in words, and to which submission where that is another one; empty if nothing."""
        notice, number = words.NOTICES.get(self.done, ""), known_number(self.query("of"))
        return f"{reference(number)}: {notice}" if notice and number is not None else notice

    def query(self, name: str) -> str:
        """Give a query parameter; empty where it is absent."""
        return self.request.query_params.get(name, "")
