"""Events of the analyst's desk: what people do with a case besides deciding it."""

from __future__ import annotations

from intake.domain.event import DomainEvent, event


@event("Closed without a letter")
class Closed(DomainEvent):
    """A person has settled it with a reason, and nothing is written to anybody."""

    reason: str


@event("Assigned to {to}")
class Assigned(DomainEvent):
    """A person hands it to another, for whom it is claimed; `before` held it until then."""

    to: str
    before: str | None


@event("Reopened")
class Reopened(DomainEvent):
    """What was closed, returned or approved comes before a person again."""

    reason: str
