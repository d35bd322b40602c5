"""Reads a message into its dossier, in a child process; archives the dossier and, where it can, its report with it."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from intake import faults
from intake.domain import records
from intake.domain.authentication import sender_checks
from intake.domain.envelope import Envelope, read_envelope
from intake.domain.events import AcknowledgementHeld, Extracted, ReaderEnded, ReaderStumbled
from intake.domain.filed import could_not_be_opened, is_no_submission
from intake.domain.message import MessageKind
from intake.domain.submission import WORKABLE, State
from intake.extract.reader import Reading, read_message, stumbled_over
from intake.pipeline.arrival.acknowledge import acknowledge, after_reading
from intake.pipeline.case import summarise
from intake.pipeline.case.bounces import settle_bounce
from intake.pipeline.case.known import with_envelope
from intake.pipeline.case.link import Link, find_link, link
from intake.pipeline.case.thread import (
    Joining,
    attached,
    begin_joining,
    end_joining,
    find_case,
    has_written,
    may_bring_a_form,
)
from intake.pipeline.reading.answers import answers_by_itself
from intake.pipeline.reading.assemble import Headers, Register, assemble
from intake.pipeline.reading.examine import Judged, Then, no_more, open_review
from intake.pipeline.reading.refresh import remember
from intake.pipeline.services import Services
from intake.signatures.trust_settings import configured
from intake.store import events, names, outbox, resolutions, submissions, threads
from intake.store.engine import Transaction
from intake.store.outbox import QueuedLetter
from intake.store.submissions import Submission
from rules.examine import examine as judge
from rules.facts import ConfirmedName, Dossier
from rules.finding import Report
from rules.sender_facts import SenderCheck
from rules.signature import creator

log = structlog.get_logger()


def extract(services: Services, submission: Submission, then: Then = no_more) -> Submission:
    """Take one received message a step further.

    Raises:
        UnreachableError: an edge did not answer.
        LostLeaseError: somebody else did this meanwhile.
    """
    return _take_apart(services, submission, then, judges=False)


def extract_and_examine(services: Services, submission: Submission, then: Then = no_more) -> Submission:
    """Take one received message a step further, two steps where it is certain beforehand that it will be judged.

    Both are one commit then, and one piece of work for the archive. What judging raises is for its own step to tell.

    Raises:
        UnreachableError: an edge did not answer.
        LostLeaseError: somebody else did this meanwhile.
    """
    return _take_apart(services, submission, then, judges=True)


def _take_apart(services: Services, submission: Submission, then: Then, *, judges: bool) -> Submission:
    raw = services.archive.get(submission.raw_sha256)
    with faults.gathered() as met:
        envelope = read_envelope(raw)
        stated = sender_checks(envelope.authentication_results, services.config.authentication.trusted_servers)
    reading = stumbled_over(_read(services, submission, raw, envelope), met)
    stored = _stored(services, submission, reading)
    dossier = _assembled(services, submission, envelope, stated, reading, stored)
    submission = with_envelope(submission, envelope)
    kept_only = is_no_submission(dossier) and not reading.faults and not _wanted(submission)
    certain = judges and _brings_a_form(reading) and not kept_only and not stored.corrected
    dossier_sha256, judged = _archived(services, dossier, _report(dossier) if certain else None)
    with services.store.transaction() as tx:
        case = _case(services, tx, submission, reading, kept_only=kept_only)
        filed = case is not None or kept_only
        moved = submissions.move(
            tx,
            submission,
            State.FILED if filed else State.EXTRACTED,
            kind=_kind(dossier),
            dossier_sha256=dossier_sha256,
            report_sha256=None,  # an earlier report is of the earlier dossier
            outcome=None,
            entries=len(dossier.entries),
            documents=attached(dossier.documents),
        )
        if judged is None:
            summarise.read(tx, moved.id, dossier)
        consequences = _consequences(services, tx, moved, case, reading, dossier)
        _record(services, tx, moved, reading)
        _follow_up(services, tx, moved, reading, consequences)
        if _is_owed_a_receipt(moved, reading):
            acknowledge(services, tx, [(moved, envelope)])
        if judged is not None:
            moved = open_review(services, tx, moved, judged, judged.events)
        if moved.state not in WORKABLE:
            then(tx)
    for fault in reading.faults:
        log.error(ReaderStumbled.name, reference=submission.reference, error=fault.kind, where=fault.place)
    return moved


def _brings_a_form(reading: Reading) -> bool:
    return may_bring_a_form(reading.documents, reading.entries, reading.trouble)


def _report(dossier: Dossier) -> Report | None:
    """Judge at once what nobody has corrected; None where that fails."""
    try:
        return judge(dossier)
    except Exception:  # noqa: BLE001  # raised and counted by the step that does nothing else
        return None


def _archived(services: Services, dossier: Dossier, report: Report | None) -> tuple[str, Judged | None]:
    """Archive what was read and how it was judged, together."""
    if report is None:
        return services.archive.put_all([records.encode(dossier)])[0], None
    dossier_sha256, report_sha256 = services.archive.put_all([records.encode(dossier), records.encode(report)])
    return dossier_sha256, Judged(dossier_sha256, report_sha256, report, dossier, corrections=())


def _read(services: Services, submission: Submission, raw: bytes, envelope: Envelope) -> Reading:
    """Read the message as of its arrival, and remember whose revocation was asked about."""
    keys = services.dkim_keys(envelope.dkim_keys) if services.dkim_keys is not None else None
    trust_settings = configured(services.config, submission.received_at)
    reading = read_message(services.sandbox, raw, services.config.limits, trust_settings, keys)
    remember(services.config, reading)
    return reading


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the store has that belongs into a dossier, or stands against judging it at once."""

    register: Register
    confirmed_names: tuple[ConfirmedName, ...]
    """Those of the signing organisations."""
    corrected: bool
    """People have settled or corrected something of the submission."""
    writes_again: bool
    """Its sender's address has a submission here already."""


def _stored(services: Services, submission: Submission, reading: Reading) -> _Stored:
    """Read it, at one moment."""
    signed = {signature.signer.organisation for document in reading.documents for signature in document.signatures}
    with services.store.reading() as tx:
        return _Stored(
            register=services.listing.entries(tx),
            confirmed_names=creator.concerning(names.confirmed(tx), signed) if any(signed) else (),
            corrected=bool(resolutions.of_message(tx, submission.id)),
            writes_again=submission.kind == MessageKind.OTHER and has_written(tx, submission),
        )


def _assembled(
    services: Services,
    submission: Submission,
    envelope: Envelope,
    stated: tuple[SenderCheck, ...],
    reading: Reading,
    stored: _Stored,
) -> Dossier:
    headers = Headers(
        kind=MessageKind(submission.kind),
        kind_is_said=submission.kind_set_by is not None,
        subject=submission.subject,
        sender=submission.sender,
        automatic=submission.automatic is not None,
        automatic_answer=answers_by_itself(envelope, services.our_addresses, submission.automatic, reading),
        sender_checks=tuple(stated),
        writes_again=stored.writes_again,
    )
    judged_at, confirmed = submission.received_at, stored.confirmed_names
    return assemble(reading, headers, judged_at=judged_at, register=stored.register, confirmed_names=confirmed)


def _wanted(submission: Submission) -> bool:
    """Whether a person has said that it is to be looked at by itself, whatever the program makes of it."""
    split_off = submission.thread_set_by is not None and submission.thread is None
    return split_off or (submission.kind_set_by is not None and submission.kind != MessageKind.OTHER)


def _kind(dossier: Dossier) -> str:
    return dossier.message.kind if dossier.message is not None else MessageKind.UNCLEAR


def _record(services: Services, tx: Transaction, moved: Submission, reading: Reading) -> None:
    """Append what reading it came to; where a child had to be ended or our program failed, that too."""
    now = services.clock.now()
    if reading.ended:
        ended = ReaderEnded(times=len(reading.ended), why=" ".join(sorted(set(reading.ended))))
        events.append(tx, ended, at=now, message=moved.id)
    if reading.faults:
        what = "; ".join(map(str, reading.faults))
        events.append(tx, ReaderStumbled(times=len(reading.faults), what=what), at=now, message=moved.id)
    extracted = Extracted(
        entries=len(reading.entries),
        trouble=reading.trouble,
        dossier_sha256=moved.dossier_sha256 or "",
        kind=MessageKind(moved.kind),
        documents=len(reading.documents),
        filed=moved.state is State.FILED,
    )
    events.append(tx, extracted, at=now, message=moved.id)


@dataclass(frozen=True, slots=True)
class _Consequences:
    """What the message does to others: their rows are locked before anything is appended to the ledger."""

    joining: Joining | None
    """The case that it joins."""
    held_letter: QueuedLetter | None
    """Its own acknowledgement, where reading it told that a machine may have written it."""
    linked: Link | None
    """The submission that it follows."""


def _case(
    services: Services, tx: Transaction, submission: Submission, reading: Reading, *, kept_only: bool
) -> Submission | None:
    """The case that it answers without being a submission of its own; a person's word on that stands."""
    if _brings_a_form(reading) and not kept_only:
        return None
    if submission.thread_set_by is not None:
        return None if submission.thread is None else submissions.get(tx, submission.thread)
    domain, report = services.config.outgoing.domain, reading.report
    brought_back = " ".join(f"<{named}@{domain}>" for named in report.named) if report is not None else ""
    return find_case(tx, submission, f"{reading.text}\n{brought_back}", domain)


def _is_owed_a_receipt(moved: Submission, reading: Reading) -> bool:
    """Whether only its content told that it may be a submission; what was told by its subject has its receipt."""
    if moved.state is not State.EXTRACTED:
        return False
    if moved.automatic is not None:
        return bool(reading.entries) or any(map(could_not_be_opened, reading.documents))
    return moved.kind == MessageKind.UNCLEAR and bool(reading.entries)


def _consequences(
    services: Services,
    tx: Transaction,
    moved: Submission,
    case: Submission | None,
    reading: Reading,
    dossier: Dossier,
) -> _Consequences:
    split_off = moved.thread_set_by is not None and moved.thread is None
    brings = bool(reading.entries if moved.automatic is not None else reading.documents or reading.trouble)
    follows = brings and moved.state is State.EXTRACTED and not split_off
    return _Consequences(
        joining=None if case is None else begin_joining(tx, moved, case, answers_by_itself=_answers_by_itself(dossier)),
        held_letter=after_reading(services, tx, moved) if case is None else None,
        linked=find_link(tx, moved, reading.opening) if follows else None,
    )


def _follow_up(
    services: Services, tx: Transaction, moved: Submission, reading: Reading, consequences: _Consequences
) -> None:
    """Write down what it does to its letter, its case, the submission that it follows, and the letter it reports on."""
    letter = consequences.held_letter
    if letter is not None:
        event = AcknowledgementHeld(
            message_id=letter.message_id,
            reason=letter.hold_reason,
            letter_sha256=outbox.digest(letter.content),
        )
        events.append(tx, event, at=services.clock.now(), message=moved.id)
    if consequences.joining is not None:
        end_joining(services, tx, consequences.joining)
    elif moved.thread is not None:
        threads.leave(tx, moved)
    if consequences.linked is not None:
        link(services, tx, moved, consequences.linked)
    if reading.report is not None and (moved.automatic is not None or consequences.joining is not None):
        settle_bounce(services, tx, moved, reading.report)


def _answers_by_itself(dossier: Dossier) -> bool:
    return dossier.message is not None and dossier.message.automatic_answer
