"""Mail that lay in a mailbox before the program first looked into it: said before it is answered, not after."""

from __future__ import annotations

from datetime import date

from intake.mailbox.base import Look, Mailbox
from intake.render.moments import london_short

MANY = 50
"""Messages at a first look that are more than one would be surprised to see answered."""
HINT = (
    "Every submission among them will be acknowledged. To take in old mail without answering it, set "
    "[acknowledgement] answer_from to the first day whose mail shall be answered; letters to older mail are then "
    "written and withheld, and a person may send them."
)


def backlog(mailbox: Mailbox, look: Look, answer_from: date | None) -> str | None:
    """What to know before a mailbox is read for the first time; None where there is nothing to warn of.

    Raises:
        UnreachableError: the mailbox did not answer.
    """
    if answer_from is not None or not look.sightings:
        return None
    oldest = next(mailbox.fetch(look.sightings[:1]), None)
    moment = oldest and (oldest.arrived_at or oldest.file_time)
    since = f", the oldest of {london_short(moment)}" if moment else ""
    return f"{len(look.sightings)} messages lie in it and have not been taken in{since}. {HINT}"
