"""The tree of RFC 6962, against its definition word for word and against pymerkle."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import ConsistencyProof, InclusionProof, InmemoryTree

from negotiations import merkle
from negotiations.merkle import Range, leaf_hash, node_hash
from negotiations.verifier import check_consistency, check_inclusion

MOST = 75
SIZES = range(1, MOST)


def datum(index: int) -> bytes:
    """The data of a leaf: some hash."""
    return hashlib.sha256(str(index).encode()).digest()


LEAVES = [leaf_hash(datum(index)) for index in range(700)]


def mth(leaves: list[bytes]) -> bytes:
    """MTH of section 2.1, as it stands there, over hashes of leaves."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def split(n: int) -> int:
    """The largest power of two smaller than n."""
    return max(2**e for e in range(20) if 2**e < n)


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.1, as it stands there."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.2, as it stands there."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def hashes(ranges: list[Range]) -> list[bytes]:
    """What a proof is made of."""
    return [merkle.head(LEAVES[begin:end]) for begin, end in ranges]


def test_heads_are_those_of_the_definition() -> None:
    assert [merkle.head(LEAVES[:n]) for n in range(MOST)] == [mth(LEAVES[:n]) for n in range(MOST)]
    assert merkle.head([]).hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_the_head_of_eight_known_leaves() -> None:
    """The test vector that Certificate Transparency's own implementations share."""
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
    head = merkle.head([leaf_hash(bytes.fromhex(text)) for text in data])
    assert head.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", SIZES)
def test_proofs_are_those_of_the_definition(size: int) -> None:
    for n in range(size):
        assert hashes(merkle.inclusion(n, size)) == path(n, LEAVES[:size])
        assert hashes(merkle.consistency(n + 1, size)) == subproof(n + 1, LEAVES[:size], True)


@given(st.integers(1, 700).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
def test_proofs_of_larger_trees_are_those_of_the_definition(drawn: tuple[int, int]) -> None:
    index, size = drawn
    assert hashes(merkle.inclusion(index, size)) == path(index, LEAVES[:size])
    assert hashes(merkle.consistency(index + 1, size)) == subproof(index + 1, LEAVES[:size], True)


@pytest.mark.parametrize("size", SIZES)
def test_the_steps_of_a_path_end_at_the_head(size: int) -> None:
    for index in range(size):
        taken = merkle.steps(LEAVES[index], index, size, path(index, LEAVES[:size]))
        results = [LEAVES[index], *(step.result for step in taken)]
        assert results[-1] == mth(LEAVES[:size])
        for (before, after), step in zip(pairwise(results), taken, strict=True):
            pair = (step.sibling, before) if step.left else (before, step.sibling)
            assert after == node_hash(*pair)


@pytest.mark.parametrize("size", SIZES)
def test_the_verifier_takes_every_true_proof_and_no_other(size: int) -> None:
    head = mth(LEAVES[:size])
    for n in range(size):
        proof = path(n, LEAVES[:size])
        assert check_inclusion(LEAVES[n], n, size, proof, head)
        assert not check_inclusion(LEAVES[n], n, size, [*proof, head], head)
        assert not check_inclusion(LEAVES[-1], n, size, proof, head)
        assert not check_inclusion(LEAVES[n], n + 1, size, proof, head)
        assert not check_inclusion(LEAVES[n], n, size, proof[:-1], head) or not proof
        old, grown = mth(LEAVES[: n + 1]), subproof(n + 1, LEAVES[:size], True)
        assert check_consistency(n + 1, size, grown, old, head)
        assert not check_consistency(n + 1, size, grown, LEAVES[-1], head)
        assert not check_consistency(n + 1, size, grown, old, LEAVES[-1])
        assert not check_consistency(n + 1, size, [*grown, head], old, head)


# pymerkle: the same tree, proofs in a form of its own.


def pymerkle_tree(size: int) -> InmemoryTree:
    """Their tree over the same data."""
    tree = InmemoryTree(algorithm="sha256")
    for index in range(size):
        tree.append_entry(datum(index))
    return tree


def pymerkle_inclusion(index: int, size: int, path: list[bytes]) -> InclusionProof:
    """An audit path in their form: the leaf before it, and on which side each stands.

    A bit says on which side of its parent what was reached so far stands, 0 for the left.
    """
    below = [1 if begin < index else 0 for begin, _ in merkle.inclusion(index, size)]
    return InclusionProof(
        algorithm="sha256", security=True, size=size, index=index + 1,
        rule=[*below, 0], path=[LEAVES[index], *path],
    )  # fmt: skip


def pymerkle_consistency(old: int, new: int, proof: list[bytes], before: bytes) -> ConsistencyProof:
    """A consistency proof in their form.

    They go down to the first new leaf; RFC 6962 stops at the first subtree that is new as a whole.
    So that one, which is told to be what its leaves are, is opened; everything else is taken over.
    """
    common = {"algorithm": "sha256", "security": True, "size": new, "prior_size": old}
    if old == new:
        return ConsistencyProof(**common, rule=[0], subset=[1], path=[before])
    ranges = merkle.consistency(old, new)
    if len(ranges) < 2 or ranges[0][1] != old:  # the old tree is one full subtree, left out there
        ranges, proof = [(0, old), *ranges], [before, *proof]
    (_, begin), (_, end) = ranges[:2]
    opened = merkle.inclusion(0, end - begin)
    assert merkle.head(LEAVES[begin:end]) == proof[1]
    inner = [merkle.head(LEAVES[begin + a : begin + b]) for a, b in opened]
    outer = [(ranges[0], proof[0]), *zip(ranges[2:], proof[2:], strict=True)]
    sides = [1 if at[0] < old else 0 for at, _ in outer]
    return ConsistencyProof(
        **common, rule=[0] * len(inner) + sides + [0],
        subset=[0] + [0] * len(inner) + sides,
        path=[LEAVES[begin], *inner, *(hash for _, hash in outer)],
    )  # fmt: skip


@pytest.mark.parametrize("size", [*SIZES, 256, 257, 699])
def test_pymerkle_takes_our_heads_and_inclusion_proofs(size: int) -> None:
    head = merkle.head(LEAVES[:size])
    assert pymerkle_tree(size).get_root() == head
    for index in {*range(min(size, MOST)), size - 1, size // 2}:
        ours = hashes(merkle.inclusion(index, size))
        proof = pymerkle_inclusion(index, size, ours)
        pymerkle.verify_inclusion(LEAVES[index], head, proof, algorithm="sha256")
        with pytest.raises(pymerkle.InvalidProof):
            pymerkle.verify_inclusion(LEAVES[index], LEAVES[-1], proof)


@pytest.mark.parametrize("new", [*SIZES, 256, 257, 699])
def test_pymerkle_takes_our_consistency_proofs(new: int) -> None:
    head = merkle.head(LEAVES[:new])
    for old in {*range(1, min(new, MOST) + 1), new // 2 or 1, new}:
        before = merkle.head(LEAVES[:old])
        ours = hashes(merkle.consistency(old, new))
        proof = pymerkle_consistency(old, new, ours, before)
        pymerkle.verify_consistency(before, head, proof, algorithm="sha256")
        with pytest.raises(pymerkle.InvalidProof):
            pymerkle.verify_consistency(before, LEAVES[-1], proof)
