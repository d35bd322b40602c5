"""Reads a message into its dossier, in a child process, and archives the dossier."""

from __future__ import annotations

from typing import Any

from intake.domain import records
from intake.domain.envelope import read_envelope
from intake.domain.message import MessageKind
from intake.domain.submission import State
from intake.extract.reader import Reading, read_message
from intake.pipeline.acknowledge import acknowledge
from intake.pipeline.services import Services
from intake.store import events, submissions
from intake.store.submissions import Submission
from rules.facts import CERTIFICATE_KINDS, Dossier, MessageFacts


def extract(services: Services, held: Submission) -> Submission:
    """Take one received message a step further.

    Raises:
        UnreachableError: an edge did not answer.
        LostLeaseError: somebody else did this meanwhile.
    """
    raw = services.archive.get(held.raw_sha256)
    reading = read_message(services.sandbox, raw, services.config.limits)
    kind = kind_of(MessageKind(held.kind), reading)
    dossier = Dossier(
        judged_at=held.received_at,
        message=MessageFacts(
            kind=kind,
            subject=held.subject,
            sender=held.sender,
            automatic=held.automatic is not None,
            signatures=reading.signatures,
        ),
        documents=reading.documents,
        entries=reading.entries,
    )
    dossier_sha256 = services.archive.put(records.encode(dossier))
    envelope = read_envelope(raw)
    with services.store.transaction() as tx:
        now = services.clock.now()
        moved = submissions.move(
            tx,
            held,
            State.FILED if is_no_submission(dossier) else State.EXTRACTED,
            kind=kind,
            dossier_sha256=dossier_sha256,
            entries=len(dossier.entries),
        )
        facts: dict[str, Any] = {"dossier_sha256": dossier_sha256, "kind": kind, "documents": len(dossier.documents)}
        events.append(tx, "extracted", at=now, message=held.id, entries=len(dossier.entries), **facts)
        if moved.automatic is None and kind is MessageKind.UNCLEAR and dossier.entries:
            acknowledge(services, tx, moved, envelope)
        return moved


def kind_of(by_subject: MessageKind, reading: Reading) -> MessageKind:
    """A workbook or certificate under a subject that does not say so makes the message unclear, never lost."""
    if by_subject is not MessageKind.OTHER:
        return by_subject
    certificates = any(document.kind in CERTIFICATE_KINDS for document in reading.documents)
    return MessageKind.UNCLEAR if reading.entries or certificates or reading.trouble else MessageKind.OTHER


def is_no_submission(dossier: Dossier) -> bool:
    """Mail that is no submission, and automatic mail that brings no form."""
    message = dossier.message
    if message is None or dossier.entries:
        return False
    return message.kind == MessageKind.OTHER or message.automatic
