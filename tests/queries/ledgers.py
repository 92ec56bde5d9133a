"""Long ledgers for tests of the tree: entries by the thousand, with hashes that are easy to say."""

from __future__ import annotations

import hashlib

from negotiations.merkle import leaf_hash
from tests import factories as make
from tests.standing import unguarded

_MANY = """
    INSERT INTO negotiations_ledgerentry (number, verb, noun, object_id, at, role, by_id, public,
        negotiation_ids, track_ids, payload, previous_hash, hash)
    SELECT n, 'publish', 'source', n, %s, 'reviewer', %s, n %% 3 <> 0, '{}', '{}', '{}',
        encode(sha256((n - 1)::text::bytea), 'hex'), encode(sha256(n::text::bytea), 'hex')
    FROM generate_series(%s, %s) AS n
"""


def fill_ledger(*, first: int = 1, last: int) -> None:
    """Entries of these numbers; every third is on a draft."""
    officer = make.OfficerFactory()
    with unguarded() as cursor:
        cursor.execute(_MANY, [make.PUBLISHED_AT, officer.pk, first, last])


def leaves(size: int) -> list[bytes]:
    """The hashes of the leaves of such a ledger."""
    data = (hashlib.sha256(str(number).encode()).digest() for number in range(1, size + 1))
    return [leaf_hash(one) for one in data]
