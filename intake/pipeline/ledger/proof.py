"""Proves events to whoever is given a bag: each lies in a signed ledger, and the newest one goes on from that.

Nothing about other events is in it but hashes from which nobody can guess them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from intake.ledger.checkpoint import Checkpoint
from intake.pipeline.ledger import tree
from intake.pipeline.ledger.checkpoint import make_checkpoint
from intake.pipeline.ledger.ledger_key import origin, signing_key
from intake.pipeline.services import Services
from intake.store import checkpoints
from intake.store.checkpoints import KeptCheckpoint
from intake.store.engine import Transaction
from intake.store.events import Event


@dataclass(frozen=True, slots=True)
class Proof:
    """What a bag says of its events' place in the ledger."""

    told: dict[str, object]
    """For ``proof.json``."""
    key: str | None
    """The verifier key of the checkpoints; None where there is none."""
    head: str
    """What a person compares: the newest checkpoint's size and root."""
    statements: tuple[KeptCheckpoint, ...] = ()


@dataclass(slots=True)
class _Hashes:
    """Hashes that are told once, however many paths they are on."""

    all: list[str] = field(default_factory=list)
    places: dict[bytes, int] = field(default_factory=dict)

    def told(self, path: Iterable[bytes]) -> list[int]:
        """Tell a path by the places of its hashes."""
        return [self._place(sibling) for sibling in path]

    def _place(self, content: bytes) -> int:
        if content not in self.places:
            self.places[content] = len(self.all)
            self.all.append(base64.b64encode(content).decode())
        return self.places[content]


def prove(services: Services, events: Sequence[Event]) -> Proof:
    """Prove events by the first checkpoint that covers all of them; one is made where none does.

    Args:
        services: the edges.
        events: of any number.

    Raises:
        UnreachableError: store or archive did not answer.
        ConfigurationError: the key cannot be used.
    """
    last = max((event.seq for event in events), default=0)
    key = signing_key(services.config)
    with services.store.reading() as tx:
        covering = checkpoints.first_covering(tx, last)
    if covering is None and key is not None:
        make_checkpoint(services, key)
    elif covering is None:
        tree.catch_up(services.store)
    with services.store.reading() as tx:
        covering, newest = checkpoints.first_covering(tx, last), checkpoints.newest(tx)
        size = last if covering is None else covering.size
        return _proof(tx, events, size, covering, newest, services, None if key is None else str(key.verifier()))


def _proof(
    tx: Transaction,
    events: Sequence[Event],
    size: int,
    covering: KeptCheckpoint | None,
    newest: KeptCheckpoint | None,
    services: Services,
    key: str | None,
) -> Proof:
    hashes = _Hashes()
    shown = [
        {
            "seq": event.seq,
            "content_sha256": event.content_sha256,
            "path": hashes.told(tree.inclusion(tx, event.seq - 1, size)),
        }
        for event in events
    ]
    stated = Checkpoint(origin(services.config), size, tree.root(tx, size)).text
    goes_on = covering is not None and newest is not None and newest.size > covering.size
    told: dict[str, object] = {
        "checkpoint": covering.note if covering else None,
        "newest": newest.note if newest is not None and goes_on else None,
        "stated": None if covering else stated,
        "consistency": hashes.told(tree.consistency(tx, size, newest.size)) if newest is not None and goes_on else [],
        "events": shown,
        "hashes": hashes.all,
    }
    head = (newest.note if newest is not None and covering is not None else stated).split("\n")
    statements = tuple(statement for statement in (covering, newest) if statement is not None)
    return Proof(told, key, f"{head[1]} {head[2]}", statements)
