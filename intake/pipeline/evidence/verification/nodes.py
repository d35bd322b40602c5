"""Compares the stored nodes of the Merkle tree, which proofs are made of, with the events that they are over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from intake.ledger import merkle
from intake.pipeline.evidence.verification.finding import Finding, Kind
from intake.store import trees
from intake.store.engine import Transaction

LEVELS = 12
_LEAVES = 1 << LEVELS
"""That are compared at once: they and the nodes over them have consecutive numbers, one top node before the next."""
_NUMBERS = 2 * _LEAVES


class Nodes:
    """Takes in leaves in order, as many as the stored tree has, and tells of the first nodes that are wrong."""

    def __init__(self, tx: Transaction) -> None:
        """Begin before the first leaf."""
        self._tx = tx
        self.size = merkle.size_of(trees.greatest(tx))
        """How many leaves the stored tree has."""
        self._leaves: list[bytes] = []
        self._blocks = merkle.Edge(0, [])
        self._tops: dict[int, bytes] = {}
        self._wrong: int | None = None

    def grow(self, leaf: bytes) -> None:
        """Take in the next leaf by its hash."""
        self._leaves.append(leaf)
        if len(self._leaves) == _LEAVES:
            self._compare_block()

    def _compare_block(self) -> None:
        first, whole, level = self._blocks.size, self._leaves, 0
        expected = [b""] * (_NUMBERS - 1)
        while True:
            expected[(1 << level) - 1 :: 2 << level] = whole
            if len(whole) == 1:
                break
            pairs, level = iter(whole), level + 1
            whole = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
        self._compare(expected, first * _NUMBERS)
        for number, content in self._blocks.append(whole[0]):
            above = ((number + 1) << LEVELS) - 1
            if above % _NUMBERS == _NUMBERS - 1:
                self._tops[above] = content
        self._leaves = []

    def _compare(self, expected: list[bytes], first: int) -> None:
        if self._wrong is not None:
            return
        stored = trees.stored_hashes(self._tx, first, first + _NUMBERS - 2)
        if stored != expected:
            pairs = enumerate(zip(expected, stored, strict=False))
            place = next((at for at, (wanted, stands) in pairs if wanted != stands), min(len(expected), len(stored)))
            self._wrong = first + place

    def findings(self) -> Iterator[Finding]:
        """Tell of the first node that is not what the events give, once all leaves have been taken in."""
        rest = merkle.Edge(0, [])
        nodes = dict(node for leaf in self._leaves for node in rest.append(leaf))
        self._compare([nodes[number] for number in sorted(nodes)], self._blocks.size * _NUMBERS)
        stored = trees.nodes(self._tx, self._tops)
        wrong = [number for number, content in self._tops.items() if stored.get(number) != content]
        first = min((number for number in (self._wrong, *wrong) if number is not None), default=None)
        if first is not None:
            what = f"Node {first} of the tree that is stored over the events is not what the events give."
            yield Finding(Kind.TREE, what, min(first // 2, max(self.size - 1, 0)) + 1)
        elif trees.count(self._tx) != 2 * self.size - self.size.bit_count():
            yield Finding(Kind.TREE, "The tree that is stored over the events has nodes that are none.")
