"""The ledger as told to the outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.queries.shapes.reference import SourceRecord
from negotiations.queries.shapes.refs import TrackRef
from negotiations.queries.shapes.timelines import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One public act of the ledger, with what outsiders need to check its hash.

    `payload` is the content as recorded.
    """

    number: int
    verb: str
    noun: str
    object_id: int
    at: datetime
    role: str
    payload: dict[str, object]
    previous_hash: str
    hash: str
    tracks: tuple[TrackRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction or retraction beside what it replaced."""

    number: int
    at: datetime
    noun: str
    retracted: bool
    reason: str
    tracks: tuple[TrackRef, ...]
    before: Entry | SourceRecord
    after: Entry | SourceRecord
