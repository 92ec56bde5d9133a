"""What has changed since a brief was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.queries.shapes.briefs import BriefParty
from negotiations.queries.shapes.refs import TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedReading:
    """A party that reads a track otherwise now, or anew; null: it has not spoken."""

    party: BriefParty
    stage_before: str | None
    stage: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A track of which another reading counts now; where the words are the same, it was read anew.

    `readings` are those of parties.
    """

    track: TrackRef
    stage_before: str | None
    stage: str | None
    momentum_before: str | None
    momentum: str | None
    agreement_before: str
    agreement: str
    readings: tuple[MovedReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMoved:
    """A term on which other positions count now: those of `parties`."""

    track: TrackRef
    slug: str
    name_en: str
    name_ko: str
    parties: tuple[BriefParty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMoved:
    """A milestone of which another row counts now, or whose day has passed without an outcome.

    Null before: it was not on record; null now: it is not any more. `overdue`: the day has passed.
    """

    slug: str
    tracks: tuple[TrackRef, ...]
    title_en: str
    title_ko: str
    due_on_before: str | None
    due_on: str | None
    outcome_before: str | None
    outcome: str | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TieMoved:
    """Two tracks of whose ties somebody's other word counts now."""

    tracks: tuple[TrackRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsMoved:
    """A meeting of which somebody's other account counts now."""

    meeting: str
    title_en: str
    title_ko: str


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
    """What has changed since a brief was made: what its clocks tell beside what those of now do.

    `acts` counts the public acts on the negotiation after `since`, up to `ledger_number`. `moved`,
    `terms`, `dates`, `ties` and `accounts` are what stands elsewhere, of the whole negotiation,
    whether the brief had room for it or not; also without any act, where it was asked about the
    past. `said`: whether statements were made, or became public, after its clocks. `changed`:
    whether there is any of all this, or a row `overtaken`.
    """

    since: int
    since_at: datetime
    ledger_number: int
    changed: bool
    acts: int
    moved: tuple[Moved, ...]
    terms: tuple[TermMoved, ...]
    dates: tuple[DateMoved, ...]
    ties: tuple[TieMoved, ...]
    accounts: tuple[AccountsMoved, ...]
    said: bool
    overtaken: tuple[Overtaken, ...]
