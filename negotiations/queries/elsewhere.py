"""What of a negotiation stands elsewhere under one setting of the clocks than under another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from negotiations.models import Clocks, Milestone, Term
from negotiations.queries import names
from negotiations.queries.accounts import meeting_titles
from negotiations.queries.agreements import verdict
from negotiations.queries.brief_notes import brief_party
from negotiations.queries.contrasts import Contrast, HeldState, contrast
from negotiations.queries.milestones import Due
from negotiations.queries.negotiations import Whole, in_tree_order
from negotiations.queries.shapes import PartyRef, TrackRef
from negotiations.queries.shapes.since import (
    AccountsMoved,
    DateMoved,
    Moved,
    MovedReading,
    TermMoved,
    TieMoved,
)
from negotiations.queries.sides import held_by
from negotiations.queries.states import tracks_of
from negotiations.vocabulary import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """One track under both settings, and what differs."""

    track: TrackRef
    before: HeldState
    after: HeldState
    contrast: Contrast

    @property
    def read_by(self) -> list[int]:
        """The parties whose readings differ."""
        of = {row.id: pk for side in self._sides for pk, row in side.voices.items() if row}
        rows = (pair.after or pair.before for pair in self.contrast.readings)
        return [of[row] for row in rows if row in of]

    @property
    def held_by(self) -> dict[int, list[int]]:
        """The terms whose positions differ, with the parties that hold those."""
        found: dict[int, list[int]] = {}
        for term, party, _ in self._differ("positions"):
            found.setdefault(term, [])
            if party not in found[term]:
                found[term].append(party)
        return found

    @property
    def tied(self) -> set[tuple[int, int]]:
        """The pairs of tracks of whose ties the words differ."""
        return {key[:2] for key in self._differ("linkages")}

    @property
    def told_of(self) -> set[str]:
        """The meetings of which accounts differ, by slug."""
        return {meeting for meeting, _, _ in self._differ("accounts")}

    @property
    def dated(self) -> set[str]:
        """The milestones that differ, by slug."""
        of = {due.id: slug for side in self._sides for slug, due in side.milestones.items()}
        return {of[pair.after or pair.before] for pair in self.contrast.milestones}

    def _differ(self, kind: str) -> Iterator[tuple[Any, ...]]:
        """The keys under which other rows of that kind are held."""
        of = {row: key for side in self._sides for key, row in getattr(side, kind).items()}
        return (of[pair.after or pair.before] for pair in getattr(self.contrast, kind))

    @property
    def _sides(self) -> tuple[HeldState, HeldState]:
        return self.before, self.after


def elsewhere(whole: Whole, *, before: Clocks, after: Clocks) -> dict[int, Elsewhere]:
    """Every track by its id, in the order of the board; nine SQL queries."""
    tracks = [track for track, _ in in_tree_order(tracks_of(whole, clocks=after))]
    was, now = held_by(tracks, clocks=before), held_by(tracks, clocks=after)
    return {
        track.pk: Elsewhere(
            track=names.track_ref(track, negotiation=whole.slug),
            before=was[track.pk],
            after=now[track.pk],
            contrast=contrast(was[track.pk], now[track.pk]),
        )
        for track in tracks
    }


def moved(found: Collection[Elsewhere], told: Mapping[str, str]) -> tuple[Moved, ...]:
    """The tracks of which other readings count; one SQL query.

    `told` is the agreement that was told, by track: who counts as a party may have changed since.
    """
    parties = names.parties(party for one in found for party in one.read_by)
    before = {one.track.slug: told.get(one.track.slug, _agreement(one.before)) for one in found}
    return tuple(
        _move(one, agreement_before=before[one.track.slug], parties=parties)
        for one in found
        if one.contrast.readings or before[one.track.slug] != _agreement(one.after)
    )


def terms_moved(found: Collection[Elsewhere]) -> tuple[TermMoved, ...]:
    """The terms on which other positions count; two SQL queries."""
    rows = Term.objects.filter(pk__in=[term for one in found for term in one.held_by])
    terms = {row.pk: row for row in rows}
    parties = names.parties(pk for one in found for held in one.held_by.values() for pk in held)
    return tuple(
        TermMoved(
            track=one.track,
            slug=terms[term].slug,
            name_en=terms[term].name_en,
            name_ko=terms[term].name_ko,
            parties=tuple(brief_party(parties[pk]) for pk in held),
        )
        for one in found
        for term, held in one.held_by.items()
    )


def dates_moved(found: Mapping[int, Elsewhere], *, on: date) -> tuple[DateMoved, ...]:
    """The milestones of which another row counts, by slug; `on` is the later day. One SQL query."""
    was: dict[str, Due] = {}
    now: dict[str, Due] = {}
    for one in found.values():
        was |= one.before.milestones
        now |= one.after.milestones
    slugs = sorted({slug for one in found.values() for slug in one.dated})
    latest = {slug: now.get(slug) or was[slug] for slug in slugs}
    titled = Milestone.objects.filter(pk__in=[due.id for due in latest.values()])
    rows = {row.pk: row for row in titled.only("title_en", "title_ko")}
    return tuple(
        DateMoved(
            slug=slug,
            tracks=tuple(found[pk].track for pk in found if pk in due.tracks),
            title_en=rows[due.id].title_en,
            title_ko=rows[due.id].title_ko,
            due_on_before=_due_on(was.get(slug)),
            due_on=_due_on(now.get(slug)),
            outcome_before=_word(was.get(slug), "outcome"),
            outcome=_word(now.get(slug), "outcome"),
            overdue=slug in now and due.outcome == Outcome.OPEN and due.upper < on,
        )
        for slug, due in latest.items()
    )


def ties_moved(found: Mapping[int, Elsewhere]) -> tuple[TieMoved, ...]:
    """The pairs of these tracks of whose ties another word counts."""
    pairs = sorted({pair for one in found.values() for pair in one.tied if {*pair} <= {*found}})
    return tuple(TieMoved(tracks=tuple(found[pk].track for pk in pair)) for pair in pairs)


def accounts_moved(
    found: Collection[Elsewhere], negotiation: int, *, clocks: Clocks
) -> tuple[AccountsMoved, ...]:
    """The meetings of which another account counts; one SQL query, none for none."""
    meetings = sorted({meeting for one in found for meeting in one.told_of})
    titles = meeting_titles(negotiation, meetings, clocks=clocks)
    return tuple(
        AccountsMoved(meeting=meeting, title_en=titles[meeting].en, title_ko=titles[meeting].ko)
        for meeting in meetings
        if meeting in titles
    )


def _move(one: Elsewhere, *, agreement_before: str, parties: Mapping[int, PartyRef]) -> Moved:
    was, now = one.before, one.after
    return Moved(
        track=one.track,
        stage_before=_word(was.desk, "stage"),
        stage=_word(now.desk, "stage"),
        momentum_before=_word(was.desk, "momentum"),
        momentum=_word(now.desk, "momentum"),
        agreement_before=agreement_before,
        agreement=_agreement(now),
        readings=tuple(
            MovedReading(
                party=brief_party(parties[party]),
                stage_before=_word(was.voices.get(party), "stage"),
                stage=_word(now.voices.get(party), "stage"),
            )
            for party in one.read_by
        ),
    )


def _agreement(held: HeldState) -> str:
    return verdict(tuple(row.stage if row else None for row in held.voices.values())).agreement


def _word(row: Any, name: str) -> str | None:
    word: str | None = getattr(row, name, None)
    return word


def _due_on(due: Due | None) -> str | None:
    return next((row.due_on for row in due.rows if row.id == due.id), None) if due else None
