"""What a message is, by its subject and by what it turned out to carry."""

from __future__ import annotations

from collections.abc import Iterable

from intake.domain.envelope import Envelope
from intake.domain.message import MessageKind
from intake.domain.subject import classify
from rules.facts import CERTIFICATE_KINDS, Document, Dossier


def kind_by_envelope(envelope: Envelope) -> MessageKind:
    """By the subject; where that may stand among headers that could not be read, nothing is passed over.

    An invitation to a meeting and the answer to one are no submissions, whatever they are about.
    """
    if envelope.meeting:
        return MessageKind.OTHER
    kind = classify(envelope.subject) if envelope.parsed else MessageKind.UNCLEAR
    return MessageKind.UNCLEAR if envelope.broken and kind is MessageKind.OTHER else kind


def kind_of(by_subject: MessageKind, documents: Iterable[Document], *, brings_a_form: bool) -> MessageKind:
    """A workbook or certificate under a subject that does not say so makes the message unclear, never lost.

    `brings_a_form` is also true where there may be one that could not be read.
    """
    if by_subject is not MessageKind.OTHER:
        return by_subject
    certificates = any(document.kind in CERTIFICATE_KINDS for document in documents)
    return MessageKind.UNCLEAR if brings_a_form or certificates else MessageKind.OTHER


def is_no_submission(dossier: Dossier) -> bool:
    """Mail that is no submission, and automatic mail that brings no form."""
    message = dossier.message
    if message is None or dossier.entries:
        return False
    return message.kind == MessageKind.OTHER or message.automatic
