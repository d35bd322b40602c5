"""Foresees, while a change is only asked for, that the version which holds it will be refused."""

from __future__ import annotations

from collections.abc import Sequence

from intake.clock import LONDON
from intake.pipeline.list.loader_rules import loader_now
from intake.pipeline.services import Services
from intake.publication.edition import Edition, Issue
from intake.publication.preflight import Blemish, preflight
from intake.register.applying import Applied


def foreseen(services: Services, made: Sequence[Applied]) -> tuple[Blemish, ...]:
    """Tell what of a change the next version is refused for, as far as these entries alone show it.

    Nothing is refused by it: a person may want the value, and hold the entry back.

    Raises:
        UnreachableError: the store did not answer.
    """
    if not made:
        return ()
    today = services.clock.now().astimezone(LONDON).date()
    before = Edition("", today, tuple(applied.before for applied in made if applied.before is not None))
    after = Edition("", today, tuple(applied.after for applied in made))
    with services.store.reading() as tx:
        data = loader_now(tx)
    return tuple(blemish for blemish in preflight(Issue(after, before), data) if blemish.refused)
