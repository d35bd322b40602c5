"""Events of the analyst's desk: what people do with a case besides deciding it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.event import DomainEvent, event


@event("Closed without a letter")
class Closed(DomainEvent):
    """A person has settled it with a reason, and nothing is written to anybody."""

    reason: str


@event("Assigned to {to}")
class Assigned(DomainEvent):
    """A person hands it to another, for whom it is claimed; `before` held it until then."""

    to: str
    before: str | None


@event("Sent back to {to}")
class SentBack(DomainEvent):
    """The second person wants a proposed approval changed; `reason` says how, to whoever proposed it."""

    to: str
    reason: str


@event("Note written")
class NoteWritten(DomainEvent):
    """A person has said something to colleagues; `form` is the form that it was written in."""

    text: str
    form: str


@event("Reopened")
class Reopened(DomainEvent):
    """What was closed, returned or approved comes before a person again."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class _Settled(DomainEvent):
    """`entry` is counted from 0; `key` binds it to the point as it was, with all that was stated."""

    entry: int
    key: str
    point: str
    reason: str
    document: str | None = None
    document_sha256: str | None = None
    """What the person looked at, where it is named."""


@event("Accepted with evidence: {point}")
class PointAccepted(_Settled):
    """A person has evidence by which a point of the report is no fault."""


@event("Overruled: {point}")
class PointOverruled(_Settled):
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
