"""Checkpoints and proofs: true for every size, silent about drafts, refused in words."""

from __future__ import annotations

import pymerkle
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations import merkle
from negotiations.queries.proofs import checkpoint, consistency, inclusion
from negotiations.refusals import Refusal
from negotiations.verifier import check_consistency, check_inclusion, read_checkpoint, read_key
from tests import factories as make
from tests.queries.ledgers import fill_ledger, leaves
from tests.test_merkle import pymerkle_inclusion

pytestmark = pytest.mark.django_db
PUBLIC = [number for number in range(1, 80) if number % 3]


def octets(hashes: tuple[str, ...]) -> list[bytes]:
    """A proof as bytes."""
    return [bytes.fromhex(one) for one in hashes]


def refusal_of(ask, *asked):  # type: ignore[no-untyped-def]
    """How a question is refused."""
    with pytest.raises(Refusal) as refused:
        ask(*asked)
    return refused.value.code, refused.value.at


def test_the_checkpoint_of_a_ledger_without_a_public_act() -> None:
    for _ in range(2):
        make.enter(public=False)
    told = checkpoint()
    assert (told.size, told.at, told.entry_hash) == (0, None, "")
    assert told.root_hash == merkle.EMPTY.hex()
    assert told.note.split("\n")[:2] == ["localhost/ledger", "0"]


def test_a_checkpoint_ends_at_the_newest_public_act() -> None:
    entries = [make.enter(public=public) for public in (True, False, True, False, False)]
    told = checkpoint()
    assert (told.size, told.at, told.entry_hash) == (3, entries[2].at, entries[2].hash)
    assert told == checkpoint(3)
    assert checkpoint(1).size == 1


def test_work_on_drafts_leaves_the_checkpoint_as_it_is() -> None:
    make.enter()
    before = checkpoint()
    make.enter(public=False)
    assert checkpoint() == before


def test_a_checkpoint_is_the_signed_head() -> None:
    fill_ledger(last=79)
    told = checkpoint()
    head = merkle.head(leaves(79))
    assert told.root_hash == head.hex()
    (key,) = told.public_keys
    assert read_checkpoint(told.note, read_key(key)) == (79, head)


def test_every_inclusion_proof_holds() -> None:
    fill_ledger(last=79)
    for size in (PUBLIC[-1], 70, 64, 2):
        head = merkle.head(leaves(size))
        for number in (one for one in PUBLIC if one <= size):
            told = inclusion(number, size)
            assert (told.entry.number, told.leaf_index, told.tree_size) == (
                number,
                number - 1,
                size,
            )
            assert (told.root_hash, told.checkpoint) == (head.hex(), checkpoint(size).note)
            leaf = bytes.fromhex(told.leaf_hash)
            assert check_inclusion(leaf, number - 1, size, octets(told.proof), head)


def test_pymerkle_takes_what_is_told() -> None:
    """With the leaf and the head that anybody computes from the hashes of the entries."""
    make_leaves = leaves(79)
    fill_ledger(last=79)
    told = inclusion(50)
    proof = pymerkle_inclusion(49, 79, octets(told.proof))
    proof.path[0] = bytes.fromhex(told.leaf_hash)
    pymerkle.verify_inclusion(make_leaves[49], merkle.head(make_leaves), proof, index=50, size=79)


def test_every_consistency_proof_holds() -> None:
    fill_ledger(last=79)
    for new in (PUBLIC[-1], 70, 64, 2):
        for old in (one for one in PUBLIC if one <= new):
            told = consistency(old, new)
            assert (told.from_size, told.to_size) == (old, new)
            assert told.from_checkpoint == checkpoint(old).note
            assert told.to_checkpoint == checkpoint(new).note
            before, head = merkle.head(leaves(old)), merkle.head(leaves(new))
            assert (told.from_root_hash, told.to_root_hash) == (before.hex(), head.hex())
            assert check_consistency(old, new, octets(told.proof), before, head)


def test_the_newest_is_the_default() -> None:
    fill_ledger(last=20)
    assert inclusion(2) == inclusion(2, 20)
    assert consistency(2) == consistency(2, 20)


@pytest.mark.parametrize("number", [3, 21, 22, 10**18 - 1])
def test_acts_that_are_not_told_have_no_proof(number: int) -> None:
    """On a draft, on a draft after the newest public act, and none at all: refused alike."""
    fill_ledger(last=21)
    assert refusal_of(inclusion, number) == ("no_public_act", "")


@pytest.mark.parametrize("size", [3, 21, 22, 10**18 - 1])
def test_sizes_that_are_not_told_have_no_checkpoint(size: int) -> None:
    fill_ledger(last=21)
    assert refusal_of(checkpoint, size) == ("no_checkpoint", "size")
    assert refusal_of(inclusion, 1, size) == ("no_checkpoint", "size")
    assert refusal_of(consistency, size) == ("no_checkpoint", "from")
    assert refusal_of(consistency, 1, size) == ("no_checkpoint", "to")


def test_an_act_is_in_no_checkpoint_before_it() -> None:
    fill_ledger(last=20)
    assert refusal_of(inclusion, 8, 7) == ("bad_parameter", "size")


def test_a_ledger_does_not_shrink() -> None:
    fill_ledger(last=20)
    assert refusal_of(consistency, 8, 7) == ("bad_parameter", "from")


@pytest.mark.parametrize("last", [4, 79])
def test_each_costs_the_same_however_long_the_ledger_is(last: int) -> None:
    fill_ledger(last=last)
    counts = []
    for ask in (checkpoint, lambda: inclusion(2), lambda: consistency(2)):
        with CaptureQueriesContext(connection) as queries:
            ask()
        counts.append(len(queries))
    assert counts == [2, 3, 3]
