"""Where the parties are apart on a term: their latest positions beside each other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from negotiations.queries.brief_ground import Ground
from negotiations.queries.brief_notes import Endnotes, brief_party, evidence
from negotiations.queries.comparisons import Stand, compare
from negotiations.queries.shapes import PartyRef, PositionRecord, StatementRecord
from negotiations.queries.shapes.briefs import BriefPosition, BriefTerm
from negotiations.queries.states import party_ids
from negotiations.vocabulary import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargain:
    """A term with the latest position of each party; `silent` have said nothing of it."""

    headline: bool
    place: int
    positions: tuple[PositionRecord, ...]
    silent: tuple[PartyRef, ...]

    @property
    def comparison(self) -> Comparison:
        """What those who have spoken amount to, as the matrix has it."""
        return compare([_stand(one) for one in self.positions])

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
    by_term: dict[int, list[PositionRecord]] = defaultdict(list)
    for one in ground.found.held:
        by_term[one.term].append(ground.records.position[one.position])
    places = {track.slug: (place, track) for place, track in enumerate(ground.tracks)}
    found = []
    for positions in by_term.values():
        place, track = places[positions[0].term.track.slug]
        spoken = {one.according_to.code for one in positions}
        parties = (ground.parties[pk] for pk in party_ids(track))
        found.append(
            Bargain(
                headline=track.headline,
                place=place,
                positions=tuple(positions),
                silent=tuple(party for party in parties if party.code not in spoken),
            )
        )
    found = [one for one in found if one.differs or one.silent]
    # Sorted twice: the newest first among equals.
    found.sort(key=lambda one: max(p.effective_lower for p in one.positions), reverse=True)
    found.sort(key=lambda one: (not one.differs, not _numeric(one), not one.headline))
    return found


def told_term(bargain: Bargain, notes: Endnotes) -> BriefTerm:
    """A term as briefs tell it; silent parties last."""
    term = bargain.positions[0].term
    return BriefTerm(
        track=term.track,
        slug=term.slug,
        name_en=term.name_en,
        name_ko=term.name_ko,
        unit=term.unit,
        comparison=bargain.comparison if bargain.differs else Comparison.ONE_SIDED,
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
    return all(one.amount is not None for one in bargain.positions)


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
