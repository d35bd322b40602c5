"""Where a letter may stand by the ledger's events alone: what was last decided of it, or came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LETTER_MOVES: Final[Mapping[str, frozenset[str]]] = {
    "acknowledgement_queued": frozenset({"queued", "not_owed", "held"}),
    "acknowledgement_held": frozenset({"held", "not_owed"}),
    "acknowledgement_withheld": frozenset({"withheld", "held", "not_owed"}),
    "letter_sent": frozenset({"sent"}),
    "letter_bounced": frozenset({"bounced"}),
    "letter_refused": frozenset({"refused"}),
    "letter_dropped": frozenset({"dropped"}),
    "notice_set_aside": frozenset({"dropped"}),
    "notice_overtaken": frozenset({"dropped"}),
    "letter_released": frozenset({"queued", "not_owed", "held"}),
    "letter_held": frozenset({"held"}),
}
"""By an event's name: the states that a letter may be in from it to the next such event."""
_WRITTEN: Final = frozenset({"queued", "held"})
"""Where a letter may stand of which no such event tells."""


def may_stand(state: str, last: str | None) -> bool:
    """Tell whether a letter may be in a state, by the name of the last event that moved it; None where none did."""
    return state in (_WRITTEN if last is None else LETTER_MOVES[last])
