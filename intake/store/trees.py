"""The stored nodes of the Merkle tree over the ledger: leaf `i` is of the event of number `i` + 1.

They follow the events, so that an append costs nothing here; whoever signs a checkpoint lets the tree catch up first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import bindparam, func, insert, select

from intake.store.engine import Transaction
from intake.store.schema import event, tree_node
from intake.store.turns import serialize_writers

_HASHES = select(tree_node.c.hash).where(tree_node.c.number.between(bindparam("first"), bindparam("last")))
_HASHES = _HASHES.order_by(tree_node.c.number)
_AT_A_TIME = 500
"""Nodes asked for in one statement; some databases take no more than a thousand parameters."""


def greatest(tx: Transaction, *, to_grow: bool = False) -> int | None:
    """Give the greatest number of a node; None where there is none. `to_grow`: nobody else adds any until commit."""
    if to_grow:
        serialize_writers(tx)
    number: int | None = tx.scalar(select(func.max(tree_node.c.number)))
    return number


def leaves(tx: Transaction, size: int, limit: int) -> list[bytes]:
    """List the digests of the next events, up to `limit`, behind the first `size`."""
    query = select(event.c.content_sha256).where(event.c.seq > size).order_by(event.c.seq).limit(limit)
    return [bytes.fromhex(sha256) for sha256 in tx.scalars(query)]


def add(tx: Transaction, nodes: Collection[tuple[int, bytes]]) -> None:
    """Add complete nodes, by number."""
    if nodes:
        tx.execute(insert(tree_node), [{"number": number, "hash": content} for number, content in nodes])


def nodes(tx: Transaction, numbers: Collection[int]) -> dict[int, bytes]:
    """Read nodes by number; those that are not there are left out."""
    wanted, hashes = sorted(numbers), dict[int, bytes]()
    for start in range(0, len(wanted), _AT_A_TIME):
        query = select(tree_node).where(tree_node.c.number.in_(wanted[start : start + _AT_A_TIME]))
        hashes.update({row.number: row.hash for row in tx.execute(query)})
    return hashes


def count(tx: Transaction) -> int:
    """Count the stored nodes."""
    return tx.scalar(select(func.count()).select_from(tree_node)) or 0


def stored_hashes(tx: Transaction, first: int, last: int) -> list[bytes]:
    """List the hashes of nodes from one number up to another, in order of number."""
    return list(tx.scalars(_HASHES, {"first": first, "last": last}).all())  # one by one costs thrice


def stored_leaves(tx: Transaction, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield leaves as they are stored, with their indexes, from the first up to, not including, the second."""
    between = tree_node.c.number.between(2 * start, 2 * (end - 1))
    query = select(tree_node).where(between, tree_node.c.number % 2 == 0).order_by(tree_node.c.number)
    for row in tx.execute(query.execution_options(yield_per=2000)):
        yield row.number // 2, row.hash


def event_digests(tx: Transaction, start: int, end: int) -> Iterator[bytes]:
    """Yield the digests of events as they stand there now, by the leaf's index like `stored_leaves`."""
    query = select(event.c.content_sha256).where(event.c.seq > start, event.c.seq <= end).order_by(event.c.seq)
    for sha256 in tx.scalars(query.execution_options(yield_per=2000)):
        yield bytes.fromhex(sha256)
