"""Puts a mail system's report to the letter that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from intake.domain.bounce import Bounce, Fate
from intake.domain.events import ReportMatched, ReportOnNoLetterOfOurs
from intake.domain.letter_events import (
    LetterBounced,
    LetterDelayed,
    LetterDelivered,
    LetterExpanded,
    LetterRelayed,
    Reported,
)
from intake.pipeline.services import Services
from intake.store import events, outbox
from intake.store.engine import Transaction
from intake.store.outbox import QueuedLetter
from intake.store.submissions import Submission

_REPORTED: Mapping[Fate, type[Reported]] = {
    Fate.FAILED: LetterBounced,
    Fate.DELAYED: LetterDelayed,
    Fate.DELIVERED: LetterDelivered,
    Fate.RELAYED: LetterRelayed,
    Fate.EXPANDED: LetterExpanded,
}


LATELY = timedelta(days=7)
"""Mail systems give up within five days (RFC 5321, 4.5.4.1)."""


def settle_bounce(services: Services, tx: Transaction, report: Submission, bounce: Bounce) -> None:
    """Record in the caller's commit what is reported; a letter that failed comes before a person.

    A report on a letter that we never sent is filed like any automatic mail, with a word that it was not ours.

    Args:
        services: the edges.
        tx: the caller's transaction.
        report: the message that reports.
        bounce: what it says.
    """
    now = services.clock.now()
    letter = next(_letters(services, tx, bounce), None)
    if letter is None and bounce.fate is Fate.FAILED and not bounce.named:
        letter = outbox.latest_to(tx, bounce.recipient, since=now - LATELY)
        reason = " ".join(
            filter(None, (bounce.said, "(the report names no letter; this is the latest to that address)"))
        )
        bounce = replace(bounce, said=reason)
    if letter is None:
        events.append(tx, ReportOnNoLetterOfOurs(fate=bounce.fate), at=now, message=report.id)
        return
    if bounce.fate is Fate.FAILED:
        outbox.come_back(tx, letter, bounce.reason)
    reported, about = _REPORTED[bounce.fate], {"message_id": letter.message_id, "kind": letter.kind}
    told = reported(error=bounce.reason, report=report.reference, **about)
    events.append(tx, told, at=now, message=letter.message, entry=letter.entry)
    events.append(tx, ReportMatched(fate=bounce.fate, **about), at=now, message=report.id)


def _letters(services: Services, tx: Transaction, bounce: Bounce) -> Iterator[QueuedLetter]:
    """List the letters that the report names and that were sent, or may have been."""
    for named in bounce.named:
        letter = outbox.of_message_id(tx, f"<{named}@{services.config.outgoing.domain}>")
        if letter is not None and letter.may_have_left:
            yield letter
