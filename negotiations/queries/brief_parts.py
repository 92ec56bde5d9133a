"""The smaller parts of a brief: ties, news, last words, what is owed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from negotiations.queries.brief_ground import Ground
from negotiations.queries.brief_notes import Endnotes, brief_party, by_slug, evidence
from negotiations.queries.shapes import (
    LinkageRecord,
    MilestoneRecord,
    PartyRef,
    PositionRecord,
    StatementRecord,
    StatusChangeRecord,
)
from negotiations.queries.shapes.briefs import BriefNews, BriefTie
from negotiations.queries.shapes.handovers import HeardWord, LastWords, Owed
from negotiations.queries.states import TrackRow, party_ids

News = StatusChangeRecord | PositionRecord | MilestoneRecord


def news_besides(ground: Ground, told: Collection[tuple[str, int]]) -> list[News]:
    """What is new and not told already, newest first."""
    found = (one for one in ground.found.news if (one.noun, one.id) not in told)
    return [getattr(ground.records, one.noun)[one.id] for one in found]


def told_tie(row: LinkageRecord, notes: Endnotes) -> BriefTie:
    """A tie as briefs tell it."""
    return BriefTie(
        linkage=row.id,
        from_track=row.from_track,
        to_track=row.to_track,
        party=brief_party(row.according_to) if row.according_to else None,
        linkage_kind=row.kind,
        effective_on=row.effective_on,
        notes=notes.cite(evidence(row)),
    )


def told_news(row: News, notes: Endnotes) -> BriefNews:
    """A row as news tell it."""
    told: dict[str, Any] = dict.fromkeys(
        ("stage", "unit", "amount", "amount_to", "qualifier", "standing", "outcome", "due_on")
    )
    told |= {"headline_en": "", "headline_ko": "", "text_en": "", "text_ko": "", "party": None}
    match row:
        case StatusChangeRecord():
            told |= {"noun": "status_change", "tracks": (row.track,), "stage": row.stage}
            told |= {"headline_en": row.headline_en, "headline_ko": row.headline_ko}
        case PositionRecord():
            told |= {"noun": "position", "tracks": (row.term.track,), "unit": row.term.unit}
            told |= {"headline_en": row.term.name_en, "headline_ko": row.term.name_ko}
            told |= {"amount": row.amount, "amount_to": row.amount_to, "text_en": row.text_en}
            told |= {"qualifier": row.qualifier, "standing": row.standing, "text_ko": row.text_ko}
        case MilestoneRecord():
            told |= {"noun": "milestone", "tracks": by_slug(row.tracks), "due_on": row.due_on}
            told |= {"headline_en": row.title_en, "headline_ko": row.title_ko}
            told |= {"outcome": row.outcome}
    if not isinstance(row, MilestoneRecord) and row.according_to:
        told["party"] = brief_party(row.according_to)
    return BriefNews(
        id=row.id, effective_on=row.effective_on, notes=notes.cite(evidence(row)), **told
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The last word of each party on a track (null: nothing is at hand)."""

    track: TrackRow
    words: tuple[tuple[PartyRef, StatementRecord | None], ...]

    @property
    def evidence(self) -> tuple[StatementRecord, ...]:
        """The words."""
        return tuple(said for _, said in self.words if said is not None)


def heard(ground: Ground) -> list[Heard]:
    """Tracks on which any party has spoken: those that hang below no other come first."""
    said = {
        (one.track, one.party): ground.records.statement[one.statement]
        for one in ground.found.spoken
    }
    spoken = {track for track, _ in said}
    shown = [track for track in ground.tracks if track.pk in spoken]
    shown.sort(key=lambda track: track.parent_id is not None)
    return [
        Heard(
            track=track,
            words=tuple((ground.parties[pk], said.get((track.pk, pk))) for pk in party_ids(track)),
        )
        for track in shown
    ]


def told_words(one: Heard, notes: Endnotes, *, ground: Ground) -> LastWords:
    """The last words on a track as handovers tell them."""
    return LastWords(
        track=ground.track_ref(one.track),
        words=tuple(
            HeardWord(party=brief_party(party), notes=notes.cite(said) if said else ())
            for party, said in one.words
        ),
    )


def told_owed(said: StatementRecord, notes: Endnotes) -> Owed:
    """A promise or a demand as handovers tell it."""
    return Owed(
        statement_kind=said.kind,
        by=tuple(brief_party(party) for party in said.parties),
        of=tuple(brief_party(party) for party in said.about if party not in said.parties),
        tracks=by_slug(said.tracks),
        notes=notes.cite(said),
    )
