"""What tests of the desk share: a person's step on what is on the page now."""

from __future__ import annotations

from intake.pipeline.review.disposal import Disposal
from intake.pipeline.services import Services
from intake.store import events, submissions, threads
from intake.store.submissions import Submission


def now(services: Services, number: int) -> Submission:
    with services.store.reading() as tx:
        return submissions.get(tx, number)


def step(services: Services, number: int, *, reason: str = "as agreed by telephone", person: str = "Ada") -> Disposal:
    """A form filled in on the page as it is now."""
    with services.store.reading() as tx:
        return Disposal(person, reason, submissions.get(tx, number).version, threads.newest(tx, number))


def told(services: Services, number: int, name: str) -> dict[str, object]:
    """The detail of the newest event of this name, and who acted."""
    with services.store.reading() as tx:
        event = next(event for event in reversed(events.of_message(tx, number)) if event.name == name)
    return {**event.detail, "actor": event.actor}
