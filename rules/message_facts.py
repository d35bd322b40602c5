"""What a mail states, and what mail servers say of it: frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from rules.sender_facts import SenderCheck
from rules.signature_facts import SignatureFacts


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """What the mail itself states, and what mail servers say of it."""

    kind: str
    """``submission``, ``update``, ``unclear`` or ``other``."""
    subject: str
    sender: str
    automatic: bool
    signatures: tuple[SignatureFacts, ...] = ()
    trouble: str | None = None
    """What may be missing because the mail could not be taken apart, in sentences."""
    sender_checks: tuple[SenderCheck, ...] = ()
    automatic_answer: bool = False
    """A machine answers, reports or repeats by it: automatic mail that brings nothing of its own."""
    text: str | None = None
    """Its own words for reading, as far as they are kept; None in a dossier of an earlier release."""
