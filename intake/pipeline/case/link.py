"""Links a submission that is sent again to the one before it, in the thread or by the reference it quotes."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.addresses import first_address
from intake.domain.events import Linked, Resubmitted
from intake.domain.reference import references_in, typed_in
from intake.domain.submission import State
from intake.pipeline.case.thread import overtake, same_sender, tell_back
from intake.pipeline.services import Services
from intake.store import events, queue, submissions
from intake.store.engine import Transaction
from intake.store.submissions import NoSuchSubmissionError, Submission


@dataclass(frozen=True, slots=True)
class Link:
    """A submission that follows another one."""

    earlier: Submission
    by: str
    """``thread`` or ``reference``."""
    moved: State | None
    """Where the earlier one stood, if it came back to review by it."""


def find_link(tx: Transaction, held: Submission, opening: str) -> Link | None:
    """Tell which submission this one follows; it comes back to review, as another version of it has come.

    To be called before anything is appended to the ledger.

    Args:
        tx: the caller's transaction.
        held: the submission, already read.
        opening: the first lines of its own text.
    """
    answered = [_begun(tx, other) for other in queue.same_thread(tx, held.answered)]
    submission, by = _latest(held, answered or _copies(tx, held)), "thread"
    if submission is None:
        submission, by = _quoted(tx, held, f"{held.subject}\n{opening}"), "reference"
    if submission is None or previous_of(events.of_message(tx, held.id)) == submission.id:
        return None
    before = submissions.get(tx, submission.id, to_change=True)
    return Link(before, by, overtake(tx, before))


def _begun(tx: Transaction, other: Submission) -> Submission:
    """The message that begins the case of this one."""
    return other if other.thread is None else submissions.get(tx, other.thread)


def _copies(tx: Transaction, held: Submission) -> list[Submission]:
    """The same mail that came another way, as to two addresses of ours: each way writes other lines above it.

    Some programs give one Message-ID to all that they send, so sender and subject have to be the same too.
    """
    others = (other for other in queue.same_thread(tx, [held.message_id or ""]) if other.id < held.id)
    return [_begun(tx, other) for other in others if same_sender(other, held) and other.subject == held.subject]


def link(services: Services, tx: Transaction, follower: Submission, made: Link) -> None:
    """Record, in the caller's commit, which submission this one follows.

    Args:
        services: the edges.
        tx: the caller's transaction.
        follower: the submission, already read.
        made: what it follows.
    """
    now, submission = services.clock.now(), made.earlier
    linked = Linked(earlier=submission.reference, earlier_id=submission.id, by=made.by)
    events.append(tx, linked, at=now, message=follower.id)
    events.append(tx, Resubmitted(later=follower.reference, later_id=follower.id), at=now, message=submission.id)
    tell_back(services, tx, submission, made.moved, follower)


def previous_of(history: tuple[events.Event, ...]) -> int | None:
    """Find the submission that the one with this history follows."""
    told = [event.detail["earlier_id"] for event in history if event.name == Linked.name]
    return int(str(told[-1])) if told else None


def later_of(history: tuple[events.Event, ...]) -> tuple[int, ...]:
    """List the submissions that followed the one with this history."""
    return tuple(int(str(event.detail["later_id"])) for event in history if event.name == Resubmitted.name)


def _quoted(tx: Transaction, submission: Submission, text: str) -> Submission | None:
    """Find the sender's latest submission among the references quoted in the text."""
    sender, quoted_submissions, typed = _address(submission.sender), [], typed_in(text)
    for number in (*references_in(text), *([typed.number] if typed is not None and typed.sure else [])):
        try:
            quoted_submissions.append(_begun(tx, submissions.get(tx, number)))
        except NoSuchSubmissionError:
            continue
    return _latest(submission, [other for other in quoted_submissions if sender and _address(other.sender) == sender])


def _latest(submission: Submission, others: list[Submission]) -> Submission | None:
    """Give the latest earlier submission; filed mail does not count."""
    earlier = (
        other
        for other in others
        if other.id < submission.id and other.automatic is None and other.state is not State.FILED
    )
    return max(earlier, key=lambda other: other.id, default=None)


def _address(sender: str) -> str | None:
    address = first_address(sender)
    return address.casefold() if address else None
