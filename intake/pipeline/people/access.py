"""Keeps on record who looked at what is restricted, who took it away, and who was refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from intake.domain.event import DomainEvent
from intake.domain.people_events import AccessRefused, CaseOpened, DocumentViewed, Downloaded
from intake.pipeline.case.case import Case
from intake.pipeline.services import Services
from intake.store import events

LONGEST = 200
"""Characters of an address of ours that a refusal tells."""


def opens(case: Case, person: str, since: datetime) -> bool:
    """Tell whether a look at a case is to be recorded: the first since this moment, at which the session began."""
    number = case.submission.id
    mine = (event for event in case.events if event.name == CaseOpened.name and event.actor == person)
    return not any(event.message == number and event.at >= since for event in mine)


def viewed(services: Services, number: int, person: str, shown: Iterable[tuple[str, str]], since: datetime) -> None:
    """Record that documents of a case were shown to a person, each once since this moment.

    Args:
        services: the edges.
        number: of the submission.
        person: who looked.
        shown: each document's name and digest.
        since: when the person's session began.
    """
    with services.store.reading() as tx:
        seen_before = {
            happened.detail.get("sha256") for happened in events.did(tx, number, person, DocumentViewed.name, since)
        }
    for sha256, what in {sha256: what for what, sha256 in shown}.items():
        if sha256 not in seen_before:
            _record(services, DocumentViewed(what=what, sha256=sha256), person, number)


def downloaded(services: Services, person: str, what: str, content: bytes, number: int | None = None) -> None:
    """Record that a person takes these bytes away."""
    _record(services, Downloaded(what=what, sha256=hashlib.sha256(content).hexdigest()), person, number)


def refused(services: Services, person: str, method: str, path: str, why: str) -> None:
    """Record that somebody who is signed in asked for what is not for them."""
    _record(services, AccessRefused(method=method, path=path[:LONGEST], why=why), person)


def _record(services: Services, happened: DomainEvent, person: str, number: int | None = None) -> None:
    with services.store.transaction() as tx:
        events.append(tx, happened, at=services.clock.now(), message=number, actor=person)
