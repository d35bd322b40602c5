"""Which entries of the list a submission led to, for its page."""

from __future__ import annotations

from dataclasses import dataclass

from intake.pipeline.services import Services
from intake.store import changes, listing
from intake.store.changes import ChangeState


@dataclass(frozen=True, slots=True)
class Entered:
    """A change that a submission led to."""

    change: int
    entries: tuple[str, ...]
    waits: bool
    """Whether it waits for a list, so that it has no number yet."""


def entered(services: Services, submission: int) -> list[Entered]:
    """List what a submission led to, by its forms.

    Raises:
        UnreachableError: the store did not answer.
    """
    with services.store.reading() as tx:
        return [
            Entered(one.id, listing.numbers_of(tx, one.id), one.state is ChangeState.WAITS)
            for one in changes.of_message(tx, submission)
        ]
