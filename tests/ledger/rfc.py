"""A second opinion on our trees: RFC 9162 as it defines them, recursively and over all leaves, written apart."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH of 2.1.1, over the leaves' data."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    k = half(len(leaves))
    return sha256(b"\1" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = half(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def proof(m: int, leaves: Sequence[bytes], *, known: bool = True) -> list[bytes]:
    """SUBPROOF of 2.1.4.1; `known`: whether the old root is this very subtree's."""
    if m == len(leaves):
        return [] if known else [root(leaves)]
    k = half(len(leaves))
    if m <= k:
        return [*proof(m, leaves[:k], known=known), root(leaves[k:])]
    return [*proof(m - k, leaves[k:], known=False), root(leaves[:k])]


def half(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k
