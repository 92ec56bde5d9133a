"""What proves the ledger: checkpoints, and the proofs that hang on them. Hashes in hexadecimal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.queries.shapes.changes import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The head over the first `size` entries of the ledger, of which the last is a public act.

    `entry_hash` and `at` are those of that act; empty and null in a ledger without one. `note` is
    the checkpoint as it is signed (C2SP tlog-checkpoint), `public_keys` are those of the site, the
    present one first (`name+id+key`).
    """

    name: str
    size: int
    root_hash: str
    entry_hash: str
    at: datetime | None
    note: str
    public_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An entry on a draft: it is in the chain and in the tree, and nothing of it is told."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """That an entry is in the ledger (RFC 6962, 2.1.1).

    `leaf_index` counts from 0. `leaf_hash` is SHA-256 of a zero byte and the 32 bytes of the hash
    of the `entry`; `proof` leads from it to `root_hash`, the head in `checkpoint`.
    """

    entry: Act
    leaf_index: int
    leaf_hash: str
    tree_size: int
    proof: tuple[str, ...]
    root_hash: str
    checkpoint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyProof:
    """That the ledger of `to_size` entries begins with that of `from_size` (RFC 6962, 2.1.2)."""

    from_size: int
    from_root_hash: str
    from_checkpoint: str
    to_size: int
    to_root_hash: str
    to_checkpoint: str
    proof: tuple[str, ...]
