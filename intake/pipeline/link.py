"""Links a submission that is sent again to the one before it, in the thread or by the reference it quotes."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.addresses import first_address
from intake.domain.events import Linked, Resubmitted
from intake.domain.reference import references_in
from intake.domain.submission import State
from intake.pipeline.services import Services
from intake.pipeline.thread import bring_back
from intake.store import events, queue, submissions
from intake.store.engine import Transaction
from intake.store.submissions import NoSuchSubmissionError, Submission


@dataclass(frozen=True, slots=True)
class Link:
    """A submission that follows another one."""

    earlier: Submission
    by: str
    """``thread`` or ``reference``."""
    suspended: Submission | None
    """The earlier one as it was, where its approval was proposed and is not any more."""


def find_link(tx: Transaction, held: Submission, opening: str) -> Link | None:
    """Which submission this one follows; a proposed approval of it is suspended, as another version has come.

    To be called before anything is appended to the ledger.

    Args:
        tx: the caller's transaction.
        held: the submission, already read.
        opening: the first lines of its own text.
    """
    found, by = _latest(held, queue.same_thread(tx, held.answered)), "thread"
    if found is None:
        found, by = _quoted(tx, held, f"{held.subject}\n{opening}"), "reference"
    if found is None or previous_of(events.of_message(tx, held.id)) == found.id:
        return None
    before = submissions.get(tx, found.id, to_change=True)
    suspended = before if before.state is State.PROPOSED else None
    if suspended is not None:
        submissions.move(tx, before, State.IN_REVIEW, proposed_by=None)
    return Link(found, by, suspended)


def link(services: Services, tx: Transaction, held: Submission, made: Link) -> None:
    """Record, in the caller's commit, which submission this one follows.

    Args:
        services: the edges.
        tx: the caller's transaction.
        held: the submission, already read.
        made: what it follows.
    """
    now, found = services.clock.now(), made.earlier
    linked = Linked(earlier=found.reference, earlier_id=found.id, by=made.by)
    events.append(tx, linked, at=now, message=held.id)
    events.append(tx, Resubmitted(later=held.reference, later_id=held.id), at=now, message=found.id)
    if made.suspended is not None:
        bring_back(services, tx, found, State.PROPOSED, made.suspended.proposed_by, held)


def previous_of(history: tuple[events.Event, ...]) -> int | None:
    """The number of the submission that the one with this history follows."""
    told = [event.detail["earlier_id"] for event in history if event.name == Linked.name]
    return int(str(told[-1])) if told else None


def later_of(history: tuple[events.Event, ...]) -> tuple[int, ...]:
    """The numbers of the submissions that followed the one with this history."""
    return tuple(int(str(event.detail["later_id"])) for event in history if event.name == Resubmitted.name)


def _quoted(tx: Transaction, held: Submission, text: str) -> Submission | None:
    """The latest submission of the same sender among those whose references the text quotes."""
    sender, found = _address(held.sender), []
    for number in references_in(text):
        try:
            found.append(submissions.get(tx, number))
        except NoSuchSubmissionError:
            continue
    return _latest(held, [other for other in found if sender and _address(other.sender) == sender])


def _latest(held: Submission, others: list[Submission]) -> Submission | None:
    """The last that came before; mail that was only filed is no submission."""
    earlier = (
        other for other in others if other.id < held.id and other.automatic is None and other.state is not State.FILED
    )
    return max(earlier, key=lambda other: other.id, default=None)


def _address(sender: str) -> str | None:
    address = first_address(sender)
    return address.casefold() if address else None
