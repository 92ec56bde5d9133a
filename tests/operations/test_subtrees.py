"""Subtrees are kept behind the ledger, and found out where they are not what lies below them."""

from __future__ import annotations

import pytest

from negotiations import merkle
from negotiations.models import Subtree
from negotiations.operations.subtrees import drop_subtrees, false_subtree, keep_subtrees
from negotiations.operations.verifying import _untrue
from tests.queries.ledgers import fill_ledger, leaves

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[int, int, bytes]]:
    """All that is kept."""
    rows = Subtree.objects.order_by("level", "index").values_list("level", "index", "hash")
    return [(level, index, bytes(hash)) for level, index, hash in rows]


def test_nothing_is_kept_of_a_short_ledger() -> None:
    fill_ledger(last=255)
    assert keep_subtrees() is False
    assert kept() == []


def test_full_subtrees_are_kept_and_no_others() -> None:
    fill_ledger(last=700)
    assert keep_subtrees() is True
    assert keep_subtrees() is False
    first, second = leaves(512)[:256], leaves(512)[256:]
    assert kept() == [(8, 0, merkle.head(first)), (8, 1, merkle.head(second))]


def test_what_is_kept_follows_the_ledger() -> None:
    fill_ledger(last=300)
    keep_subtrees()
    fill_ledger(first=301, last=512)
    assert keep_subtrees() is True
    assert [(level, index) for level, index, _ in kept()] == [(8, 0), (8, 1)]


def test_a_step_is_of_a_size() -> None:
    fill_ledger(last=65_536)
    for done in (64, 128, 192):
        assert keep_subtrees() is True
        assert Subtree.objects.count() == done
    keep_subtrees()
    assert Subtree.objects.filter(level=8).count() == 256
    assert kept()[-1] == (16, 0, merkle.head(leaves(65_536)))
    assert keep_subtrees() is False
    assert false_subtree() is None


def test_a_step_that_another_worker_has_taken_is_no_harm() -> None:
    fill_ledger(last=256)
    keep_subtrees()
    before = kept()
    Subtree.objects.filter(index=0).update(level=9)  # as if it were not seen yet
    keep_subtrees()
    Subtree.objects.filter(level=9).delete()
    assert kept() == before


def test_they_can_be_dropped() -> None:
    fill_ledger(last=256)
    keep_subtrees()
    drop_subtrees()
    assert kept() == []


def test_a_subtree_that_is_false_is_named_by_its_first_entry() -> None:
    fill_ledger(last=700)
    keep_subtrees()
    assert list(_untrue()) == []
    Subtree.objects.filter(index=1).update(hash=b"\0" * 32)
    (fault,) = _untrue()
    assert (fault.number, fault.why) == (257, "the subtree kept over 256 entries is false")


def test_a_subtree_beyond_the_ledger_is_false() -> None:
    fill_ledger(last=10)
    Subtree.objects.create(level=8, index=0, hash=b"\0" * 32)
    assert false_subtree() is not None
