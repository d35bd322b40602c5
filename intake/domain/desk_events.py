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


@event("Sent back to {to}")
class SentBack(DomainEvent):
    """The second person wants a proposed approval changed; `reason` says how, to whoever proposed it."""

    to: str
    reason: str


@event("Note written")
class NoteWritten(DomainEvent):
    """A person has said something to colleagues; `form` is the form that it was written in."""

    text: str
    form: str


@event("Reopened")
class Reopened(DomainEvent):
    """What was closed, returned or approved comes before a person again."""

    reason: str
