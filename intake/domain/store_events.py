"""The events of the store and its evidence: checked, copied, put back, filled with the list and with people.

They are events like those of `intake.domain.events`, which tells how one is added.
"""

from __future__ import annotations

from intake.domain.event import DomainEvent, event


@event("Evidence verified; faults: {faults}")
class EvidenceVerified(DomainEvent):
    """Archive and ledger were compared with what was recorded."""

    faults: int


class _Backup(DomainEvent):
    backup: str
    ledger_head: str
    evidence: int


@event("Backed up as {backup}")
class BackedUp(_Backup):
    """A backup was taken, and nothing is wrong with it."""


@event("Backed up as {backup}, with faults")
class BackupFaulty(_Backup):
    """A backup was taken of what is not whole."""


@event("Restored from the backup {backup}")
class Restored(DomainEvent):
    """This store was a backup."""

    backup: str
    ledger_head: str


@event("Published list taken in; entries: {entries}")
class ListImported(DomainEvent):
    """Submissions are compared with another list from now on."""

    entries: int
    sha256: str
    version: str = ""
    """As its file states it."""
    new: int = 0
    altered: int = 0
    missing: int = 0
    """Entries of the register that the file does not have."""
    list_version: int = 0
    """Its number in the register; 0 as earlier releases told it."""
    entries_sha256: str = ""
    """Over what the register has recorded of it."""


@event("Contacts taken in; entries: {entries}")
class ContactsImported(DomainEvent):
    """It is known whom notices about these entries go to."""

    entries: int
    contacts: tuple[str, ...] | None = None
    """Salted digests of them (`intake.store.contacts.put`); None as earlier releases told it."""


@event("{person} may sign in as {role}")
class PersonAdded(DomainEvent):
    """Somebody may sign in, or has a new password and role."""

    person: str
    role: str
    hash_sha256: str | None = None
    """The digest of the hash of the password, empty where there is none; None as earlier releases told it."""
    temporary: bool = False
    """Whether the password must be changed before anything else."""


@event("From here on, digests of events are salted")
class DigestsSalted(DomainEvent):
    """Events before this one were digested in a form that had no salt; `since` is its own number."""

    since: int


@event("Checkpoint of {size:,} events signed as {key}")
class CheckpointMade(DomainEvent):
    """The ledger's size and root were stated and signed; `key` is the verifier key that shows it."""

    size: int
    root: str
    """In hex."""
    checkpoint_sha256: str
    key: str
    day: str | None = None
    """London's, where it is that day's checkpoint."""
    token_sha256: str | None = None
    """A time-stamp authority's token on it, where one is asked."""
    trouble: str | None = None
    """Why the authority gave none."""


@event("Exported as a bag of evidence: {what}")
class Exported(DomainEvent):
    """Evidence was taken away; `bag_sha256` is the digest of the zip."""

    what: str
    reason: str
    bag_sha256: str


@event("{day} is no working day: {why}")
class DayClosed(DomainEvent):
    """Deadlines that are computed from now on leave the day out."""

    day: str
    """ISO 8601."""
    why: str


@event("{day} is a working day after all")
class DayReopened(DomainEvent):
    """Deadlines that are computed from now on count the day."""

    day: str
