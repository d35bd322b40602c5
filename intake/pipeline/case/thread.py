"""Finds the case that a message answers, and lets it join: it is looked at there and is no submission of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.domain.addresses import domain_of, first_address
from intake.domain.bounce import our_ids_in
from intake.domain.event import DomainEvent
from intake.domain.events import AcknowledgementNotOwed, CaseAnswered, JoinedCase, ProposalSuspended, QuestionAnswered
from intake.domain.filed import could_not_be_opened
from intake.domain.message import MessageKind
from intake.domain.reference import references_in, typed_in
from intake.domain.search_facts import of_address
from intake.domain.subject import plain_subject, recalled
from intake.domain.submission import WORKABLE, State
from intake.pipeline.case.drafts import give_back
from intake.pipeline.case.proposal import proposal
from intake.pipeline.services import Services
from intake.store import events, outbox, submissions, threads
from intake.store.engine import Transaction
from intake.store.schema import PROGRAM
from intake.store.submissions import NoSuchSubmissionError, Submission
from intake.store.threads import Known
from rules.facts import Document, NewEntry
from rules.own_words import own_sentences

_PAPERS = frozenset({"pdf", "image", "docx", "doc"})
"""A form is none of these, even where they cannot be read."""


def may_bring_a_form(documents: Iterable[Document], entries: Sequence[NewEntry], trouble: str | None) -> bool:
    """Tell whether it is a submission of its own: where that is not certain, it is acknowledged as one."""
    return bool(entries or trouble) or any(d.media not in _PAPERS and could_not_be_opened(d) for d in documents)


def attached(documents: Iterable[Document]) -> int:
    """Tell how many documents it brought, pictures of its text and messages that came back with it left out."""
    return sum(not document.inline and document.media != "message" for document in documents)


def join_at_receipt(tx: Transaction, recorded: Sequence[Submission]) -> list[Submission]:
    """Put new messages into the cases that they say they answer, until they have been read.

    So a decision that is taken meanwhile is refused, and an acknowledgement waits for the reading. In the order of
    their arrival; one may answer another of the same batch.
    """
    identities = {identity for new in recorded for identity in new.answered}
    quoted = any(references_in(new.subject) or typed_in(new.subject) or recalled(new.subject) for new in recorded)
    if not identities and not quoted:
        return list(recorded)
    by_identity, joined = threads.of_identities(tx, identities), dict[int, int]()
    after = []
    for new in recorded:
        case = _case(tx, new, by_identity, joined)
        if case is not None:
            joined[new.id] = case.id
            threads.join(tx, [new], case.id)
        after.append(new if case is None else replace(new, thread=case.id))
    return after


def find_case(tx: Transaction, submission: Submission, text: str, our_domain: str) -> Submission | None:
    """Give the case that a message which was read answers; None where it answers none.

    Args:
        tx: the caller's transaction.
        submission: the message.
        text: its own words and what it quotes, in which our references and our letters' ids are looked for too.
        our_domain: of our letters.
    """
    letters = [f"<{identity}@{our_domain}>" for identity in our_ids_in(text)]
    by_identity = threads.of_identities(tx, {*submission.answered, *letters})
    return _case(tx, submission, by_identity, {}, text=text, letters=letters)


def _case(
    tx: Transaction,
    submission: Submission,
    by_identity: Mapping[str, Known],
    joined: Mapping[int, int],
    *,
    text: str = "",
    letters: Sequence[str] = (),
) -> Submission | None:
    for other in _answered(tx, submission, by_identity, text, letters):
        number = joined.get(other.id, other.case)
        begins = other if number == other.id else submissions.get(tx, number)
        if begins.id < submission.id and is_a_case(begins):
            return begins
    return None


def _answered(
    tx: Transaction, submission: Submission, by_identity: Mapping[str, Known], text: str, letters: Sequence[str]
) -> Iterator[Submission]:
    """What the message names, the surest first."""
    yield from (by_identity[identity].submission for identity in submission.answered if identity in by_identity)
    yield from _numbered(tx, references_in(submission.subject))
    typed = typed_in(submission.subject)
    if typed is not None:  # two words that stand side by side are a reference from whom it may be expected alone
        yield from (named for named in _numbered(tx, [typed.number]) if typed.sure or same_domain(named, submission))
    yield from (by_identity[identity].submission for identity in letters if identity in by_identity)
    yield from _asked_back(tx, submission)
    typed = typed_in(" ".join(own_sentences(text)))
    quoted = (*references_in(text), *([] if typed is None else [typed.number]))
    # whoever guesses a number in a text has joined nothing
    yield from (named for named in _numbered(tx, quoted) if same_domain(named, submission))


def _asked_back(tx: Transaction, submission: Submission) -> Iterator[Submission]:
    """What Outlook's wish to have a message back is about: it names none, and repeats sender and subject."""
    subject, address = recalled(submission.subject), of_address(submission.sender)
    if subject and address is not None:
        sent = threads.sharing(tx, address, submission.id)
        yield from (earlier for earlier in sent if plain_subject(earlier.subject) == subject)


def has_written(tx: Transaction, submission: Submission) -> bool:
    """Tell whether a message's sender has a submission here already, by the address that both state."""
    address = of_address(submission.sender)
    return address is not None and any(map(is_a_case, threads.sharing(tx, address, submission.id)))


def _numbered(tx: Transaction, numbers: Iterable[int]) -> Iterator[Submission]:
    for number in numbers:
        try:
            yield submissions.get(tx, number)
        except NoSuchSubmissionError:
            continue


def is_a_case(begins: Submission) -> bool:
    """Mail that is only kept is no case: what answers it would be kept unseen."""
    if begins.disposed_at is not None:  # nobody could read what is answered
        return False
    return begins.automatic is None and begins.kind != MessageKind.OTHER and begins.state is not State.FILED


def same_sender(submission: Submission, other: Submission) -> bool:
    """Tell whether both say that they come from one address; what a header says proves nothing."""
    return _address(submission) is not None and _address(submission) == _address(other)


def same_domain(submission: Submission, other: Submission) -> bool:
    """Tell whether both say that they come from submission domain."""
    domains = {domain_of(_address(submission) or "") for submission in (submission, other)}
    return len(domains) == 1 and "" not in domains


def _address(submission: Submission) -> str | None:
    address = first_address(submission.sender)
    return address.casefold() if address else None


@dataclass(frozen=True, slots=True)
class Joining:
    """A message that joins a case, in the transaction that has locked both and the message's letter."""

    member: Submission
    case: Submission
    """As it was."""
    moved: State | None
    """Where the case stood, if it came back to review by it."""
    letter: outbox.QueuedLetter | None
    """The acknowledgement that is not owed."""


def begin_joining(tx: Transaction, member: Submission, case: Submission, *, answers_by_itself: bool) -> Joining:
    """Lock the case and bring it back to review; to be called before anything is appended to the ledger.

    An asked case has been answered, and a proposed approval has been overtaken: a person looks. Whoever sent the
    message, nothing is closed or approved by it. A machine's own answer only shows; other mail that bears a machine's
    mark may be what a person wrote by way of a ticket system, a list or a CRM.

    Args:
        tx: the caller's transaction.
        member: the message.
        case: that it joins.
        answers_by_itself: a machine answers, reports or repeats by it (`is_automatic_answer`).
    """
    case = submissions.get(tx, case.id, to_change=True)
    moved = None if answers_by_itself else back_to_review(tx, case)
    return Joining(member, case, moved, outbox.not_owed(tx, member.id))


def end_joining(services: Services, tx: Transaction, joining: Joining) -> None:
    """Write down that the message has joined, and what that did."""
    now, member, case = services.clock.now(), joining.member, joining.case
    if member.thread != case.id:
        threads.leave(tx, member)
        threads.join(tx, [member], case.id)
    events.append(tx, JoinedCase(case=case.reference), at=now, message=member.id)
    tell_case(services, tx, joining)


def tell_case(services: Services, tx: Transaction, joining: Joining, *, actor: str = PROGRAM) -> None:
    """Write down what a message's joining did to its letter and to the case."""
    now, member, case = services.clock.now(), joining.member, joining.case
    if joining.letter is not None:
        not_owed = AcknowledgementNotOwed(message_id=joining.letter.message_id, case=case.reference)
        events.append(tx, not_owed, at=now, message=member.id, actor=actor)
    answered = CaseAnswered(by=member.reference, same_sender=same_sender(member, case))
    events.append(tx, answered, at=now, message=case.id, actor=actor)
    tell_back(services, tx, joining.case, joining.moved, member, actor=actor)


def back_to_review(tx: Transaction, case: Submission) -> State | None:
    """Bring a locked case back that waits for an answer or a second person; gives where it stood, if it did.

    The letter of a proposal becomes a draft of the person who wrote it.

    To be called before anything is appended to the ledger.
    """
    if case.state not in {State.ASKED, State.PROPOSED}:
        return None
    made = proposal(events.of_message(tx, case.id)) if case.state is State.PROPOSED else None
    if made is not None:  # whoever wrote the letter need not write it again
        give_back(tx, case.id, made)
    submissions.move(tx, case, State.IN_REVIEW, proposed_by=None)
    return case.state


def overtake(tx: Transaction, case: Submission) -> State | None:
    """Bring a locked case back likewise; if it is in review, forms that were filled in on it are refused all the same.

    For what changes a case without being its newest message.
    """
    moved = back_to_review(tx, case)
    if moved is None and case.state not in WORKABLE:
        submissions.note(tx, case)
    return moved


def tell_back(
    services: Services,
    tx: Transaction,
    case: Submission,
    moved: State | None,
    by: Submission,
    *,
    actor: str = PROGRAM,
) -> None:
    """Say why a case is in review again; nothing where it is not.

    Args:
        services: the edges.
        tx: the caller's transaction.
        case: as it was.
        moved: where it stood, if it came back.
        by: the message that did it.
        actor: who acted, if it was a person.
    """
    if moved is None:
        return
    suspended = moved is State.PROPOSED
    back: DomainEvent = (
        ProposalSuspended(by=by.reference, proposed_by=case.proposed_by)
        if suspended
        else QuestionAnswered(by=by.reference)
    )
    events.append(tx, back, at=services.clock.now(), message=case.id, actor=actor)
