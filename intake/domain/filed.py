"""Which messages are filed, as nobody need see them, and which documents keep a message from that."""

from __future__ import annotations

from intake.domain.message import MessageKind
from rules.facts import CERTIFICATE_KINDS, STANDS_IN, Document, DocumentKind, Dossier

_SCAN_BYTES = 100_000
"""From here on a picture that is attached may be a scanned page; logos and signatures are smaller."""


def may_be_of_a_submission(document: Document) -> bool:
    """Tell whether a document is an assurance certificate, or could not be opened and may hold one, or a form."""
    return document.kind in CERTIFICATE_KINDS or could_not_be_opened(document)


def could_not_be_opened(document: Document) -> bool:
    """Tell whether nobody here knows what a document holds: locked, encrypted, damaged, unknown, or a scan."""
    if document.inline or document.media == "empty":
        return False
    scan = document.media == "image" and document.size >= _SCAN_BYTES
    return scan or (document.kind is DocumentKind.UNREADABLE and document.media != "image")


def is_no_submission(dossier: Dossier) -> bool:
    """Tell whether a message is filed: nobody need see it, as it speaks of something else or a machine only answers.

    A machine's mark alone hides nothing: cloud services share documents, and ticket systems send people's mail on.
    """
    message = dossier.message
    if message is None or dossier.entries or STANDS_IN in (message.trouble or ""):
        return False
    if message.kind == MessageKind.OTHER:
        return True
    return message.automatic_answer and not any(map(may_be_of_a_submission, dossier.documents))
