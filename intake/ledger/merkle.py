"""The Merkle tree of RFC 9162 (2.1), as RFC 6962 had it: root, inclusion and consistency from complete nodes.

A node is complete where all leaves beneath it are there; then it never changes. Each has one number, that of an
in-order walk: leaf `i` is 2·i, and the node of `level` at `position` stands in the middle of its leaves. So a tree of
`n` leaves is kept as numbered hashes, grows by appending, and the greatest number tells its size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

Span = tuple[int, int]
"""Leaves from the first number up to, not including, the second."""


def leaf_hash(data: bytes) -> bytes:
    """Hash a leaf's data."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two nodes into the one above them."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def number(level: int, position: int) -> int:
    """Number a complete node; `position` counts the nodes of its level from the left."""
    return (position << (level + 1)) + (1 << level) - 1


def size_of(greatest: int | None) -> int:
    """Tell a tree's size by its greatest node's number, which is its last leaf's; None where it has none."""
    return 0 if greatest is None else greatest // 2 + 1


def complete_nodes(span: Span) -> list[int]:
    """Number the complete nodes that make up a span of a tree, from the left, the largest first."""
    start, end = span
    numbers = []
    while start < end:
        level = (end - start).bit_length() - 1
        numbers.append(number(level, start >> level))
        start += 1 << level
    return numbers


def span_hash(span: Span, nodes: Mapping[int, bytes]) -> bytes:
    """Hash a span of a tree from its complete nodes.

    Raises:
        KeyError: one of them is not given.
    """
    hashes = [nodes[place] for place in complete_nodes(span)]
    if not hashes:
        return EMPTY
    whole = hashes.pop()
    while hashes:
        whole = node_hash(hashes.pop(), whole)
    return whole


def inclusion_spans(index: int, size: int) -> list[Span]:
    """List the spans whose hashes prove a leaf in a tree of this size, the nearest first (RFC 9162, 2.1.3.1).

    Raises:
        ValueError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        message = f"a tree of {size} leaves has no leaf {index}"
        raise ValueError(message)
    start, end, spans = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """List the spans whose hashes prove that a tree is the beginning of a larger one (RFC 9162, 2.1.4.1).

    Raises:
        ValueError: the first is larger than the second.
    """
    if not 0 <= old <= new:
        message = f"a tree of {old} leaves is no beginning of one of {new}"
        raise ValueError(message)
    if old in {0, new}:
        return []
    start, end, spans, whole = 0, new, list[Span](), True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start, whole = middle, False
    if not whole:
        spans.append((start, end))
    return spans[::-1]


def _split(size: int) -> int:
    """The largest power of two that is smaller."""
    return 1 << ((size - 1).bit_length() - 1)


def needed(spans: Iterable[Span]) -> set[int]:
    """Number every complete node that these spans are made of."""
    return {place for span in spans for place in complete_nodes(span)}


def hashes(spans: Sequence[Span], nodes: Mapping[int, bytes]) -> list[bytes]:
    """Hash each of these spans: a proof, in its order.

    Raises:
        KeyError: a node is not given.
    """
    return [span_hash(span, nodes) for span in spans]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Compute the root that a proof of inclusion leads to (RFC 9162, 2.1.3.2); None where it is no proof of that size.

    Args:
        leaf: the leaf's hash.
        index: its number, counted from 0.
        size: of the tree.
        proof: the hashes, the nearest first.
    """
    if not 0 <= index < size:
        return None
    place, last, whole = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            whole = node_hash(sibling, whole)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            whole = node_hash(whole, sibling)
        place, last = place >> 1, last >> 1
    return whole if last == 0 else None


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that the tree of the old root is the beginning of the new root's (RFC 9162, 2.1.4.2).

    Of an empty tree every tree is a continuation, and no proof is needed.
    """
    if old == 0:
        return not proof and old_root == EMPTY
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


@dataclass(slots=True)
class Edge:
    """A tree's right edge, from which it grows: the complete nodes that make it up, the largest first."""

    size: int
    nodes: list[bytes]

    @classmethod
    def of(cls, size: int, node_at: Callable[[int], bytes]) -> Edge:
        """Read the edge of a tree of this size from its stored nodes."""
        return cls(size, [node_at(place) for place in complete_nodes((0, size))])

    def append(self, leaf: bytes) -> Iterator[tuple[int, bytes]]:
        """Append a leaf by its hash; yields every node that is complete by it, numbered."""
        position, level, whole = self.size, 0, leaf
        yield number(0, position), whole
        while position & 1:
            whole = node_hash(self.nodes.pop(), whole)
            position, level = position >> 1, level + 1
            yield number(level, position), whole
        self.nodes.append(whole)
        self.size += 1

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Append leaves by their hashes, whoever asks for no nodes: level by level, for there may be millions."""
        sha256, position, whole, ends = hashlib.sha256, self.size, list(leaves), list[bytes]()
        self.size += len(whole)
        while whole:
            if position & 1:
                whole.insert(0, self.nodes.pop())
            if len(whole) & 1:
                ends.append(whole.pop())
            pairs = iter(whole)
            whole = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
            position >>= 1
        self.nodes += reversed(ends)

    @property
    def root(self) -> bytes:
        """The root of the tree as it is now."""
        if not self.nodes:
            return EMPTY
        whole = self.nodes[-1]
        for left in reversed(self.nodes[:-1]):
            whole = node_hash(left, whole)
        return whole
