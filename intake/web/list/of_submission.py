"""Which entries of the list a submission led to, for its page."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.store import changes, listing
from intake.store.changes import ChangeState
from intake.store.submissions import Submission


@dataclass(frozen=True, slots=True)
class Entered:
    """A change that a submission led to."""

    change: int
    entries: tuple[str, ...]
    waits: bool
    """Whether it waits for a list, so that it has no number yet."""


def entered(services: Services, submission: Submission) -> list[Entered]:
    """List what a submission led to, by its forms; only an approved one has led to anything.

    Raises:
        UnreachableError: the store did not answer.
    """
    if submission.state is not State.APPROVED:
        return []
    with services.store.reading() as tx:
        return [
            Entered(change.id, listing.numbers_of(tx, change.id), change.state is ChangeState.WAITS)
            for change in changes.of_message(tx, submission.id)
        ]
