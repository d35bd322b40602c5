"""Mail that lay in a mailbox before the program first looked into it: said before it is answered, not after."""

from __future__ import annotations

from datetime import date

from intake.mailbox.base import Mailbox, MailboxListing
from intake.render.moments import london_short

MANY = 50
"""Messages at a first look that are more than one would be surprised to see answered."""
HINT = (
    "Every submission among them will be acknowledged. To take in old mail without answering it, set "
    "[acknowledgement] answer_from to the first day whose mail shall be answered; letters to older mail are then "
    "written and withheld, and a person may send them."
)


def backlog(mailbox: Mailbox, look: MailboxListing, answer_from: date | None) -> str | None:
    """Warn of a mailbox's backlog before its first read; None where there is none.

    Raises:
        UnreachableError: the mailbox did not answer.
    """
    if answer_from is not None or not look.sightings:
        return None
    oldest = next(mailbox.fetch(look.sightings[:1]), None)
    moment = oldest and (oldest.arrived_at or oldest.file_time)
    since = f", the oldest of {london_short(moment)}" if moment else ""
    return f"{len(look.sightings)} messages lie in it and have not been taken in{since}. {HINT}"
