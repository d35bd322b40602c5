"""What rows about a submission must be by its events alone: where it was seen, what was settled and decided of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Detail = Mapping[str, object]
Place = tuple[str, str, str]
"""Mailbox, epoch and uid of a message."""
SEEN_AT = frozenset({"received", "sighted_again"})
SETTLED: Mapping[str, str] = {
    "point_accepted": "accepted",
    "point_overruled": "overruled",
    "value_corrected": "corrected",
}
"""By an event's name: the kind of what was settled."""
TAKEN_BACK = "resolution_withdrawn"
DECIDED = frozenset({"approved", "returned", "asked"})
CASE_EVENTS = SEEN_AT | frozenset(SETTLED) | {TAKEN_BACK} | DECIDED


@dataclass(slots=True)
class OfCase:
    """What the events of one submission tell of the rows about it."""

    places: dict[Place, int] = field(default_factory=dict)
    """Where it was seen, each with the event that tells of it."""
    settled: list[tuple[int, dict[str, object]]] = field(default_factory=list)
    """Event and columns of everything settled, in order."""
    taken_back: list[tuple[int, tuple[object, ...]]] = field(default_factory=list)
    """Event, and entry, who had settled it, who took it back and when, in order."""
    decided: tuple[int, list[tuple[object, ...]]] = (0, [])
    """The newest decision: its event, and entry, action, person and time of each entry that it decided on by itself."""

    def apply(self, seq: int, name: str, at: str, actor: str, detail: Detail) -> None:
        """Take in the next event; `name` is one of `CASE_EVENTS`."""
        if name in SEEN_AT:
            if "uid" in detail:  # an earlier release did not say
                place = (str(detail.get("mailbox")), str(detail.get("epoch")), str(detail["uid"]))
                self.places.setdefault(place, seq)
        elif name in SETTLED:
            self.settled.append((seq, {**_settled(name, detail), "person": actor, "at": at}))
        elif name == TAKEN_BACK:
            self.taken_back.append((seq, (detail.get("entry"), detail.get("by"), actor, at)))
        else:
            entries = detail.get("entries")
            actions = entries if isinstance(entries, list) else []
            self.decided = seq, [(entry, action, actor, at) for entry, action in enumerate(actions)]


def _settled(name: str, detail: Detail) -> dict[str, object]:
    """The columns of what was settled, as its event tells them."""
    told = {column: detail.get(column) for column in ("entry", "reason", "document", "document_sha256")}
    if name == "value_corrected":
        values = {"field": detail.get("label"), "value": detail.get("value"), "original": detail.get("original")}
        return {**told, **values, "kind": SETTLED[name], "point": None}
    return {**told, "kind": SETTLED[name], "field": detail.get("point"), "point": detail.get("key"), "value": None}
