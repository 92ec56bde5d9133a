"""What holds what up: the ties between tracks, and where they run in a ring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from negotiations.queries.shapes.boards import NegotiationSummary
from negotiations.queries.shapes.record import LinkageRecord
from negotiations.queries.shapes.refs import ClocksUsed, PartyRef, TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class TieVoice:
    """What one voice says of two tracks; `party` null is the desk's own reading.

    `latest` is the word that counts, `earlier` those that it took the place of, newest first.
    `cut`: still earlier ones are left out.
    """

    party: PartyRef | None
    latest: LinkageRecord
    earlier: tuple[LinkageRecord, ...]
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two tracks of which anybody has said that they are tied, or are not.

    `number` counts the ties of the negotiation under these clocks, that with the newest word first,
    whatever is filtered. `agreement` compares what the parties say (the desk's reading does not
    count): one claim is the same from either end, so “conditional on” and “precondition for” may
    agree. `silent` are the parties to these tracks of whom no word is on record: never assent.
    """

    number: int
    tracks: tuple[TrackRef, ...]
    agreement: str
    voices: tuple[TieVoice, ...]
    silent: tuple[PartyRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One track waits for another, by the ties of these numbers and ids that are in effect."""

    waiting: TrackRef
    awaited: TrackRef
    tie: int
    linkages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """Tracks of which each waits for the next, and the last for the first."""

    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkages:
    """The ties of a negotiation under the clocks.

    `untied` are its tracks of which nobody has said anything of the kind. Where there are more
    `cycles` than are told, `knots` name the tracks that wait for each other, group by group.
    """

    negotiation: NegotiationSummary
    ties: tuple[Tie, ...]
    untied: tuple[TrackRef, ...]
    cycles: tuple[Cycle, ...]
    knots: tuple[tuple[TrackRef, ...], ...]
    last_said_on: date | None
    clocks: ClocksUsed
    ledger_number: int
