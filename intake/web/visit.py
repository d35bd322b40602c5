"""One request, as a page sees it: who asks, for what, with which form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request

from intake.domain.reference import number_of
from intake.domain.review import Role
from intake.pipeline.services import Services
from intake.store.people import Session
from intake.store.submissions import GREATEST, NoSuchSubmissionError
from intake.web.evidence_summary import EvidenceSummaries
from intake.web.throttle import Throttle


def known_number(reference: str) -> int | None:
    """The number of a reference; None where it is none, or one that no submission can have."""
    number = number_of(reference)
    return None if number is None or number > GREATEST else number


@dataclass(frozen=True, slots=True)
class Site:
    """What every request shares."""

    services: Services
    throttle: Throttle
    summaries: EvidenceSummaries
    demo_people: tuple[str, ...] = ()
    """Where there are any, a visitor is signed in as the first of them at once."""

    def now(self) -> datetime:
        """The moment, by the services' clock."""
        return self.services.clock.now()


@dataclass(frozen=True, slots=True)
class Visit:
    """One request with its session and its form."""

    request: Request
    site: Site
    session: Session | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    """The fields of a POST; empty otherwise."""

    @property
    def services(self) -> Services:
        """What the pipeline works with."""
        return self.site.services

    @property
    def person(self) -> str:
        """The signed-in person's name; empty where nobody is."""
        return self.session.person if self.session else ""

    @property
    def role(self) -> Role | None:
        """What the signed-in person may do."""
        return self.session.role if self.session else None

    @property
    def decides(self) -> bool:
        """Whether this person may change anything here."""
        return self.role is Role.ANALYST

    @property
    def reads_evidence(self) -> bool:
        """Whether this person may take documents away."""
        return self.role in {Role.ANALYST, Role.AUDITOR}

    def number(self) -> int:
        """The submission that the address names.

        Raises:
            NoSuchSubmissionError: it names none.
        """
        number = known_number(self.request.path_params["reference"])
        if number is None:
            raise NoSuchSubmissionError(self.request.path_params["reference"])
        return number

    def query(self, name: str) -> str:
        """A parameter of the address; empty where it is absent."""
        return self.request.query_params.get(name, "")
