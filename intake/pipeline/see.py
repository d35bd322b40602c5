"""Notes that a person has looked at a case."""

from __future__ import annotations

from intake.domain.events import CaseSeen
from intake.domain.reference import reference
from intake.pipeline.case import Case
from intake.pipeline.services import Services
from intake.store import events, looks, threads
from intake.store.turns import serialize_writers


def see(services: Services, case: int, up_to: int, person: str, *, shown: int | None = None) -> None:
    """Note that this person has looked at a case as far as this message; nothing is decided by it.

    Args:
        services: the edges.
        case: the message that begins it.
        up_to: the newest message that has joined it, or itself.
        person: who looked.
        shown: the newest message on its page, where that is another.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.transaction() as tx:
        now = services.clock.now()
        if up_to > case:
            serialize_writers(tx)  # it may be told to the ledger, and nobody waits there with a row in hand
        looks.look(tx, person, case, up_to if shown is None else shown, now)
        if threads.see(tx, case, up_to, person, now) and up_to > case:
            events.append(tx, CaseSeen(newest=reference(up_to)), at=now, message=case, actor=person)


def seen(services: Services, case: Case, person: str, *, decides: bool) -> None:
    """Note, where it is something new, that this person has been shown a case.

    Args:
        services: the edges.
        case: as it was shown, to this person.
        person: who looked.
        decides: whether one look of this person is enough for all, as that of an auditor is not.

    Raises:
        UnreachableError: the store did not answer.
    """
    submission = case.submission
    if case.begins is not None:
        return
    up_to = max(submission.id, case.newest)
    if decides and case.seen < up_to:
        see(services, submission.id, up_to, person, shown=case.up_to)
    elif case.look is None or case.look.up_to < case.up_to or case.conversation.news:
        with services.store.transaction() as tx:
            looks.look(tx, person, submission.id, case.up_to, services.clock.now())
