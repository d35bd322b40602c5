"""Notes that a person has looked at a case."""

from __future__ import annotations

from intake.domain.events import CaseSeen
from intake.domain.reference import reference
from intake.pipeline.services import Services
from intake.store import events, threads


def see(services: Services, case: int, up_to: int, person: str) -> None:
    """Note that this person has looked at a case as far as this message; nothing is decided by it.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.transaction() as tx:
        now = services.clock.now()
        if threads.see(tx, case, up_to, person, now) and up_to > case:
            events.append(tx, CaseSeen(newest=reference(up_to)), at=now, message=case, actor=person)
