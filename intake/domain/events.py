"""Every event of the ledger: its name, the type of its detail, its sentence, and whether it is counted.

To add an event, write one class here. The timeline, the metrics and the tests of the alerts follow by themselves.
A name or a detail that has been stored once is never renamed: old stores and old bags are verified by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import intake.domain.check_events
import intake.domain.desk_events
import intake.domain.letter_events
import intake.domain.people_events
import intake.domain.register_events
import intake.domain.retention_events
import intake.domain.store_events  # noqa: F401  # these define the rest of `EVENTS`
from intake.domain.bounce import Fate
from intake.domain.event import DEFINED, DomainEvent, event
from intake.domain.message import MessageKind

EVENTS: Mapping[str, type[DomainEvent]] = MappingProxyType(DEFINED)
"""Every event by its name."""

# ---- a message arrives


@event("Received in the mailbox “{mailbox}” ({size:,} bytes)", counted=True)
class Received(DomainEvent):
    """A message is archived and recorded."""

    raw_sha256: str
    size: int
    mailbox: str
    epoch: str
    uid: str
    kind: str
    automatic: str | None
    obtained_from: str = ""
    record_sha256: str = ""
    """Over what its headers and its arrival were taken to say, as `NewMessage.record_sha256` has it."""


@event("Seen again in the mailbox “{mailbox}”")
class SightedAgain(DomainEvent):
    """The same bytes lie at another place."""

    mailbox: str
    epoch: str
    uid: str


@event("Obtained a second time, written differently by the mail server: {raw_sha256}")
class ObtainedAgain(DomainEvent):
    """A server has written one message twice, in different bytes."""

    raw_sha256: str


@event("The mailbox “{mailbox}” says that it arrived on {received_at}, which has not come yet")
class ArrivalAhead(DomainEvent):
    """A mailbox states an arrival that lies in the future, from which the deadline counts."""

    mailbox: str
    received_at: str
    """RFC 3339."""


@event("Gone from the mailbox “{mailbox}” before it was taken in ({uid})")
class Vanished(DomainEvent):
    """A message was seen and could not be fetched any more."""

    mailbox: str
    epoch: str
    uid: str


@event("Back in the mailbox “{mailbox}” ({uid})")
class Reappeared(DomainEvent):
    """A message that had gone is there again."""

    mailbox: str
    epoch: str
    uid: str


@event("The server numbers the mailbox “{mailbox}” anew, from {before} to {after}")
class MailboxRenumbered(DomainEvent):
    """A mailbox has a new UIDVALIDITY."""

    mailbox: str
    before: str
    after: str


class _Acknowledgement(DomainEvent):
    message_id: str
    reason: str | None
    not_before: str | None = None
    """RFC 3339; where it waits for the message to be read."""
    letter_sha256: str = ""
    """Of the letter's bytes; empty where there are none."""


@event("Acknowledgement written")
class AcknowledgementQueued(_Acknowledgement):
    """An acknowledgement waits to be sent."""


@event("Acknowledgement held: {reason}", counted=True)
class AcknowledgementHeld(_Acknowledgement):
    """A person must look before it is sent."""


@event("Acknowledgement withheld: {reason}")
class AcknowledgementWithheld(_Acknowledgement):
    """It is never sent by itself."""


# ---- it is read and judged


@event("Read; documents: {documents}, entries: {entries}", counted=True)
class Extracted(DomainEvent):
    """A message has been read into its dossier."""

    entries: int
    trouble: str | None
    dossier_sha256: str
    kind: MessageKind
    documents: int
    filed: bool | None = None
    """Whether it was filed with that; None as earlier releases told it."""


@event("The process that read it was ended before it was done (times: {times}). {why}", counted=True)
class ReaderEnded(DomainEvent):
    """Limits of time or memory ended a reading process."""

    times: int
    why: str


@event("A fault in our program kept it from being read whole (times: {times}): {what}", counted=True)
class ReaderStumbled(DomainEvent):
    """Faults of ours, each with type and place; a person reads what they kept the program from reading."""

    times: int
    what: str


@event("Reports on our letter {message_id}: {fate}")
class ReportMatched(DomainEvent):
    """A mail system's report is on a letter of ours."""

    fate: Fate
    message_id: str
    kind: str


@event("Reports on a letter that is not one of ours: {fate}")
class ReportOnNoLetterOfOurs(DomainEvent):
    """A mail system's report is on somebody else's letter."""

    fate: Fate


@event("Examined under rulebook {rulebook}: {outcome}", counted=True)
class Examined(DomainEvent):
    """Every rule has judged it."""

    report_sha256: str
    outcome: str
    rulebook: str
    rulebook_digest: str


@event("Put before a person")
class ReviewOpened(DomainEvent):
    """It waits for a person."""


@event("Sent again after {earlier}")
class Linked(DomainEvent):
    """It follows an earlier submission, as told `by` thread or reference."""

    earlier: str
    earlier_id: int
    by: str


@event("Sent again as {later}")
class Resubmitted(DomainEvent):
    """A later submission follows it."""

    later: str
    later_id: int


# ---- the case that it answers


@event("Answers {case}, and is looked at there")
class JoinedCase(DomainEvent):
    """A message without a form answers a case."""

    case: str


@event("No acknowledgement of its own: it answers {case}")
class AcknowledgementNotOwed(DomainEvent):
    """Its acknowledgement, which had waited for the reading, is not sent."""

    message_id: str
    case: str


@event("Answered by {by}")
class CaseAnswered(DomainEvent):
    """A message has joined the case; `same_sender` by the address that it states."""

    by: str
    same_sender: bool


@event("New messages looked at, as far as {newest}")
class CaseSeen(DomainEvent):
    """A person has opened the case."""

    newest: str


@event("Back in review: {by} answers the question")
class QuestionAnswered(DomainEvent):
    """An asked case has been answered."""

    by: str


@event("Proposal of approval suspended: {by} has come in since")
class ProposalSuspended(DomainEvent):
    """A message has overtaken a proposed approval."""

    by: str
    proposed_by: str | None


@event("A step was postponed: {error}", counted=True)
class StepPostponed(DomainEvent):
    """An edge did not answer."""

    error: str


@event("The step “{step}” failed (attempt {attempt}): {error}", counted=True)
class StepFailed(DomainEvent):
    """A fault of ours stopped a step."""

    step: str
    error: str
    attempt: int


@event("Set aside for a person: the step “{step}” failed {attempts} times", counted=True)
class Quarantined(DomainEvent):
    """The program does not try again by itself."""

    step: str
    attempts: int


# ---- a person acts


class _Claim(DomainEvent):
    before: str | None


@event("Claimed")
class Claimed(_Claim):
    """A person works on it."""


@event("Released")
class Unclaimed(_Claim):
    """Nobody works on it."""


class Decided(DomainEvent):
    """What every decision has; `report_sha256` is the report that the person saw."""

    report_sha256: str
    reason: str
    letter: str
    thread: str | None = None
    """The newest message of the case that the person saw, where it has more than one."""
    entries: tuple[str, ...] = ()
    """What was decided of each entry, in order, where the message brings several: ``approve`` or ``return``."""


@event("Approval proposed")
class ApprovalProposed(Decided):
    """The first of two people approves."""


@event("Approved")
class Approved(Decided):
    """It is approved."""

    difference: str = ""
    """What the second person has changed in the letter that the first proposed, as `letter_difference` tells it."""
    publish_due: str = ""
    """RFC 3339; by when it is to be on the list."""


@event("Returned to the submitter")
class Returned(Decided):
    """It goes back."""


@event("Question asked")
class Asked(Decided):
    """The submitter is asked."""


@event("Proposal of approval withdrawn")
class ProposalWithdrawn(DomainEvent):
    """Who proposed an approval takes it back."""


@event("To be read and checked again")
class Retried(DomainEvent):
    """What was set aside or filed is read again."""


@event("Sent to be judged again, with what is known of signatures now")
class JudgedAgain(DomainEvent):
    """What is in review is read again."""
