"""Reads a message into its dossier, in a child process, and archives the dossier."""

from __future__ import annotations

from typing import Any

from intake.domain import records
from intake.domain.authentication import sender_checks
from intake.domain.envelope import Envelope, read_envelope
from intake.domain.kind import is_no_submission, kind_of
from intake.domain.message import MessageKind
from intake.domain.submission import State
from intake.extract.reader import Reading, read_message
from intake.pipeline.acknowledge import acknowledge, after_reading
from intake.pipeline.bounces import settle_bounce
from intake.pipeline.known import with_envelope
from intake.pipeline.link import find_link, link
from intake.pipeline.refresh import remember
from intake.pipeline.services import Services
from intake.pipeline.thread import attached, begin_joining, end_joining, find_case, may_bring_a_form
from intake.register.relevant import relevant_to_all
from intake.signatures.trusting import configured
from intake.store import events, names, submissions, threads
from intake.store.submissions import Submission
from rules.facts import ConfirmedName, Document, Dossier, MessageFacts, NewEntry, RegisterEntry
from rules.signature import creator


def extract(services: Services, held: Submission) -> Submission:
    """Take one received message a step further.

    Raises:
        UnreachableError: an edge did not answer.
        LostLeaseError: somebody else did this meanwhile.
    """
    raw = services.archive.get(held.raw_sha256)
    envelope = read_envelope(raw)
    keys = services.dkim_keys(envelope.dkim_keys) if services.dkim_keys is not None else None
    trusting = configured(services.config, held.received_at)
    reading = read_message(services.sandbox, raw, services.config.limits, trusting, keys)
    remember(services.config, reading)
    stated = sender_checks(envelope.stamps, services.config.authentication.trusted_servers)
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
    return _record(services, with_envelope(held, envelope), envelope, reading, dossier, dossier_sha256)


def _record(
    services: Services, held: Submission, envelope: Envelope, reading: Reading, dossier: Dossier, dossier_sha256: str
) -> Submission:
    """What was read, in one commit: whatever may have to wait for somebody's row comes before the ledger."""
    kind, kept_only = dossier.message.kind if dossier.message else held.kind, is_no_submission(dossier)
    alone = may_bring_a_form(dossier.documents, dossier.entries, reading.trouble) and not kept_only
    with services.store.transaction() as tx:
        now = services.clock.now()
        case = None if alone else find_case(tx, held, reading.text, services.config.outgoing.domain)
        moved = submissions.move(
            tx,
            held,
            State.FILED if case is not None or kept_only else State.EXTRACTED,
            kind=kind,
            dossier_sha256=dossier_sha256,
            entries=len(dossier.entries),
            documents=attached(dossier.documents),
        )
        joining = None if case is None else begin_joining(tx, moved, case)
        robot = after_reading(services, tx, moved) if case is None else None
        follows = moved.automatic is None and moved.state is State.EXTRACTED and bool(dossier.documents)
        linked = find_link(tx, moved, reading.opening) if follows else None
        if reading.ended:
            why = sorted(set(reading.ended))
            events.append(tx, "reader_ended", at=now, message=held.id, times=len(reading.ended), why=" ".join(why))
        facts: dict[str, Any] = {"dossier_sha256": dossier_sha256, "kind": kind, "documents": len(dossier.documents)}
        events.append(
            tx, "extracted", at=now, message=held.id, entries=len(dossier.entries), trouble=reading.trouble, **facts
        )
        if robot is not None:
            held_for: dict[str, Any] = {"message_id": robot.message_id, "reason": robot.hold_reason}
            events.append(tx, "acknowledgement_held", at=now, message=held.id, **held_for)
        if joining is not None:
            end_joining(services, tx, joining)
        elif moved.thread is not None:
            threads.leave(tx, moved)
        if linked is not None:
            link(services, tx, moved, linked)
        if reading.report is not None and moved.automatic is not None:
            settle_bounce(services, tx, moved, reading.report)
        if moved.automatic is None and kind == MessageKind.UNCLEAR and dossier.entries:
            acknowledge(services, tx, [(moved, envelope)])
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
