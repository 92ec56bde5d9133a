"""From one row of the record and what it refers to, to its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from negotiations.queries.chains import published_members
from negotiations.queries.figures import figure_en, figure_ko
from negotiations.queries.shapes import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    PartyRef,
    PositionRecord,
    StatementRecord,
    StatusChangeRecord,
    TermRef,
    TrackRef,
)
from negotiations.queries.utterances import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What rows refer to, by id."""

    parties: Mapping[int, PartyRef]
    tracks: Mapping[int, TrackRef]
    utterances: Mapping[int, Utterance]

    def told(self, ids: Iterable[int]) -> list[Utterance]:
        """Those of these statements that were told, in this order, each once."""
        found = (self.utterances.get(pk) for pk in dict.fromkeys(ids))
        return [utterance for utterance in found if utterance and utterance.told]

    def party(self, pk: int | None) -> PartyRef | None:
        """A party, or none for the desk's own word."""
        return None if pk is None else self.parties[pk]


def status_change_record(row: Any, shelf: Shelf) -> StatusChangeRecord:
    """A reading, from its row."""
    return StatusChangeRecord(
        **_mark(row, shelf),
        track=shelf.tracks[row.track_id],
        according_to=shelf.party(row.according_to_id),
        stage=row.stage,
        momentum=row.momentum,
        documentary_basis=row.documentary_basis,
        dissent=_records(shelf.told(row.dissent_ids)),
        headline_en=row.headline_en,
        headline_ko=row.headline_ko,
        unusual=row.unusual or None,
        reason_en=row.reason_en,
        reason_ko=row.reason_ko,
    )


def position_record(row: Any, shelf: Shelf) -> PositionRecord:
    """A position, from its row with its term."""
    term = row.term
    figure = {
        "amount": row.amount,
        "amount_to": row.amount_to,
        "unit": term.unit,
        "qualifier": row.qualifier,
    }
    return PositionRecord(
        **_mark(row, shelf),
        term=TermRef(
            track=shelf.tracks[term.track_id],
            slug=term.slug,
            name_en=term.name_en,
            name_ko=term.name_ko,
            unit=term.unit,
        ),
        according_to=shelf.parties[row.according_to_id],
        amount=row.amount,
        amount_to=row.amount_to,
        text_en=row.text_en,
        text_ko=row.text_ko,
        qualifier=row.qualifier,
        standing=row.standing,
        figure_en=figure_en(**figure, text=row.text_en or row.text_ko),
        figure_ko=figure_ko(**figure, text=row.text_ko or row.text_en),
    )


def linkage_record(row: Any, shelf: Shelf) -> LinkageRecord:
    """A tie, from its row."""
    return LinkageRecord(
        **_mark(row, shelf),
        from_track=shelf.tracks[row.from_track_id],
        to_track=shelf.tracks[row.to_track_id],
        according_to=shelf.party(row.according_to_id),
        kind=row.kind,
        standing=row.standing,
    )


def milestone_record(row: Any, shelf: Shelf) -> MilestoneRecord:
    """A milestone, from its row with its negotiation."""
    return MilestoneRecord(
        **_mark(row, shelf),
        negotiation=row.negotiation.slug,
        slug=row.slug,
        tracks=tuple(ref for pk, ref in shelf.tracks.items() if pk in row.track_ids),
        kind=row.kind,
        title_en=row.title_en,
        title_ko=row.title_ko,
        due_on=row.due_on,
        due_lower=row.due_lower,
        due_upper=row.due_upper,
        place_en=row.place_en,
        place_ko=row.place_ko,
        outcome=row.outcome,
    )


def account_record(row: Any, shelf: Shelf) -> AccountRecord:
    """A party's account of a meeting on one topic, from its row."""
    return AccountRecord(
        **_mark(row, shelf),
        track=shelf.tracks[row.track_id],
        meeting=row.meeting,
        topic=row.topic,
        topic_en=row.topic_en,
        topic_ko=row.topic_ko,
        according_to=shelf.parties[row.according_to_id],
        bearing=row.bearing,
        text_en=row.text_en,
        text_ko=row.text_ko,
        contradicts=row.contradicts_id,
    )


BUILDERS: dict[str, Callable[[Any, Shelf], Any]] = {
    "status_change": status_change_record,
    "position": position_record,
    "linkage": linkage_record,
    "milestone": milestone_record,
    "account": account_record,
}


def _mark(row: Any, shelf: Shelf) -> dict[str, Any]:
    # A row is known from the earliest of its sources on: the others come in when they are known.
    basis = shelf.told((row.basis_id, *row.further_ids)) or [shelf.utterances[row.basis_id]]
    return {
        **published_members(row),
        "effective_on": row.effective_on,
        "effective_lower": row.effective_lower,
        "effective_upper": row.effective_upper,
        "note_en": row.note_en,
        "note_ko": row.note_ko,
        "basis": _records(basis),
        "thinly_sourced": all(utterance.mirrored for utterance in basis),
        "corroboration": _witnesses([u for u in basis if not u.record.retracted]),
    }


def _witnesses(utterances: Sequence[Utterance]) -> int:
    """How many independent witnesses speak: never more than utterances, voices or sources.

    Reprints of one utterance are one witness; so are several sentences of one interview, and
    several voices that one article alone tells of.
    """
    said = {u.utterance for u in utterances}
    voices = {(u.record.speaker.person or u.record.speaker.name_en) for u in utterances}
    sources = {u.record.source.id for u in utterances}
    return min(len(said), len(voices), len(sources))


def _records(utterances: Iterable[Utterance]) -> tuple[StatementRecord, ...]:
    return tuple(utterance.record for utterance in utterances)
