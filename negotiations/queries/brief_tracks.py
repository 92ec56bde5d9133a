"""Which tracks a brief tells first, and what the parties say where they are not at one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from negotiations.queries.agreements import Verdict, verdict
from negotiations.queries.brief_ground import Ground
from negotiations.queries.brief_notes import Endnotes, brief_party, evidence
from negotiations.queries.brief_rows import FORTNIGHT
from negotiations.queries.shapes import PartyRef, StatementRecord, StatusChangeRecord
from negotiations.queries.shapes.briefs import BriefOther, BriefReading, BriefTrack
from negotiations.vocabulary import Agreement

_APART = frozenset({Agreement.CONTESTED, Agreement.ONE_SIDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A track with the desk's reading and each party's (null: silent)."""

    track: Any
    desk: StatusChangeRecord | None
    voices: tuple[tuple[PartyRef, StatusChangeRecord | None], ...]
    verdict: Verdict

    @property
    def apart(self) -> bool:
        """Whether the parties are not at one: they differ, or one is silent."""
        return self.verdict.agreement in _APART

    @property
    def evidence(self) -> tuple[StatementRecord, ...]:
        """What is cited for it: for the desk's reading, then where they are apart for each."""
        rows = [self.desk, *(row for _, row in self.voices if self.apart)]
        return tuple(evidence(row) for row in rows if row is not None)

    @property
    def rows(self) -> set[int]:
        """The readings that it tells."""
        rows = [self.desk, *(row for _, row in self.voices if self.apart)]
        return {row.id for row in rows if row is not None}


def places(ground: Ground) -> list[Place]:
    """All tracks: headline tracks in the order of the board, then others, the newest first.

    Those of which nothing is on record come last.
    """
    found = [_place(ground, track) for track in ground.tracks]
    others = [one for one in found if not one.track.headline]
    others.sort(key=_since, reverse=True)
    return [*(one for one in found if one.track.headline), *others]


def told_track(place: Place, notes: Endnotes, *, ground: Ground) -> BriefTrack:
    """A track as briefs tell it."""
    desk, track = place.desk, place.track
    on = ground.pin.clocks.on
    return BriefTrack(
        track=ground.track_ref(track),
        headline=track.headline,
        status_change=desk.id if desk else None,
        stage=desk.stage if desk else None,
        momentum=desk.momentum if desk else None,
        effective_on=desk.effective_on if desk else None,
        headline_en=desk.headline_en if desk else "",
        headline_ko=desk.headline_ko if desk else "",
        agreement=place.verdict.agreement,
        floor=place.verdict.floor,
        ceiling=place.verdict.ceiling,
        new=desk is not None and desk.effective_lower > on - FORTNIGHT,
        notes=notes.cite(evidence(desk)) if desk else (),
        readings=tuple(_readings(place, notes)),
    )


def told_other(place: Place, *, ground: Ground) -> BriefOther:
    """A track by its name, with the desk's stage."""
    desk = place.desk
    return BriefOther(
        track=ground.track_ref(place.track),
        status_change=desk.id if desk else None,
        stage=desk.stage if desk else None,
        momentum=desk.momentum if desk else None,
        evidence_retracted=desk is not None and evidence(desk).retracted,
    )


def _place(ground: Ground, track: Any) -> Place:
    standing, records = ground.standings[track.pk], ground.records.status_change
    voices = tuple(
        (ground.parties[pk], records[heard.id] if heard else None)
        for pk, heard in standing.voices.items()
    )
    return Place(
        track=track,
        desk=records[standing.desk.id] if standing.desk else None,
        voices=voices,
        verdict=verdict(tuple(row.stage if row else None for _, row in voices)),
    )


def _since(place: Place) -> tuple[bool, date]:
    rows = [place.desk, *(row for _, row in place.voices)]
    days = [row.effective_lower for row in rows if row is not None]
    return bool(days), max(days, default=date.min)


def _readings(place: Place, notes: Endnotes) -> Iterable[BriefReading]:
    if not place.apart:
        return
    for party, row in place.voices:
        yield BriefReading(
            party=brief_party(party),
            status_change=row.id if row else None,
            stage=row.stage if row else None,
            momentum=row.momentum if row else None,
            effective_on=row.effective_on if row else None,
            headline_en=row.headline_en if row else "",
            headline_ko=row.headline_ko if row else "",
            notes=notes.cite(evidence(row)) if row else (),
        )
