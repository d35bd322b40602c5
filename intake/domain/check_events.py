"""The events of checks by mail; they hold nothing of the mail, nor of who sent it.

They are events like those of `intake.domain.events`, which tells how one is added.
"""

from __future__ import annotations

from intake.domain.event import DomainEvent, event


@event("Check answered ({mailbox}): {outcome}; nothing was submitted")
class CheckAnswered(DomainEvent):
    """Somebody asked by mail what would become of a submission, and was told."""

    mailbox: str
    outcome: str
    message_id: str


@event("Checks not answered ({mailbox}): {mails}, as {why}")
class CheckNotAnswered(DomainEvent):
    """So many mails to a check mailbox had no answer, for one reason."""

    mailbox: str
    why: str
    mails: int


@event("Mail to the check mailbox {mailbox} that reads like a submission was passed on to a person")
class CheckPassedOn(DomainEvent):
    """A person is to see whether it was meant as a submission."""

    mailbox: str


@event("Mail deleted in the check mailbox {mailbox}: {mails}; none of it was a submission, and none was archived")
class CheckMailDeleted(DomainEvent):
    """The raw mail of checks that were dealt with is gone."""

    mailbox: str
    mails: int
