"""A person says which case a message belongs to: joins it to one, or splits it off as a case of its own."""

from __future__ import annotations

from intake.domain.automatic import may_be_a_persons
from intake.domain.desk_events import MemberTakenOut, ProposalSuspendedBySplit, PutIntoCase, SplitOff
from intake.domain.reference import reference
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.case.claims import refuse_if_held
from intake.pipeline.case.thread import Joining, is_a_case, overtake, tell_case
from intake.pipeline.review.disposal import Disposal, changing, check, in_work, locked, where_it_stands
from intake.pipeline.review.dispose import CLOSABLE
from intake.pipeline.services import Services
from intake.store import events, outbox, submissions, threads
from intake.store.claims import NO_CLAIM
from intake.store.engine import Transaction
from intake.store.submissions import NoSuchSubmissionError, Submission


def no_join(submission: Submission) -> str | None:
    """Say why a message can be put into no case at all; None where it can."""
    if submission.entries:
        return f"{submission.reference} brings a New Entry form, so it is a submission of its own."
    if submission.documents is None:
        return in_work(submission) or f"{submission.reference} has not been read, so it may bring a form."
    if submission.state in (CLOSABLE - {State.QUARANTINED}) | {State.FILED}:
        return None
    if submission.state is State.CLOSED:
        return f"{where_it_stands(submission)}; reopen it first."
    return in_work(submission) or f"{where_it_stands(submission)}, so it stays a case of its own."


def no_split(submission: Submission) -> str | None:
    """Say why a message cannot be split off; None where it can."""
    if submission.thread is None:
        return f"{submission.reference} is a case of its own already."
    if submission.state in {State.FILED, State.QUARANTINED}:
        return None
    return in_work(submission) or f"{where_it_stands(submission)}; it cannot be split off."


def join(services: Services, number: int, named: int, disposal: Disposal) -> Submission:
    """Put a message, and what has joined it, into the case that another message is of; gives that case.

    The case comes back to review where it was asked about or proposed for approval, and forms that were filled in on
    it before are refused.

    Args:
        services: the edges.
        number: of the message.
        named: the number of a message of the case, be it the one that begins it.
        disposal: who, and what was on the page; a reason may be given.

    Raises:
        DecisionRefusedError: it cannot be put there; the message is for the person on the page.
        NoSuchSubmissionError: there is no such message.
    """
    with changing(services) as tx:
        member = submissions.get(tx, number)
        case_number = _case_of(tx, named)
        left = [] if member.thread is None else [member.thread]
        along = [joined.id for joined in threads.messages_of(tx, number)]
        rows = locked(tx, number, case_number, *left, *along)
        member, case = rows[number], rows[case_number]
        check(services, member, disposal, no_join(member) or _no_place(member, case), reason_due=False)
        settled: dict[str, object] = {"report_sha256": None, "outcome": None, "proposed_by": None, **NO_CLAIM}
        settled["thread_set_by"] = disposal.person
        filed = member.state is State.FILED
        moved = (
            submissions.note(tx, member, **settled) if filed else submissions.move(tx, member, State.FILED, **settled)
        )
        before = rows[member.thread] if member.thread is not None else None
        suspended = None if before is None else overtake(tx, before)
        joining = Joining(moved, case, overtake(tx, case), outbox.not_owed(tx, number))
        put = PutIntoCase(
            case=case.reference, before=before.reference if before is not None else None, reason=disposal.reason.strip()
        )
        events.append(tx, put, at=services.clock.now(), message=number, actor=disposal.person)
        _taken_out(services, tx, before, suspended, moved, disposal.person)
        moving = [moved, *(rows[follower] for follower in along)]
        for message in moving:
            threads.leave(tx, message)
        threads.join(tx, moving, case.id)
        if may_be_a_persons(moved.automatic):
            threads.call_again(tx, case.id, number)
        tell_case(services, tx, joining, actor=disposal.person)
        return case


def split(services: Services, number: int, disposal: Disposal) -> Submission:
    """Make a message that has joined a case a case of its own: it is read, judged, and put before a person.

    Its acknowledgement, which was not owed while it answered a case, goes the usual way after the reading. A proposed
    approval of the case is suspended: who proposed it had seen another conversation than whoever would confirm it.

    Raises:
        DecisionRefusedError: it cannot be split off; the message is for the person on the page.
        NoSuchSubmissionError: there is no such message.
    """
    with changing(services) as tx:
        member = submissions.get(tx, number)
        rows = locked(tx, number, *([] if member.thread is None else [member.thread]))
        member = rows[number]
        check(services, member, disposal, no_split(member), reason_due=False)
        case = rows[member.case]
        refuse_if_held(case, disposal.person, services.clock.now())
        moved = submissions.move(tx, member, State.RECEIVED, thread_set_by=disposal.person, handed_over_at=None)
        suspended = overtake(tx, case)
        happened = SplitOff(case=case.reference, reason=disposal.reason.strip())
        events.append(tx, happened, at=services.clock.now(), message=number, actor=disposal.person)
        _taken_out(services, tx, case, suspended, moved, disposal.person)
        threads.leave(tx, moved)
        return moved


def _case_of(tx: Transaction, named: int) -> int:
    try:
        return submissions.get(tx, named).case
    except NoSuchSubmissionError as error:
        message = f"There is no {reference(named)}."
        raise DecisionRefusedError(message) from error


def _no_place(member: Submission, case: Submission) -> str | None:
    """Say why a message cannot be put into this very case."""
    if case.id == member.id:
        return f"{member.reference} begins that case itself."
    if case.id == member.thread:
        return f"{where_it_stands(member)} already."
    if case.id > member.id:
        return f"{case.reference} came later; open it, and join it to {member.reference}."
    if not is_a_case(case):
        return f"{case.reference} is only kept, so nobody would look at what is put there; reopen it first."
    return None


def _taken_out(
    services: Services,
    tx: Transaction,
    case: Submission | None,
    suspended: State | None,
    member: Submission,
    person: str,
) -> None:
    """Write down, on the case that it was in, that a message has left it."""
    if case is None:
        return
    now = services.clock.now()
    events.append(tx, MemberTakenOut(member=member.reference), at=now, message=case.id, actor=person)
    if suspended is not None:
        told = ProposalSuspendedBySplit(member=member.reference, proposed_by=case.proposed_by)
        events.append(tx, told, at=now, message=case.id, actor=person)
