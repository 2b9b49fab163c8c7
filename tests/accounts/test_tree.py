"""The tree of RFC 6962: known roots, proofs that lead to them, and nothing else that does."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import tree

# Leaves and roots of RFC 6962's reference implementation
LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def nodes_of(contents):
    """The kept nodes of a tree that grew leaf by leaf."""
    nodes = {}
    for index, content in enumerate(contents):
        nodes[0, index] = tree.leaf_hash(content)
        for level, place in tree.completed_by(index):
            nodes[level, place] = tree.parent(nodes[level - 1, 2 * place], nodes[level - 1, 2 * place + 1])
    return lambda level, place: nodes[level, place]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_reference(size):
    assert tree.root(size, nodes_of(LEAVES)).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert tree.root(0, None) == hashlib.sha256().digest()


sizes = st.integers(min_value=1, max_value=300)


@given(size=sizes, data=st.data())
def test_the_proof_of_every_leaf_leads_to_the_root(size, data):
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    node = nodes_of([str(number).encode() for number in range(size)])

    proof = tree.inclusion_proof(index, size, node)

    assert len(proof) <= size.bit_length()
    assert tree.root_from_proof(index, size, node(0, index), proof) == tree.root(size, node)


@given(size=st.integers(min_value=2, max_value=100), data=st.data())
def test_another_leaf_or_another_place_leads_elsewhere_or_nowhere(size, data):
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    other = data.draw(st.integers(min_value=0, max_value=size - 1).filter(lambda n: n != index))
    node = nodes_of([str(number).encode() for number in range(size)])
    proof, root = tree.inclusion_proof(index, size, node), tree.root(size, node)

    assert tree.root_from_proof(index, size, node(0, other), proof) != root
    try:
        reached = tree.root_from_proof(other, size, node(0, index), proof)
    except tree.WrongProof:
        return
    assert reached != root


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index, size):
    with pytest.raises(tree.WrongProof):
        tree.inclusion_proof(index, size, nodes_of(LEAVES))
    with pytest.raises(tree.WrongProof):
        tree.root_from_proof(index, size, b"", [])


def test_a_proof_of_the_wrong_length_is_refused():
    with pytest.raises(tree.WrongProof):
        tree.root_from_proof(0, 4, tree.leaf_hash(b""), [b"x" * 32])
