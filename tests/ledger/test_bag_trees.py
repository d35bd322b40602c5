"""The check that auditors run by itself takes no proof that the ledger's own would not take."""

from __future__ import annotations

import pytest

from intake.ledger import bag_check, merkle

DIGESTS = [bytes([index]) * 32 for index in range(12)]
SIZES = range(1, len(DIGESTS))
PLACES = range(-3, len(DIGESTS) + 2)


def tree(size: int) -> tuple[bytes, dict[int, bytes]]:
    edge, nodes = merkle.Edge(0, []), dict[int, bytes]()
    for digest in DIGESTS[:size]:
        nodes.update(edge.append(merkle.leaf_hash(digest)))
    return edge.root, nodes


@pytest.mark.parametrize("size", SIZES)
def test_a_leaf_is_proved_at_its_own_place_alone(size: int) -> None:
    root, nodes = tree(size)
    for index in range(size):
        path = merkle.hashes(merkle.inclusion_spans(index, size), nodes)
        proved = [at for at in PLACES if bag_check.root_from(DIGESTS[index].hex(), at, size, path) == root]
        assert proved == [index]


@pytest.mark.parametrize("new", SIZES)
def test_a_ledger_goes_on_from_its_own_beginnings_alone(new: int) -> None:
    root, nodes = tree(new)
    for old in range(1, new + 1):
        before, _ = tree(old)
        path = merkle.hashes(merkle.consistency_spans(old, new), nodes)
        for told in PLACES:
            is_so = bag_check.consistent(told, before, new, root, path)
            assert is_so == merkle.is_consistent(told, before, new, root, path) == (told == old)
