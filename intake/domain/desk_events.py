"""Events of the analyst's desk: what people do with a case besides deciding it."""

from __future__ import annotations

from intake.domain.event import DomainEvent, event


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


@event("Replied to afterwards; what was decided stays")
class RepliedAfterwards(_Settled):
    """A person has answered what came in on a case that is settled, and leaves it settled as it is."""

    letter: str


@event("Assigned to {to}")
class Assigned(DomainEvent):
    """A person hands it to another, for whom it is claimed; `before` held it until then."""

    to: str
    before: str | None


@event("Sent back to {to}")
class SentBack(DomainEvent):
    """The second person wants a proposed approval changed; `reason` says how, to whoever proposed it.

    Where they have changed the letter, `letter` is as they would have it, and `difference` what that changes.
    """

    to: str
    reason: str
    letter: str = ""
    difference: str = ""


@event("Note written")
class NoteWritten(DomainEvent):
    """A person has said something to colleagues; `form` is the form that it was written in."""

    text: str
    form: str


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


@event("Handed back to the analysts")
class HandedBack(DomainEvent):
    """The administrator has seen to what could not be processed."""

    to: str
    reason: str


class _PointSettled(DomainEvent):
    """`entry` is counted from 0; `key` binds it to the point as it was, with all that was stated."""

    entry: int
    key: str
    point: str
    reason: str
    document: str | None = None
    document_sha256: str | None = None
    """What the person looked at, where it is named."""


@event("Accepted with evidence: {point}")
class PointAccepted(_PointSettled):
    """A person has evidence by which a point of the report is no fault."""


@event("Overruled: {point}")
class PointOverruled(_PointSettled):
    """A person finds that a point of the report does not hold."""


@event("{label} on {document} corrected to “{value}”")
class ValueCorrected(DomainEvent):
    """A person says what a document shows; both dossiers are evidence, the one as read and the corrected one."""

    entry: int
    document: str
    document_sha256: str
    label: str
    original: str | None
    value: str
    reason: str
    read_sha256: str
    dossier_sha256: str


@event("Judged with the corrections that people had made before ({corrections})")
class CorrectionsApplied(DomainEvent):
    """It was read again, and what was corrected before is read as it was then."""

    corrections: int
    read_sha256: str
    dossier_sha256: str


@event("Taken back: {what}")
class ResolutionWithdrawn(DomainEvent):
    """What a person had settled or corrected is open again; a withdrawn correction leads to another dossier."""

    entry: int
    what: str
    by: str
    read_sha256: str | None = None
    dossier_sha256: str | None = None


@event("Confirmed that “{creator}” and “{organisation}” are one organisation")
class NameConfirmed(DomainEvent):
    """A person knows two spellings for one name."""

    creator: str
    organisation: str
