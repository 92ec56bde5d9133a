"""Where the parties are apart on a term: their latest positions beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from negotiations.queries.brief_ground import Ground
from negotiations.queries.brief_notes import Endnotes, brief_party, evidence
from negotiations.queries.position_comparisons import Stand, compare
from negotiations.queries.shapes import PartyRef, PositionRecord, StatementRecord
from negotiations.queries.shapes.briefs import BriefPosition, BriefTerm
from negotiations.queries.states import TrackRow, party_ids
from negotiations.vocabulary import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargain:
    """A term with the latest position of each party of its track (null: silent), and of others."""

    headline: bool
    parties: tuple[tuple[PartyRef, PositionRecord | None], ...]
    others: tuple[PositionRecord, ...]

    @property
    def held(self) -> tuple[PositionRecord, ...]:
        """What the parties of the track hold the term to be."""
        return tuple(one for _, one in self.parties if one is not None)

    @property
    def positions(self) -> tuple[PositionRecord, ...]:
        """What is told: what the parties hold, and beside it what others do."""
        return (*self.held, *self.others)

    @property
    def silent(self) -> tuple[PartyRef, ...]:
        """The parties that have said nothing of it."""
        return tuple(party for party, one in self.parties if one is None)

    @property
    def comparison(self) -> Comparison:
        """What the parties of the track amount to, as the matrix has it."""
        return compare([_stand(one) if one else None for _, one in self.parties])

    @property
    def differs(self) -> bool:
        """Whether two parties are apart, or say it in different words."""
        return self.comparison in (Comparison.APART, Comparison.REWORDED)

    @property
    def evidence(self) -> tuple[StatementRecord, ...]:
        """What is cited for it."""
        return tuple(evidence(one) for one in self.positions)


def disputed(ground: Ground) -> list[Bargain]:
    """Terms on which parties differ, or one is silent; the most telling first.

    That is: differences before silence, figures before texts, headline tracks before others, then
    the newest position.
    """
    by_term: dict[int, dict[int, PositionRecord]] = defaultdict(dict)
    tracks: dict[int, int] = {}
    for one in ground.found.held:
        by_term[one.term][one.party] = ground.records.position[one.id]
        tracks[one.term] = one.track
    rows = {track.pk: track for track in ground.tracks}
    every = (_bargain(held, rows[tracks[term]], ground) for term, held in by_term.items())
    found = [one for one in every if one.held and (one.differs or one.silent)]
    # Sorted twice: the newest first among equals.
    found.sort(key=lambda one: max(p.effective_lower for p in one.held), reverse=True)
    found.sort(key=lambda one: (not one.differs, not _numeric(one), not one.headline))
    return found


def _bargain(held: Mapping[int, PositionRecord], track: TrackRow, ground: Ground) -> Bargain:
    """A term with what each party (by its id) holds it to be."""
    own = party_ids(track)
    return Bargain(
        headline=track.headline,
        parties=tuple((ground.parties[pk], held.get(pk)) for pk in own),
        others=tuple(one for pk, one in held.items() if pk not in own),
    )


def told_term(bargain: Bargain, notes: Endnotes) -> BriefTerm:
    """A term as briefs tell it: the parties of its track, whoever else spoke, who is silent."""
    term = bargain.positions[0].term
    return BriefTerm(
        track=term.track,
        slug=term.slug,
        name_en=term.name_en,
        name_ko=term.name_ko,
        unit=term.unit,
        comparison=bargain.comparison,
        positions=(
            *(_position(one, notes) for one in bargain.positions),
            *(_silence(party) for party in bargain.silent),
        ),
    )


def _stand(one: PositionRecord) -> Stand:
    return Stand(
        since=one.effective_lower,
        by=one.effective_upper,
        on=one.effective_on,
        amount=one.amount,
        amount_to=one.amount_to,
        text_en=one.text_en,
        text_ko=one.text_ko,
        qualifier=one.qualifier,
        standing=one.standing,
    )


def _numeric(bargain: Bargain) -> bool:
    return all(one.amount is not None for one in bargain.held)


def _position(one: PositionRecord, notes: Endnotes) -> BriefPosition:
    return BriefPosition(
        party=brief_party(one.according_to),
        position=one.id,
        amount=one.amount,
        amount_to=one.amount_to,
        qualifier=one.qualifier,
        text_en=one.text_en,
        text_ko=one.text_ko,
        standing=one.standing,
        effective_on=one.effective_on,
        notes=notes.cite(evidence(one)),
    )


def _silence(party: PartyRef) -> BriefPosition:
    return BriefPosition(
        party=brief_party(party),
        position=None,
        amount=None,
        amount_to=None,
        qualifier=None,
        text_en="",
        text_ko="",
        standing=None,
        effective_on=None,
        notes=(),
    )
