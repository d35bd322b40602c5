"""A person settles a point of the report, or corrects a misread value; the report that was written stays as it is.

A point that is accepted or overruled stays in the report and is only shown as settled. A corrected value makes another
dossier, kept beside the one that was read, and another report. Both can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from intake.domain import records
from intake.domain.desk_events import PointAccepted, PointOverruled, ResolutionWithdrawn, ValueCorrected
from intake.domain.events import Extracted
from intake.domain.resolution import Resolution, ResolutionKind, corrections_of
from intake.domain.review import DecisionRefusedError
from intake.domain.submission import State
from intake.pipeline.case import summarise
from intake.pipeline.case.claims import refuse_if_held
from intake.pipeline.reading.examine import Judged, judged_with
from intake.pipeline.services import Services
from intake.render.entry_view import EntryView, entry_views
from intake.store import events, resolutions, submissions, threads
from intake.store.engine import Transaction
from intake.store.events import Event
from intake.store.submissions import LostLeaseError, Submission
from rules.corrections import Correction, refusal, values_of
from rules.facts import Document, DocumentKind, Dossier
from rules.finding import Report

OPEN = frozenset({State.IN_REVIEW, State.ASKED})
"""Where findings are settled: nobody has decided, and no proposal rests on them."""
LONGEST_REASON = 4_000
"""Characters."""
_CHANGED = "The submission has just changed; look at it again."
_EVENTS = {ResolutionKind.ACCEPTED: PointAccepted, ResolutionKind.OVERRULED: PointOverruled}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document or message of the case that a person may point to."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person says of a point."""

    entry: int
    """Counted from 0."""
    point: str
    """Its key, as it was on the page."""
    kind: ResolutionKind
    """Accepted or overruled."""
    reason: str
    evidence: str = ""
    """The digest of the document or message of the case that shows it; empty where a point is overruled without."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as a person reads it."""

    entry: int
    """The entry that the person looked at, counted from 0; a form's cell is that entry's."""
    document_sha256: str
    kind: DocumentKind
    """Of the document: the form, or what certificate it is."""
    subject: str
    """The certificate's label, or the form's field."""
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Basis:
    """What is known before anything is settled."""

    submission: Submission
    resolutions: tuple[Resolution, ...]
    history: tuple[Event, ...]
    members: tuple[Submission, ...]

    @property
    def read_sha256(self) -> str:
        """The digest of the dossier as it was read, without corrections."""
        names = {Extracted.name: "dossier_sha256", ValueCorrected.name: "read_sha256"}
        read = (str(event.detail[names[event.name]]) for event in reversed(self.history) if event.name in names)
        return next(read, self.submission.dossier_sha256 or "")


def settle(services: Services, number: int, settlement: Settlement, person: str) -> Submission:
    """Accept or overrule a point of the report.

    Raises:
        DecisionRefusedError: it cannot be settled so; the message is for the person on the page.
        NoSuchSubmissionError: there is no such submission.
        UnreachableError: an edge did not answer.
    """
    basis = _basis(services, number)
    _reasoned(settlement.reason)
    views = _views(services, basis)
    view = views[settlement.entry] if 0 <= settlement.entry < len(views) else None
    point = next((point for point in view.points if point.key == settlement.point), None) if view else None
    if point is None:
        message = "This point is no longer in the report as you saw it; look at the submission again."
        raise DecisionRefusedError(message)
    if point.correction:
        message = "This names a correction. Take the correction back if it does not hold."
        raise DecisionRefusedError(message)
    if point.settled:
        message = "This point has been settled already; take that back first."
        raise DecisionRefusedError(message)
    shown = _evidence(services, basis, settlement.evidence)
    if shown is None and settlement.kind is ResolutionKind.ACCEPTED:
        message = "Choose what shows it; what nothing of this case shows may be overruled."
        raise DecisionRefusedError(message)
    happened = _EVENTS[settlement.kind](
        entry=settlement.entry,
        key=point.key,
        point=point.message,
        reason=settlement.reason.strip(),
        document=shown.name if shown else None,
        document_sha256=shown.sha256 if shown else None,
    )
    new = Resolution(
        id=0,
        entry=settlement.entry,
        kind=settlement.kind,
        subject=point.message,
        point=point.key,
        document=happened.document,
        document_sha256=happened.document_sha256,
        reason=happened.reason,
        person=person,
        at=services.clock.now(),
    )
    judged = _as_judged(services, basis)
    with _changing(services, basis, person) as (tx, before):
        resolutions.add(tx, number, new)
        moved = submissions.note(tx, before)
        _summarise(tx, number, judged)
        events.append(tx, happened, at=new.at, message=number, actor=person)
    return moved


def correct_value(services: Services, number: int, reading: Reading, person: str) -> Submission:
    """Put what a document really shows in the place of what was read, and judge the submission again.

    Raises:
        DecisionRefusedError: it cannot be corrected so; the message is for the person on the page.
        NoSuchSubmissionError: there is no such submission.
        UnreachableError: an edge did not answer.
    """
    basis = _basis(services, number)
    _reasoned(reading.reason)
    read = records.dossier(services.archive.get(basis.read_sha256))
    made = _correction(read, reading, person)
    before = corrections_of(basis.resolutions)
    refused = refusal(read, made) or _beside(made, before)
    if refused is not None:
        raise DecisionRefusedError(refused)
    judged = judged_with(services, basis.read_sha256, (*before, made))
    new = Resolution(
        id=0,
        entry=reading.entry,
        kind=ResolutionKind.CORRECTED,
        subject=made.subject,
        value=made.value,
        original=made.original,
        document=made.document,
        document_sha256=made.sha256,
        document_kind=made.kind,
        reason=reading.reason.strip(),
        person=person,
        at=services.clock.now(),
    )
    happened = ValueCorrected(
        entry=reading.entry,
        document=made.document,
        document_sha256=made.sha256,
        label=made.subject,
        original=made.original,
        value=made.value,
        reason=new.reason,
        read_sha256=basis.read_sha256,
        dossier_sha256=judged.dossier_sha256,
    )
    with _changing(services, basis, person) as (tx, unchanged):
        resolutions.add(tx, number, new)
        _summarise(tx, number, (judged.dossier, judged.report))
        return _judged_again(tx, unchanged, judged, events.NewEvent(happened, new.at, number, person))


def withdraw(services: Services, number: int, resolution: int, person: str) -> Submission:
    """Take back what was settled or corrected; after a correction the submission is judged again without it.

    Raises:
        DecisionRefusedError: there is no such thing to take back, or not any more.
        NoSuchSubmissionError: there is no such submission.
        UnreachableError: an edge did not answer.
    """
    basis, now = _basis(services, number), services.clock.now()
    withdrawn = next(
        (earlier for earlier in basis.resolutions if earlier.id == resolution and earlier.active),
        None,
    )
    if withdrawn is None:
        message = "This has been taken back already."
        raise DecisionRefusedError(message)
    judged = None
    if withdrawn.correction is not None:
        left = corrections_of(earlier for earlier in basis.resolutions if earlier is not withdrawn)
        judged = judged_with(services, basis.read_sha256, left)
    happened = ResolutionWithdrawn(
        entry=withdrawn.entry,
        what=withdrawn.what,
        by=withdrawn.person,
        read_sha256=basis.read_sha256 if judged else None,
        dossier_sha256=judged.dossier_sha256 if judged else None,
    )
    shown = (judged.dossier, judged.report) if judged else _as_judged(services, basis)
    with _changing(services, basis, person) as (tx, before):
        if not resolutions.withdraw(tx, withdrawn.id, person=person, at=now):
            raise DecisionRefusedError(_CHANGED)
        _summarise(tx, number, shown)
        return _judged_again(tx, before, judged, events.NewEvent(happened, now, number, person))


def evidence_of(
    submission: Submission, dossier: Dossier | None, members: Sequence[Submission] = ()
) -> tuple[Evidence, ...]:
    """List what a person may point to: the documents of the message, itself, and what has joined its case."""
    documents = (Evidence(document.name, document.sha256) for document in (dossier.documents if dossier else ()))
    mails = (Evidence(f"the message {piece.reference}", piece.raw_sha256) for piece in (submission, *members))
    return tuple({piece.sha256: piece for piece in (*documents, *mails)}.values())


def _basis(services: Services, number: int) -> _Basis:
    with services.store.reading() as tx:
        submission = submissions.get(tx, number)
        return _Basis(
            submission,
            resolutions.of_message(tx, number),
            events.of_message(tx, number),
            threads.messages_of(tx, number),
        )


@contextmanager
def _changing(services: Services, basis: _Basis, person: str) -> Iterator[tuple[Transaction, Submission]]:
    """One commit on the submission as it was looked at.

    Raises:
        DecisionRefusedError: it is another now, a colleague works on it, or nothing is to be settled there any more.
    """
    try:
        with services.store.transaction() as tx:
            before = submissions.get(tx, basis.submission.id, to_change=True)
            if before.state is State.PROPOSED:
                message = "Approval is proposed on what was settled so far. It must be taken back before that changes."
                raise DecisionRefusedError(message)
            if before.state not in OPEN:
                message = f"{before.reference} is {before.state.replace('_', ' ')}; there is nothing to settle."
                raise DecisionRefusedError(message)
            if before.version != basis.submission.version:
                raise DecisionRefusedError(_CHANGED)
            refuse_if_held(before, person, services.clock.now())  # the letter they write rests on what is settled
            yield tx, before
    except LostLeaseError as error:
        raise DecisionRefusedError(_CHANGED) from error


def _judged_again(tx: Transaction, before: Submission, judged: Judged | None, happened: events.NewEvent) -> Submission:
    """Write what a person did and, where it was judged again, what came of that."""
    moved = submissions.note(tx, before, **(judged.values if judged else {}))
    examined = [events.NewEvent(judged.examined, happened.at, before.id)] if judged else []
    events.append_all(tx, [happened, *examined])
    return moved


def _reasoned(reason: str) -> None:
    if not reason.strip():
        message = "Say why; whoever approves or audits this reads it."
        raise DecisionRefusedError(message)
    if len(reason) > LONGEST_REASON:
        message = f"The reason is longer than {LONGEST_REASON:,} characters."
        raise DecisionRefusedError(message)


def _views(services: Services, basis: _Basis) -> tuple[EntryView, ...]:
    judged = _as_judged(services, basis)
    return () if judged is None else entry_views(*judged, basis.resolutions)


def _as_judged(services: Services, basis: _Basis) -> tuple[Dossier, Report] | None:
    """What was judged and what came of it; None until it is."""
    submission, archive = basis.submission, services.archive
    if submission.dossier_sha256 is None or submission.report_sha256 is None:
        return None
    return records.dossier(archive.get(submission.dossier_sha256)), records.report(
        archive.get(submission.report_sha256)
    )


def _summarise(tx: Transaction, number: int, judged: tuple[Dossier, Report] | None) -> None:
    """Bring what lists show up to what people have settled by now."""
    if judged is not None:
        summarise.judged(tx, number, *judged, resolutions.of_message(tx, number))


def _evidence(services: Services, basis: _Basis, sha256: str) -> Evidence | None:
    """What the person points to, which must be of this very case."""
    if not sha256:
        return None
    submission = basis.submission
    dossier = records.dossier(services.archive.get(submission.dossier_sha256)) if submission.dossier_sha256 else None
    shown = next((piece for piece in evidence_of(submission, dossier, basis.members) if piece.sha256 == sha256), None)
    if shown is None:
        message = "The document you point to is none of this case."
        raise DecisionRefusedError(message)
    return shown


def _correction(read: Dossier, reading: Reading, person: str) -> Correction:
    """The correction, with what was read there."""
    name, original = "", None
    if reading.kind is DocumentKind.NEW_ENTRY:
        entry = read.entries[reading.entry] if 0 <= reading.entry < len(read.entries) else None
        rows = entry.named(reading.subject) if entry is not None else ()
        name = entry.document or "" if entry is not None else ""
        original = rows[0].value if rows else None
    else:
        document = _document(read, reading.document_sha256)
        stated = values_of(document).get(reading.subject) if document is not None else None
        name, original = document.name if document is not None else "", stated.value if stated is not None else None
    return Correction(
        document=name,
        sha256=reading.document_sha256,
        kind=reading.kind,
        subject=reading.subject,
        original=original,
        value=reading.value.strip(),
        by=person,
        entry=reading.entry,
    )


def _document(read: Dossier, sha256: str) -> Document | None:
    return next((document for document in read.documents if document.sha256 == sha256), None)


def _beside(made: Correction, before: Sequence[Correction]) -> str | None:
    """Why a correction cannot stand beside those that were made before; None where it can."""
    if any(correction.target == made.target for correction in before):
        return "This value has been corrected already; take that correction back first."
    taken = next(
        (kept for kept in before if (kept.document, kept.sha256) == (made.document, made.sha256)),
        None,
    )
    if taken is not None and taken.kind is not made.kind:
        return f"{made.document} has been taken for another kind of document; take that correction back first."
    return None
