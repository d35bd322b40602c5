"""A person decides: status, event and letter in one commit, bound to the report the person saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from intake.clock import iso
from intake.domain import records
from intake.domain.events import (
    ApprovalProposed,
    Approved,
    Asked,
    Decided,
    ProposalWithdrawn,
    Retried,
    Returned,
)
from intake.domain.letter_difference import letter_difference
from intake.domain.reference import reference
from intake.domain.review import (
    Action,
    Decision,
    DecisionRefusedError,
    EntryDecision,
    Role,
    alike,
    made_of,
    placeholder_in,
    state_after,
    with_numbers,
)
from intake.domain.submission import DECIDABLE, State
from intake.pipeline.case.case import Case
from intake.pipeline.case.claims import refuse_if_held
from intake.pipeline.case.drafts import give_back
from intake.pipeline.case.known import known
from intake.pipeline.case.proposal import proposal
from intake.pipeline.list.enter import enter_approved
from intake.pipeline.outgoing.letters import queue_letter
from intake.pipeline.services import Services
from intake.render.entry_view import EntryView, entry_views
from intake.render.templates import letter
from intake.store import drafts, events, people, resolutions, submissions, threads
from intake.store.claims import NO_CLAIM
from intake.store.engine import Transaction
from intake.store.events import Event
from intake.store.submissions import LostLeaseError, Submission
from rules.facts import Dossier
from rules.finding import Report

_UNDECIDED = DECIDABLE | {State.QUARANTINED}
"""Where a person may still return it or ask about it."""
MOST_ENTRIES = 350
"""Entries that a page offers to decide one by one; a form has no room for more, and they are decided alike."""
_EVENTS: Mapping[State, type[Decided]] = {
    State.PROPOSED: ApprovalProposed,
    State.APPROVED: Approved,
    State.RETURNED: Returned,
    State.ASKED: Asked,
}


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a decision rests on, read before the commit."""

    version: int
    views: tuple[EntryView, ...]
    proposed: tuple[EntryDecision, ...]
    """What the proposal of approval would do with each of several entries."""
    dossier: Dossier | None


def decide(services: Services, number: int, decision: Decision) -> Submission:
    """Record the decision.

    Raises:
        DecisionRefusedError: it cannot be taken; the message is for the person on the page.
        NoSuchSubmissionError: there is no such submission.
        UnreachableError: an edge did not answer.
    """
    basis = _basis(services, known(services, number))  # the letter answers it
    try:
        with services.store.transaction() as tx:
            return _decide(services, tx, submissions.get(tx, number, to_change=True), decision, basis)
    except LostLeaseError as error:
        message = "The submission has just changed; look at it again before you decide."
        raise DecisionRefusedError(message) from error


def _decide(services: Services, tx: Transaction, before: Submission, decision: Decision, basis: _Basis) -> Submission:
    newest, now = threads.newest(tx, before.id), services.clock.now()
    refuse_if_held(before, decision.person, now)
    entries = _check(before, decision, newest, basis)
    if decision.action is Action.APPROVE and (unread := threads.unread(tx, before.id)) is not None:
        message = f"{reference(unread)} has come in on this case and is still being read; wait until it can be seen."
        raise DecisionRefusedError(message)
    to = state_after(
        decision.action,
        now=before.state,
        proposed_by=before.proposed_by,
        person=decision.person,
        four_eyes=services.config.review.four_eyes,
        may_confirm=may_confirm(services, tx, decision.person),
    )
    values: dict[str, object] = {"decided_by": decision.person, "decided_at": now, "proposed_by": None}
    if to is State.PROPOSED:
        values = {"proposed_by": decision.person}
    if to is State.APPROVED:
        values |= {"publish_due": services.calendar.publish_due(now), "proposed_by": before.proposed_by}
    if to is not State.ASKED:  # whoever asked works on the answer; of the rest the decider's part is done
        values |= NO_CLAIM
    moved = submissions.move(tx, before, to, **values)
    letter = decision.letter
    if to is State.APPROVED:
        letter = with_numbers(letter, _entered(tx, before, decision, entries, basis, now))
    decided = _EVENTS[to](
        report_sha256=decision.report_sha256,
        reason=decision.reason,
        letter=letter,
        thread=reference(newest) if newest else None,
        entries=tuple(decided.action.value for decided in entries),
    )
    if isinstance(decided, Approved) and moved.publish_due is not None:
        decided = msgspec.structs.replace(decided, publish_due=iso(moved.publish_due))
    if isinstance(decided, Approved) and before.state is State.PROPOSED:
        made = proposal(events.of_message(tx, before.id))
        decided = msgspec.structs.replace(
            decided, difference=letter_difference(made.letter, decision.letter) if made else ""
        )
    drafts.discard(tx, before.id, decision.person)
    if to is not State.PROPOSED:
        queue_letter(services, tx, moved, decision.action.value, letter)
    events.append(tx, decided, at=now, message=before.id, actor=decision.person)
    threads.see(tx, before.id, max(newest, before.id), decision.person, now)
    if to is not State.PROPOSED:
        resolutions.decide_entries(tx, before.id, entries, person=decision.person, at=now)
    return moved


def _entered(
    tx: Transaction,
    before: Submission,
    decision: Decision,
    entries: tuple[EntryDecision, ...],
    basis: _Basis,
    now: datetime,
) -> tuple[str, ...]:
    """Enter what is approved into the register; gives its numbers."""
    if basis.dossier is None:
        return ()
    chosen = entries or alike(Action.APPROVE, before.entries)
    approved = [decided.entry for decided in chosen if decided.action is Action.APPROVE]
    agreed_by = (before.proposed_by or decision.person, decision.person)
    return enter_approved(tx, basis.dossier, approved, agreed_by, before.id, now)


def may_confirm(services: Services, tx: Transaction, person: str) -> bool:
    """Tell whether a person's word makes an approval final, where it is not their own proposal."""
    if services.config.review.confirmed_by != "approver":
        return True
    account = people.find(tx, person)
    return account is not None and account.role is Role.APPROVER


def _check(before: Submission, decision: Decision, newest: int, basis: _Basis) -> tuple[EntryDecision, ...]:
    """Validate the decision; gives what it does with each of several entries."""
    entries: tuple[EntryDecision, ...] = ()
    if before.state not in (DECIDABLE if decision.action is Action.APPROVE else _UNDECIDED):
        message = f"{before.reference} is {before.state.replace('_', ' ')}; there is nothing to decide."
    elif decision.report_sha256 != (before.report_sha256 or ""):
        message = "The report has changed since you opened the page; look at it again before you decide."
    elif newest > decision.thread:
        message = f"A new message has come in on this case, {reference(newest)}; look at it before you decide."
    elif (decision.version or before.version) != before.version or basis.version != before.version:
        message = changed(before)
    elif decision.action is Action.APPROVE and before.entries == 0:
        message = "There is no New Entry form in this submission, so there is nothing to approve."
    elif message := _entries_fault(before, decision, entries := decision.of_each(before.entries), basis):
        pass
    elif decision.action is not Action.APPROVE and not decision.letter.strip():
        message = "The letter is empty; the submitter needs to know what to do."
    elif (placeholder := placeholder_in(decision.letter)) is not None:
        message = f"The letter still says “{placeholder}”. Put what you mean to say in its place."
    else:
        return entries
    raise DecisionRefusedError(message)


def _entries_fault(before: Submission, decision: Decision, entries: tuple[EntryDecision, ...], basis: _Basis) -> str:
    """Why the entries cannot be decided so; empty where they can."""
    if decision.action is not Action.APPROVE:
        return ""
    if before.state is State.PROPOSED and entries != basis.proposed:
        return "The approval that was proposed does something else with the entries; confirm it as it is, or return it."
    if decision.reason.strip() or not needs_reason(basis.views, entries):
        return ""
    if len(basis.views) == 1:
        return "The checks did not find this ready; say in the reason why you approve it all the same."
    return (
        "The checks did not find every entry ready that you approve; settle its points, or say in the reason why you "
        "approve it all the same."
    )


def needs_reason(views: Sequence[EntryView], entries: Sequence[EntryDecision] = ()) -> bool:
    """Tell whether an approval needs a reason: an approved entry is not ready, nor are all its points settled.

    Args:
        views: the entries of the submission.
        entries: what is decided of each; empty where all are approved.
    """
    approved = {
        decided.entry for decided in entries or alike(Action.APPROVE, len(views)) if decided.action is Action.APPROVE
    }
    return not views or any(view.needs_reason for view in views if view.number in approved)


def first_choice(case: Case, action: Action) -> tuple[EntryDecision, ...]:
    """Give what a page offers for each of several entries before a person has chosen; nothing for a single one.

    To approve: what is ready or settled is approved and the rest returned, unless that would return all.
    """
    submission = case.submission
    if not 1 < submission.entries <= MOST_ENTRIES or action is Action.ASK:
        return ()
    views = entry_views(case.dossier, case.report, case.resolutions)
    if action is Action.RETURN:
        return alike(Action.RETURN, len(views))
    if submission.state is State.PROPOSED:
        return proposed_entries(case.events)
    actions = (Action.RETURN if view.needs_reason else Action.APPROVE for view in views)
    chosen = tuple(EntryDecision(number, action) for number, action in enumerate(actions))
    return chosen if made_of(chosen) is Action.APPROVE else alike(Action.APPROVE, len(chosen))


def proposed_entries(history: Sequence[Event]) -> tuple[EntryDecision, ...]:
    """Give what the newest proposal of approval would do with each of several entries; nothing where there is none."""
    made = proposal(history)
    return made.entries if made is not None else ()


def _basis(services: Services, submission: Submission) -> _Basis:
    with services.store.reading() as tx:
        history = events.of_message(tx, submission.id)
        settled = resolutions.of_message(tx, submission.id)
    dossier, report = _evidence(services, submission)
    views = entry_views(dossier, report, settled)
    return _Basis(submission.version, views, proposed_entries(history), dossier)


def _evidence(services: Services, submission: Submission) -> tuple[Dossier | None, Report | None]:
    archive = services.archive
    dossier = records.dossier(archive.get(submission.dossier_sha256)) if submission.dossier_sha256 else None
    report = records.report(archive.get(submission.report_sha256)) if submission.report_sha256 else None
    return dossier, report


def changed(now: Submission) -> str:
    """Tell why a form filled in on an older state is not taken, as one posted twice, or after a colleague's step."""
    state = now.state.replace("_", " ")
    whose = f" and claimed by {now.claimed_by}" if now.claimed_by else ""
    return (
        f"{now.reference} has changed since you opened the page: it is {state}{whose}. Look at it again, then decide."
    )


def draft(case: Case, action: Action, entries: Sequence[EntryDecision] = ()) -> str:
    """Draft the letter from the report, without what people have settled.

    A proposed approval keeps the words of the person who proposed it.

    Args:
        case: the submission, with everything that is kept of it.
        action: that the letter tells of.
        entries: what is decided of each of several entries; empty where all are decided alike.
    """
    if action is Action.APPROVE and case.submission.state is State.PROPOSED:
        made = proposal(case.events)
        return made.letter if made else ""
    returned = (
        {decided.entry for decided in entries if decided.action is Action.RETURN} if action is Action.APPROVE else set()
    )
    facts = {"submission": case.submission, "dossier": case.dossier, "report": case.report}
    return letter(f"{action.value}.txt", **facts, resolutions=case.resolutions, returned=returned)


def retry(services: Services, number: int, person: str, *, filed: bool = True) -> None:
    """Queue a quarantined or, where `filed`, a filed message to be read and judged again.

    Raises:
        DecisionRefusedError: it is neither.
    """
    with services.store.transaction() as tx:
        before = submissions.get(tx, number, to_change=True)
        if before.state not in ({State.QUARANTINED, State.FILED} if filed else {State.QUARANTINED}):
            message = (
                f"{before.reference} is {before.state.replace('_', ' ')}; only what failed or was filed is retried."
            )
            raise DecisionRefusedError(message)
        submissions.move(tx, before, State.RECEIVED)
        events.append(tx, Retried(), at=services.clock.now(), message=number, actor=person)


def withdraw(services: Services, number: int, person: str) -> None:
    """Take back one's own proposal of approval; the submission is in review again, and no letter was written.

    Raises:
        DecisionRefusedError: there is no such proposal, or it is another person's.
        NoSuchSubmissionError: there is no such submission.
    """
    try:
        with services.store.transaction() as tx:
            before = submissions.get(tx, number)
            if before.state is not State.PROPOSED or before.proposed_by != person:
                message = "There is no proposal of yours to withdraw."
                raise DecisionRefusedError(message)
            made = proposal(events.of_message(tx, number))
            submissions.move(tx, before, State.IN_REVIEW, proposed_by=None)
            if made is not None:
                give_back(tx, number, made)
            events.append(tx, ProposalWithdrawn(), at=services.clock.now(), message=number, actor=person)
    except LostLeaseError as error:
        message = "The submission has just changed; look at it again."
        raise DecisionRefusedError(message) from error
