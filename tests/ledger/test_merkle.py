"""Trees of every small size, against the definitions of RFC 9162; and no proof is taken for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger import rfc

from intake.ledger import merkle

LEAVES = [bytes([index]) * 3 for index in range(70)]
SIZES = range(66)


def grown(size: int) -> tuple[merkle.Edge, dict[int, bytes]]:
    edge, nodes = merkle.Edge(0, []), dict[int, bytes]()
    for leaf in LEAVES[:size]:
        nodes.update(edge.append(merkle.leaf_hash(leaf)))
    return edge, nodes


def test_the_known_roots_of_the_certificate_transparency_tests() -> None:
    """Those of the reference implementation's own eight leaves, which its README and many others use."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    edge = merkle.Edge(0, [])
    for told in inputs:
        edge.extend([merkle.leaf_hash(bytes.fromhex(told))])
    assert edge.root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", SIZES)
def test_the_root_is_that_of_the_definition_by_any_way(size: int) -> None:
    edge, nodes = grown(size)
    wanted = rfc.root(LEAVES[:size])
    assert edge.root == merkle.span_hash((0, size), nodes) == wanted
    assert merkle.size_of(max(nodes, default=None)) == size
    again = merkle.Edge.of(size, nodes.__getitem__)
    again.extend([merkle.leaf_hash(LEAVES[size])])
    assert again.root == rfc.root(LEAVES[: size + 1])


@pytest.mark.parametrize("before", SIZES)
def test_leaves_appended_together_make_the_same_edge_as_one_by_one(before: int) -> None:
    hashed = [merkle.leaf_hash(leaf) for leaf in LEAVES]
    for size in range(before, len(LEAVES) + 1):
        edge, _ = grown(before)
        edge.extend(hashed[before:size])
        assert edge == grown(size)[0]


@pytest.mark.parametrize("size", SIZES[1:])
def test_every_leaf_is_proved_as_defined(size: int) -> None:
    edge, nodes = grown(size)
    for index in range(size):
        spans = merkle.inclusion_spans(index, size)
        proof = merkle.hashes(spans, {each: nodes[each] for each in merkle.needed(spans)})
        assert proof == rfc.path(index, LEAVES[:size])
        leaf = merkle.leaf_hash(LEAVES[index])
        assert merkle.root_from_inclusion(leaf, index, size, proof) == edge.root


@pytest.mark.parametrize("new", SIZES[1:])
def test_every_growth_is_proved_as_defined(new: int) -> None:
    edge, nodes = grown(new)
    for old in range(new + 1):
        spans = merkle.consistency_spans(old, new)
        proof = merkle.hashes(spans, nodes)
        if old > 0:
            assert proof == rfc.proof(old, LEAVES[:new])
        assert merkle.is_consistent(old, rfc.root(LEAVES[:old]), new, edge.root, proof)


@given(st.data())
def test_a_changed_proof_proves_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 65))
    index = data.draw(st.integers(0, size - 1))
    edge, nodes = grown(size)
    proof = merkle.hashes(merkle.inclusion_spans(index, size), nodes)
    at = data.draw(st.integers(0, len(proof) - 1))
    wrong = [bytes(32) if place == at else each for place, each in enumerate(proof)]
    leaf = merkle.leaf_hash(LEAVES[index])
    for spoilt in (wrong, proof[:-1], [*proof, bytes(32)]):
        assert merkle.root_from_inclusion(leaf, index, size, spoilt) != edge.root
    elsewhere = (index + 1) % size
    assert merkle.root_from_inclusion(leaf, elsewhere, size, proof) != edge.root


@given(st.data())
def test_a_rewritten_beginning_is_consistent_with_nothing(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 65))
    old = data.draw(st.integers(1, new - 1))
    edge, nodes = grown(new)
    proof = merkle.hashes(merkle.consistency_spans(old, new), nodes)
    other = rfc.root([b"another", *LEAVES[1:old]])
    assert not merkle.is_consistent(old, other, new, edge.root, proof)
    true = rfc.root(LEAVES[:old])
    assert not merkle.is_consistent(old, true, new, edge.root, proof[:-1])
    assert not merkle.is_consistent(old, true, new, edge.root, [*proof, bytes(32)])
    assert not merkle.is_consistent(new, edge.root, old, true, proof)
    assert not merkle.is_consistent(new, edge.root, new, true, [])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no leaf"):
        merkle.inclusion_spans(index, size)
    assert merkle.root_from_inclusion(bytes(32), index, size, []) is None


def test_a_larger_tree_is_no_beginning_of_a_smaller_one() -> None:
    with pytest.raises(ValueError, match="no beginning"):
        merkle.consistency_spans(4, 3)
