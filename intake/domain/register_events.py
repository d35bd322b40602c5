"""The events of the list: what people asked of it, what became of that, and the versions they published.

They are events like those of `intake.domain.events`, which tells how one is added.
"""

from __future__ import annotations

from intake.domain.event import DomainEvent, event


class _AskedFor(DomainEvent):
    change: int
    """Its number among all changes."""
    kind: str
    entries: tuple[str, ...] = ()
    reason: str = ""
    internal_reason: str = ""
    asked_sha256: str = ""
    """Of all that is asked for (`intake.store.changes.asked_sha256`); empty as earlier releases told it."""


@event("Change {change} of the list proposed: {kind}")
class ListChangeProposed(_AskedFor):
    """One person would change the list; another must agree."""


@event("Change {change} of the list approved: {kind}")
class ListChangeApproved(_AskedFor):
    """Entries say something else from now on; the next version of the list publishes it."""

    numbers: tuple[str, ...] = ()
    """Of the entries that say something else."""
    digest: str = ""
    """Of what they say now (`intake.store.listing.digest_of`)."""
    asked_by: str = ""
    """Who asked for it; empty as earlier releases told it."""
    versions_sha256: str = ""
    """Of all that the register keeps of it (`intake.store.list_digests.versions_sha256`); empty likewise."""
    contacts: tuple[str, ...] | None = None
    """Salted digests of whom notices go to (`intake.store.contacts.put`), where it says so."""


@event("Change {change} of the list approved, to be entered when a list has been taken in: {kind}")
class ListChangeWaits(_AskedFor):
    """No list was ever taken in, so that no number can be given."""

    asked_by: str = ""
    """Who asked for it; empty as earlier releases told it."""


@event("Change {change} of the list refused: {reason}")
class ListChangeRefused(DomainEvent):
    """The second person does not agree, or the one who proposed it took it back."""

    change: int
    reason: str


class _Published(DomainEvent):
    publication: int
    version: str


@event("Version {version} of the list prepared; entries: {entries}")
class PublicationPrepared(_Published):
    """All files of a version are made and archived; another person may release it."""

    digest: str
    entries: int
    files: tuple[str, ...]
    """Each by its name and, behind a blank, its SHA-256 digest."""
    held: tuple[str, ...] = ()
    """Entries that were held back."""
    issued: str = ""
    """The day that it is issued on, ISO 8601; empty as earlier releases told it."""
    note: str = ""
    """As a person wrote it; empty where it is generated."""
    up_to: int = 0
    """The newest version of an entry that was there; 0 as earlier releases told it."""


@event("Version {version} of the list, prepared and not released, given up: {reason}")
class PublicationWithdrawn(_Published):
    """It was never published; its number is free."""

    reason: str


@event("Version {version} of the list released")
class PublicationReleased(_Published):
    """It is what the list says; notices about it are written."""

    list_version: int
    """Its number among all versions of the list."""
    entries_sha256: str
    """Of what it says and of what it published (`intake.store.listing.content_sha256`)."""

    digest: str
    files: tuple[str, ...]


@event("Published in version {version} of the list")
class EntriesPublished(DomainEvent):
    """What was approved of a submission stands in a version of the list."""

    version: str
    entries: tuple[str, ...]
    whole: bool
    """Whether all that was approved of it is published now, so that its clock stops."""


@event("Signature of version {version} of the list attached; signer: {signer}")
class SignatureAttached(_Published):
    """A signature that was made elsewhere belongs to its workbook."""

    sha256: str
    signer: str = ""
    """Empty where it is no CMS signature that can be read."""


@event("The DCC has loaded version {version} of the list")
class PublicationLoaded(_Published):
    """Devices on it are known to the DCC's systems."""


@event("The DCC rejected version {version} of the list: {reason}")
class PublicationRejected(_Published):
    """Its loader stopped at an entry; that is to be corrected."""

    entry: str
    reason: str


@event("Rule {rule} of the pre-flight proposed: {field} {kind} {value}")
class LoaderRuleProposed(DomainEvent):
    """One person would have the pre-flight refuse what the DCC's loader refused; another must agree."""

    rule: int
    """Its number among all rules."""
    field: str
    kind: str
    value: str
    since: str
    """ISO 8601."""
    until: str = ""
    """Likewise; empty for no end."""
    reason: str = ""
    version: str = ""
    """Of the list that the loader refused."""
    entry: str = ""
    replaces: int = 0
    """The rule whose place it takes; 0 where it is new."""


@event("Rule {rule} of the pre-flight agreed on")
class LoaderRuleAgreed(DomainEvent):
    """The pre-flight refuses by it from now on."""

    rule: int


@event("Rule {rule} of the pre-flight refused: {reason}")
class LoaderRuleRefused(DomainEvent):
    """The second person does not agree, or the one who proposed it took it back."""

    rule: int
    reason: str


class _Notice(DomainEvent):
    certificate: str
    """As the list states it."""
    day: str
    """When it ends, or comes to its risk review; ISO 8601."""
    term: int
    """Months before."""
    entries: tuple[str, ...]


@event("Notice written about certificate {certificate}, {term} months before {day}")
class NoticeWritten(_Notice):
    """Whoever is known for these entries is warned."""

    message_id: str
    reason: str = ""
    """Why its letter is held; empty where it goes out."""


@event("Notice about certificate {certificate}, {term} months before {day}, set aside: {reason}")
class NoticeSetAside(_Notice):
    """A person decided that nobody is written to about it."""

    reason: str
    message_id: str = ""
    """Of the letter that is not sent; empty as earlier releases told it."""


@event("Letter dropped: no notice rests on it any more, as the list or its contact has changed")
class NoticeOvertaken(DomainEvent):
    """It waited for a person, who need not look at it any more."""

    message_id: str


@event("Contact of entries of the list entered")
class ContactEntered(DomainEvent):
    """Whom notices about these entries go to; who that is stands in no event."""

    entries: tuple[str, ...]
    contacts: tuple[str, ...] | None = None
    """Salted digests of them (`intake.store.contacts.put`); None as earlier releases told it."""
