"""Whether mail to the check mailbox is answered: only to whom it is certain to come from, never to a machine.

A check answers with more than it was sent, so that here a doubt is a no: whatever makes the intake hold a letter for a
person leaves a check unanswered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.addresses import domain_of
from intake.domain.automatic import automatic_reason, hold_reason
from intake.domain.bounce import our_ids_in
from intake.domain.envelope import Envelope
from rules.sender_facts import SenderCheck


class Refusal(StrEnum):
    """Why a check has no answer; the words stand in the ledger and hold nothing of the mail."""

    AUTOMATIC = "it is automatic mail"
    DOUBTFUL = "something about its headers speaks against an automatic answer"
    UNPROVEN = "nothing proves that it comes from its sender"
    TOO_MANY = "its sender has had as many answers as one may have in a day"
    BREAKER = "as many answers have been written as may be within an hour"
    ROBOT = "its sender writes again and again without a document, as robots do"
    AGAIN = "the same mail has been dealt with"


LEFT = frozenset({Refusal.DOUBTFUL, Refusal.UNPROVEN, Refusal.TOO_MANY, Refusal.BREAKER})
"""A person may have written it: where it reads like a submission it is left where it lies."""


@dataclass(frozen=True, slots=True)
class Proof:
    """By what a sender is believed."""

    checks: Iterable[SenderCheck]
    """What the trusted mail servers say."""
    domains: Collection[str]
    """Whose mail is believed without their word."""


def refusal(envelope: Envelope, our_addresses: Collection[str], proof: Proof) -> Refusal | None:
    """Say why mail is not answered, by its headers alone; None where it may be.

    Args:
        envelope: of the mail.
        our_addresses: in any case.
        proof: by what its sender is believed.
    """
    checks = tuple(proof.checks)
    if automatic_reason(envelope, our_addresses) is not None:
        return Refusal.AUTOMATIC
    if envelope.sender is None or envelope.broken or hold_reason(envelope, our_addresses, checks) is not None:
        return Refusal.DOUBTFUL
    domain = domain_of(envelope.sender)
    believed = _passes(checks, domain) or domain in {trusted.casefold() for trusted in proof.domains}
    return None if believed else Refusal.UNPROVEN


def answers_ours(envelope: Envelope, mark: str) -> bool:
    """Tell whether mail answers one of our letters, or brings one back: without a document it asks for nothing.

    Args:
        envelope: of the mail.
        mark: stands in the subject of our answers.
    """
    named = " ".join(filter(None, (envelope.in_reply_to, *envelope.references)))
    return bool(our_ids_in(named)) or mark.casefold() in envelope.subject.casefold() or envelope.letters_inside


def _passes(checks: Iterable[SenderCheck], domain: str) -> bool:
    """Whether DMARC passes, for the very domain that the answer goes to where the server names one."""
    return any(
        check.method == "dmarc" and check.result == "pass" and check.about.rpartition("@")[2].casefold() in {"", domain}
        for check in checks
    )
