"""Who says what: the terms of a negotiation side by side, and over time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from negotiations.models import Clocks
from negotiations.queries import names
from negotiations.queries.acts import newest_act
from negotiations.queries.clocks import clocks_used
from negotiations.queries.layouts import Plan, plan
from negotiations.queries.pieces import Tellers, records_of
from negotiations.queries.position_comparisons import History, differs, spans
from negotiations.queries.shapes import (
    ContestedSpan,
    FigureLine,
    Figures,
    FigureStep,
    FiguresTrack,
    Matrix,
    MatrixTrack,
    PartyRef,
    TermFigures,
)
from negotiations.queries.states import TrackRow, party_ids
from negotiations.queries.terms import HeldTerm, Line, mark_members, term_states, terms_of
from negotiations.vocabulary import Comparison


def matrix(
    negotiation_slug: str,
    *,
    clocks: Clocks,
    track: str | None = None,
    differing: bool = False,
    tell: Tellers = records_of,
) -> Matrix:
    """The terms of a negotiation with the latest position of each party.

    `track` narrows it to the terms of one; `differing` to those on which the parties are apart, put
    it in different words or do not give it the same force. Six SQL queries, five more for what has
    no piece; `tell` says in which form its rows come. Refuses `not_found`, `bad_parameter`.
    """
    room = _enter(negotiation_slug, track=track, clocks=clocks)
    ids = {pk for _, _, terms in room.grouped(track) for t in terms for pk in t.position_ids}
    records = tell(clocks=clocks, position=ids)
    rows: list[tuple[TrackRow, int, Any]] = [
        (
            row,
            depth,
            term_states(terms, parties=party_ids(row), records=records, on=clocks.on),
        )
        for row, depth, terms in room.grouped(track)
    ]
    if differing:
        rows = [(row, depth, tuple(filter(differs, terms))) for row, depth, terms in rows]
    return Matrix(
        negotiation=room.plan.summary(room.parties),
        parties=room.columns(),
        tracks=tuple(
            MatrixTrack(track=room.plan.ref(row), depth=depth, terms=terms)
            for row, depth, terms in rows
            if terms
        ),
        terms=len(room.terms),
        term_tracks=tuple(room.plan.ref(row) for row, _, _ in room.grouped()),
        clocks=clocks_used(clocks),
        ledger_number=newest_act(room.plan.whole.pk, clocks=clocks),
    )


def figures(
    negotiation_slug: str,
    *,
    clocks: Clocks,
    track: str | None = None,
    tell: Tellers = records_of,
) -> Figures:
    """Every term of a negotiation over time, step by step and party by party.

    Of each party's positions on a term the newest sixty are told, of what is law as many. As many
    SQL queries as `matrix`, which says the rest.
    """
    room = _enter(negotiation_slug, track=track, clocks=clocks)
    ids = {pk for _, _, terms in room.grouped(track) for t in terms for pk in t.every_id}
    records = tell(clocks=clocks, position=ids)
    return Figures(
        negotiation=room.plan.summary(room.parties),
        parties=room.columns(),
        tracks=tuple(
            FiguresTrack(
                track=room.plan.ref(row),
                depth=depth,
                terms=tuple(
                    _figures(term, row, room.parties, records.position, clocks=clocks)
                    for term in terms
                ),
            )
            for row, depth, terms in room.grouped(track)
        ),
        clocks=clocks_used(clocks),
        ledger_number=newest_act(room.plan.whole.pk, clocks=clocks),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """The plan of a negotiation, its terms and all who speak."""

    plan: Plan
    terms: Sequence[HeldTerm]
    parties: Mapping[int, PartyRef]

    def grouped(self, track: str | None = None) -> Iterator[tuple[TrackRow, int, list[HeldTerm]]]:
        """Tracks (or one of them) with their terms, where there are any."""
        on: dict[int, list[HeldTerm]] = {}
        for term in self.terms:
            on.setdefault(term.track, []).append(term)
        for row, depth in self.plan.placed:
            if row.pk in on and track in (None, row.slug):
                yield row, depth, on[row.pk]

    def columns(self) -> tuple[PartyRef, ...]:
        """The parties of the negotiation, then whoever else has stated a position."""
        others = {pk for term in self.terms for pk in term.party_ids}
        order = dict.fromkeys((*self.plan.whole.party_ids, *sorted(others)))
        return tuple(self.parties[pk] for pk in order)


def _enter(slug: str, *, track: str | None, clocks: Clocks) -> _Room:
    entered = plan(slug, clocks=clocks)
    entered.track(track)
    terms = terms_of(entered.ids, clocks=clocks)
    speaking = {pk for term in terms for pk in term.party_ids}
    parties = names.parties({*entered.whole.party_ids, *speaking})
    return _Room(plan=entered, terms=terms, parties=parties)


def _figures(
    term: HeldTerm,
    row: TrackRow,
    parties: Mapping[int, PartyRef],
    records: Mapping[int, Any],
    *,
    clocks: Clocks,
) -> TermFigures:
    histories = term.histories(party_ids(row), on=clocks.on)
    order = {pk: place for place, pk in enumerate(party_ids(row))}
    lines = sorted(term.lines, key=lambda line: (order.get(line.party, len(order)), line.party))
    return TermFigures(
        **mark_members(term, histories=histories, on=clocks.on),
        numeric=any(step.amount is not None for line in lines for step in line.steps),
        lines=tuple(_line(line, parties, records) for line in lines),
        contested=tuple(_contested(histories)),
    )


def _line(line: Line, parties: Mapping[int, PartyRef], records: Mapping[int, Any]) -> FigureLine:
    ends: Iterable[Any] = (*line.days[1:], None)
    return FigureLine(
        party=parties[line.party],
        legal=line.legal,
        steps=tuple(
            FigureStep(position=records[step.id], since=since, until=until)
            for step, since, until in zip(line.steps, line.days, ends, strict=True)
        ),
        cut=line.cut,
    )


def _contested(histories: Collection[History]) -> Iterator[ContestedSpan]:
    for span in spans(list(histories)):
        if span.comparison == Comparison.APART:
            yield ContestedSpan(since=span.since, until=span.until)
