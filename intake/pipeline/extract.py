"""Reads a message into its dossier, in a child process, and archives the dossier."""

from __future__ import annotations

import structlog

from intake import faults
from intake.domain import records
from intake.domain.authentication import sender_checks
from intake.domain.envelope import read_envelope
from intake.domain.events import Extracted, ReaderEnded, ReaderStumbled
from intake.domain.kind import is_no_submission, kind_of
from intake.domain.message import MessageKind
from intake.domain.submission import State
from intake.extract.reader import read_message, stumbled_over
from intake.pipeline.acknowledge import acknowledge
from intake.pipeline.bounces import settle_bounce
from intake.pipeline.link import link
from intake.pipeline.refresh import remember
from intake.pipeline.services import Services
from intake.register.relevant import relevant_to_all
from intake.signatures.trusting import configured
from intake.store import events, names, submissions
from intake.store.submissions import Submission
from rules.facts import ConfirmedName, Document, Dossier, MessageFacts, NewEntry, RegisterEntry
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
    keys = services.dkim_keys(envelope.dkim_keys) if services.dkim_keys is not None else None
    trusting = configured(services.config, held.received_at)
    reading = stumbled_over(read_message(services.sandbox, raw, services.config.limits, trusting, keys), met)
    remember(services.config, reading)
    brings_a_form = bool(reading.entries or reading.trouble)
    kind = kind_of(MessageKind(held.kind), reading.documents, brings_a_form=brings_a_form)
    dossier = Dossier(
        judged_at=held.received_at,
        message=MessageFacts(
            kind=kind,
            subject=held.subject,
            sender=held.sender,
            automatic=held.automatic is not None,
            signatures=reading.signatures,
            trouble=reading.trouble,
            sender_checks=(*stated, *reading.sender_checks),
            text=reading.text,
        ),
        documents=reading.documents,
        entries=reading.entries,
        register=_register(services, reading.entries),
        confirmed_names=_confirmed(services, reading.documents),
    )
    dossier_sha256 = services.archive.put(records.encode(dossier))
    with services.store.transaction() as tx:
        now = services.clock.now()
        moved = submissions.move(
            tx,
            held,
            State.FILED if is_no_submission(dossier) and not reading.faults else State.EXTRACTED,
            kind=kind,
            dossier_sha256=dossier_sha256,
            report_sha256=None,  # an earlier report is of the earlier dossier
            outcome=None,
            entries=len(dossier.entries),
        )
        if reading.ended:
            ended = ReaderEnded(times=len(reading.ended), why=" ".join(sorted(set(reading.ended))))
            events.append(tx, ended, at=now, message=held.id)
        if reading.faults:
            what = "; ".join(map(str, reading.faults))
            events.append(tx, ReaderStumbled(times=len(reading.faults), what=what), at=now, message=held.id)
        extracted = Extracted(
            entries=len(dossier.entries),
            trouble=reading.trouble,
            dossier_sha256=dossier_sha256,
            kind=kind,
            documents=len(dossier.documents),
        )
        events.append(tx, extracted, at=now, message=held.id)
        if reading.report is not None and moved.automatic is not None:
            settle_bounce(services, tx, moved, reading.report)
        if moved.automatic is None and kind is MessageKind.UNCLEAR and dossier.entries:
            acknowledge(services, tx, [(moved, envelope)])
        if moved.automatic is None and moved.state is State.EXTRACTED and dossier.documents:
            link(services, tx, moved, envelope, reading.opening)
    for fault in reading.faults:
        log.error(ReaderStumbled.name, reference=held.reference, error=fault.kind, where=fault.place)
    return moved


def _confirmed(services: Services, documents: tuple[Document, ...]) -> tuple[ConfirmedName, ...]:
    """What people have confirmed of the organisations that signed."""
    signed = {signature.signer.organisation for document in documents for signature in document.signatures}
    with services.store.reading() as tx:
        return creator.concerning(names.confirmed(tx), signed) if any(signed) else ()


def _register(services: Services, entries: tuple[NewEntry, ...]) -> tuple[RegisterEntry, ...] | None:
    """What matters to these entries of the list that is published now; None where none was imported."""
    with services.store.reading() as tx:
        listed = services.listing.entries(tx)
    return None if listed is None else relevant_to_all(listed, entries)
