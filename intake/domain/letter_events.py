"""The events of letters: written, sent, held, bounced, released.

They are events like those of `intake.domain.events`, which tells how one is added.
"""

from __future__ import annotations

from intake.domain.event import DomainEvent, event


class _Letter(DomainEvent):
    message_id: str
    kind: str


class Handled(_Letter):
    """What came of handing a letter over; `error` is the mail server's word, or ours."""

    error: str | None


@event("Letter written: {kind}")
class LetterWritten(_Letter):
    """A letter waits to be sent, or to be released."""

    letter_sha256: str
    """Of its bytes; empty where there are none, as nobody is there to send it to."""


@event("Letter sent: {kind}", counted=True)
class LetterSent(Handled):
    """The mail server has taken it."""


@event("Letter refused by the mail server ({kind}): {error}", counted=True)
class LetterRefused(Handled):
    """The mail server will not take it."""


@event("Letter not sent yet ({kind}): {error}", counted=True)
class LetterPostponed(Handled):
    """It is tried again."""


@event("Letter held ({kind}): {error}", counted=True)
class LetterHeld(Handled):
    """A person must look at it."""


class Reported(_Letter):
    """What a mail system reports of a letter of ours; `report` is that message's reference."""

    error: str | None
    report: str


@event("Letter came back undelivered ({kind}); {report} reports: {error}")
class LetterBounced(Reported):
    """It did not arrive."""


@event("Letter not delivered yet ({kind}), still being tried; {report} reports: {error}")
class LetterDelayed(Reported):
    """It has not arrived yet."""


@event("Letter delivered ({kind}), reports {report}")
class LetterDelivered(Reported):
    """It arrived."""


@event("Letter passed on to a mail system that reports nothing ({kind}), says {report}")
class LetterRelayed(Reported):
    """Nothing more will be heard of it."""


@event("Letter passed on to several recipients ({kind}), says {report}")
class LetterExpanded(Reported):
    """Its address was a list."""


@event("Held letter released: {kind}")
class LetterReleased(_Letter):
    """A person lets it go."""


@event("Held letter dropped: {kind}")
class LetterDropped(_Letter):
    """A person decides that it is not sent."""
