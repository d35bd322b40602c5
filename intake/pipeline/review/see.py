"""Notes that a person has looked at a case."""

from __future__ import annotations

from datetime import datetime

from intake.domain.event import DomainEvent
from intake.domain.events import CaseSeen
from intake.domain.people_events import CaseOpened
from intake.domain.reference import reference
from intake.pipeline.case.case import Case
from intake.pipeline.people import access
from intake.pipeline.services import Services
from intake.store import events, looks, mentions, threads
from intake.store.events import NewEvent
from intake.store.turns import serialize_writers


def see(services: Services, case: int, up_to: int, person: str) -> None:
    """Note that this person has looked at a case as far as this message; nothing is decided by it.

    Args:
        services: the edges.
        case: the message that begins it.
        up_to: the newest message that has joined it, or itself.
        person: who looked.

    Raises:
        UnreachableError: the store did not answer.
    """
    _note(services, case, person, shown=up_to, up_to=up_to, of_all=True)


def seen(services: Services, case: Case, person: str, *, decides: bool, since: datetime | None) -> None:
    """Note, where it is something new, that this person has been shown a case: all of it in one transaction.

    Args:
        services: the edges.
        case: as it was shown, to this person.
        person: who looked.
        decides: whether one look of this person is enough for all, as that of an auditor is not.
        since: when their session began, in which the first look is recorded; None where there is none.

    Raises:
        UnreachableError: the store did not answer.
    """
    number = case.submission.id
    opens = since is not None and access.opens(case, person, since)
    named = any(mention.person == person and not mention.seen for mention in case.mentions)
    if case.begins is not None:
        shown, of_all = None, False  # how far its case was looked at is noted where that begins
    else:
        of_all = decides and case.seen < max(number, case.newest)
        new = case.look is None or case.look.up_to < case.up_to or bool(case.conversation.news)
        shown = case.up_to if of_all or new else None
    if opens or named or shown is not None:
        _note(
            services,
            number,
            person,
            shown=shown,
            up_to=max(number, case.newest),
            of_all=of_all,
            first=(CaseOpened(),) if opens else (),
            named=named,
        )


def _note(
    services: Services,
    case: int,
    person: str,
    *,
    shown: int | None,
    up_to: int,
    of_all: bool,
    first: tuple[DomainEvent, ...] = (),
    named: bool = False,
) -> None:
    happenings, joined = list(first), of_all and up_to > case
    with services.store.transaction() as tx:
        now = services.clock.now()
        if first or joined:
            serialize_writers(tx)  # it is told to the ledger, and nobody waits there with a row in hand
        if named:
            mentions.see(tx, case, person, now)
        if shown is not None:
            looks.look(tx, person, case, shown, now)
        if of_all and threads.see(tx, case, up_to, person, now) and joined:
            happenings.append(CaseSeen(newest=reference(up_to)))
        events.append_all(tx, [NewEvent(happened, now, case, person) for happened in happenings])
