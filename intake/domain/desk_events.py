"""Events of the analyst's desk: what people do with a case besides deciding it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.event import DomainEvent, event


@dataclass(frozen=True, kw_only=True)
class _Settled(DomainEvent):
    reason: str
    thread: str | None = None
    """The newest message of the case that the person saw, where it has more than one."""


@event("Closed without a letter")
class Closed(_Settled):
    """A person has settled it with a reason, and nothing is written to anybody."""


@event("Replied to, and closed")
class Replied(_Settled):
    """A person has answered it in words of their own, and nothing is decided by it."""

    letter: str


@event("Reopened; it was {before}")
class Reopened(DomainEvent):
    """What was closed, returned or filed comes before a person again."""

    reason: str
    before: str


@event("Marked as {kind}; it was taken as {before}")
class KindSet(DomainEvent):
    """A person says of what kind a message is, and is not overruled when it is read again."""

    kind: str
    before: str
    reason: str


@event("Put into {case}")
class PutIntoCase(DomainEvent):
    """A person says which case a message belongs to; `before` is the case that it was in."""

    case: str
    before: str | None
    reason: str


@event("Split off from {case}, as a case of its own")
class SplitOff(DomainEvent):
    """A person says that a message does not belong to the case it had joined."""

    case: str
    reason: str


@event("{member} was taken out of this case")
class MemberTakenOut(DomainEvent):
    """A message that had joined the case is in it no more."""

    member: str


@event("Proposal of approval suspended: {member} was taken out of its case since")
class ProposalSuspendedBySplit(DomainEvent):
    """Who proposed had seen another conversation than whoever would confirm."""

    member: str
    proposed_by: str | None


@event("Handed to the administrator")
class HandedOver(DomainEvent):
    """What could not be processed needs somebody who looks after the program."""

    reason: str


@event("Taken back from the administrator")
class TakenBack(DomainEvent):
    """Analysts see to it again."""

    reason: str
