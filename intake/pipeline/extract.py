"""Reads a message into its dossier, in a child process, and archives the dossier."""

from __future__ import annotations

import structlog

from intake import faults
from intake.domain import records
from intake.domain.authentication import sender_checks
from intake.domain.envelope import Envelope, read_envelope
from intake.domain.events import Extracted, ReaderEnded, ReaderStumbled
from intake.domain.kind import is_no_submission
from intake.domain.message import MessageKind
from intake.domain.submission import State
from intake.extract.reader import Reading, read_message, stumbled_over
from intake.pipeline.acknowledge import acknowledge
from intake.pipeline.assemble import Headers, assemble
from intake.pipeline.bounces import settle_bounce
from intake.pipeline.link import link
from intake.pipeline.refresh import remember
from intake.pipeline.services import Services
from intake.signatures.trusting import configured
from intake.store import events, names, submissions
from intake.store.engine import Transaction
from intake.store.submissions import Submission
from rules.facts import ConfirmedName, Document, Dossier
from rules.sender_facts import SenderCheck
from rules.signature import creator

log = structlog.get_logger()


def extract(services: Services, held: Submission) -> Submission:
    """Take one received message a step further.

    Raises:
        UnreachableError: an edge did not answer.
        LostLeaseError: somebody else did this meanwhile.
    """
    raw = services.archive.get(held.raw_sha256)
    with faults.gathered() as met:
        envelope = read_envelope(raw)
        stated = sender_checks(envelope.stamps, services.config.authentication.trusted_servers)
    reading = stumbled_over(_read(services, held, raw, envelope), met)
    dossier = _assembled(services, held, stated, reading)
    dossier_sha256 = services.archive.put(records.encode(dossier))
    with services.store.transaction() as tx:
        moved = submissions.move(
            tx,
            held,
            State.FILED if is_no_submission(dossier) and not reading.faults else State.EXTRACTED,
            kind=_kind(dossier),
            dossier_sha256=dossier_sha256,
            report_sha256=None,  # an earlier report is of the earlier dossier
            outcome=None,
            entries=len(dossier.entries),
        )
        _record(services, tx, moved, reading)
        _follow_up(services, tx, moved, envelope, reading)
    for fault in reading.faults:
        log.error(ReaderStumbled.name, reference=held.reference, error=fault.kind, where=fault.place)
    return moved


def _read(services: Services, held: Submission, raw: bytes, envelope: Envelope) -> Reading:
    """Read the message as of its arrival, and remember whose revocation was asked about."""
    keys = services.dkim_keys(envelope.dkim_keys) if services.dkim_keys is not None else None
    trusting = configured(services.config, held.received_at)
    reading = read_message(services.sandbox, raw, services.config.limits, trusting, keys)
    remember(services.config, reading)
    return reading


def _assembled(services: Services, held: Submission, stated: tuple[SenderCheck, ...], reading: Reading) -> Dossier:
    headers = Headers(
        kind=MessageKind(held.kind),
        subject=held.subject,
        sender=held.sender,
        automatic=held.automatic is not None,
        sender_checks=tuple(stated),
    )
    with services.store.reading() as tx:
        register = services.listing.entries(tx)
    confirmed = _confirmed(services, reading.documents)
    return assemble(reading, headers, judged_at=held.received_at, register=register, confirmed_names=confirmed)


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
    )
    events.append(tx, extracted, at=now, message=moved.id)


def _follow_up(services: Services, tx: Transaction, moved: Submission, envelope: Envelope, reading: Reading) -> None:
    """Settle the letter that it reports on, acknowledge what only its content told, link it to what it answers."""
    if moved.automatic is not None:
        if reading.report is not None:
            settle_bounce(services, tx, moved, reading.report)
        return
    if moved.kind == MessageKind.UNCLEAR and reading.entries:
        acknowledge(services, tx, [(moved, envelope)])
    if moved.state is State.EXTRACTED and reading.documents:
        link(services, tx, moved, envelope, reading.opening)


def _confirmed(services: Services, documents: tuple[Document, ...]) -> tuple[ConfirmedName, ...]:
    """What people have confirmed of the organisations that signed."""
    signed = {signature.signer.organisation for document in documents for signature in document.signatures}
    with services.store.reading() as tx:
        return creator.concerning(names.confirmed(tx), signed) if any(signed) else ()
