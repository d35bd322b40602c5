"""Events about people: who signs in, who may, who was refused, and who has looked at or taken away what is restricted.

They are events like those of `intake.domain.events`, which tells how one is added.
"""

from __future__ import annotations

from intake.domain.event import DomainEvent, event

# ---- who signs in


@event("Signed in by {by}")
class SignedIn(DomainEvent):
    """A session begins; `by` is ``password``, ``provider`` or ``demonstration``."""

    by: str
    address: str
    session: str = ""
    """The session's handle (`intake.store.sessions.Session.handle`); empty as earlier releases told it."""


@event("Sign-in refused: {why}")
class SignInRefused(DomainEvent):
    """Somebody was not let in; `person` is the account that was tried, where there is one of that name."""

    why: str
    address: str
    person: str | None


@event("Signed out")
class SignedOut(DomainEvent):
    """A person has ended their session."""


@event("Sessions of {person} ended: {sessions}")
class SessionsEnded(DomainEvent):
    """Somebody has to sign in anew wherever they were signed in."""

    person: str
    sessions: int


# ---- who may


class _AboutPerson(DomainEvent):
    person: str


@event("{person} is {role} now, and was {before}")
class RoleChanged(_AboutPerson):
    """A person may do something else from now on."""

    before: str
    role: str


@event("{person} may not sign in any more")
class PersonDisabled(_AboutPerson):
    """A person is shut out; what they did stays theirs."""


@event("{person} may sign in again")
class PersonEnabled(_AboutPerson):
    """A person who was shut out is let in again."""


@event("{person} has a new password")
class PasswordChanged(_AboutPerson):
    """A password was changed; by the person themselves where they are the actor."""

    hash_sha256: str | None = None
    """The digest of its hash; None as earlier releases told it."""


@event("{person} signs in by {issuer} from now on")
class PersonBound(_AboutPerson):
    """A person is who the provider says is `subject`."""

    issuer: str
    subject: str


# ---- who looked


@event("Refused: {method} {path} ({why})")
class AccessRefused(DomainEvent):
    """Somebody who is signed in asked for what is not for them."""

    method: str
    path: str
    why: str


@event("Opened")
class CaseOpened(DomainEvent):
    """A person has opened a case, with its contacts, letters and reasons; told once a session."""


class _Document(DomainEvent):
    what: str
    sha256: str


@event("Looked at {what}")
class DocumentViewed(_Document):
    """A document, or a page of it, was shown to a person."""


@event("Downloaded: {what}")
class Downloaded(_Document):
    """A person has taken something away; `sha256` is of the bytes that were sent."""


@event("Stacks of ZigBee certificates looked at; entries: {entries}")
class StacksViewed(DomainEvent):
    """A person was shown what only the SSC and auditors see."""

    entries: int


@event("Ledger searched: {terms}")
class LedgerSearched(DomainEvent):
    """A person has looked through what others did."""

    terms: str


LOOKS = frozenset(
    cls.name for cls in (AccessRefused, CaseOpened, DocumentViewed, Downloaded, StacksViewed, LedgerSearched)
)
"""What changes nothing; a case's own history leaves it to auditors."""
