"""What has changed since a brief was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.queries.shapes.refs import TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A track that stands elsewhere now than the brief says."""

    track: TrackRef
    stage_before: str | None
    stage: str | None
    momentum_before: str | None
    momentum: str | None
    agreement_before: str
    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """A row that the brief tells and that was corrected or retracted since.

    `superseded_by` is the row in its place, null where it was retracted; `number` that of the act.
    `endnotes` are the numbers under which the brief quotes it, for statements.
    """

    noun: str
    id: int
    superseded_by: int | None
    retracted: bool
    reason: str
    number: int
    endnotes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSince:
    """What has changed since a brief was made, under the clocks of now.

    `acts` counts the public acts on the negotiation after `since`, up to `ledger_number`.
    """

    since: int
    since_at: datetime
    ledger_number: int
    acts: int
    moved: tuple[Moved, ...]
    overtaken: tuple[Overtaken, ...]
