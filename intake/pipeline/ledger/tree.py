"""The ledger's Merkle tree: catches up with the events, and proves things from its stored nodes."""

from __future__ import annotations

from intake.ledger import merkle
from intake.store import trees
from intake.store.engine import Store, Transaction

_AT_A_TIME = 5_000
"""Events taken in by one commit, so that nobody waits long for it."""


def catch_up(store: Store, *, at_a_time: int = _AT_A_TIME) -> int:
    """Take every event into the tree; gives its size.

    Raises:
        UnreachableError: the store did not answer.
    """
    while True:
        with store.transaction() as tx:
            size, grew = _grow(tx, at_a_time)
        if grew < at_a_time:
            return size


def _grow(tx: Transaction, limit: int) -> tuple[int, int]:
    """Take in events up to a limit; gives the tree's size, and by how many it grew."""
    size = merkle.size_of(trees.greatest(tx, to_grow=True))
    leaves = trees.leaves(tx, size, limit)
    edge = merkle.Edge.of(size, trees.nodes(tx, merkle.complete_nodes((0, size))).__getitem__)
    trees.add(tx, [node for leaf in leaves for node in edge.append(merkle.leaf_hash(leaf))])
    return edge.size, len(leaves)


def root(tx: Transaction, size: int) -> bytes:
    """Compute the root of the tree as it was at this size."""
    return _hashes(tx, [(0, size)])[0] if size else merkle.EMPTY


def inclusion(tx: Transaction, index: int, size: int) -> list[bytes]:
    """Prove that a leaf, counted from 0, lies in the tree of this size."""
    return _hashes(tx, merkle.inclusion_spans(index, size))


def consistency(tx: Transaction, old: int, new: int) -> list[bytes]:
    """Prove that the tree of the old size is the beginning of that of the new."""
    return _hashes(tx, merkle.consistency_spans(old, new))


def _hashes(tx: Transaction, spans: list[merkle.Span]) -> list[bytes]:
    return merkle.hashes(spans, trees.nodes(tx, merkle.needed(spans)))
