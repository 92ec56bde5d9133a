"""What changed on a negotiation, or one track of it, between two settings of the clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from negotiations.models import Clocks
from negotiations.queries import names
from negotiations.queries.accounts import MeetingTitle, meeting_titles
from negotiations.queries.acts import newest_act
from negotiations.queries.asked_spans import AskedSpan, Newest
from negotiations.queries.assembly import Records
from negotiations.queries.clocks import clocks_used, end_of
from negotiations.queries.contrasts import Contrast, HeldState, contrast
from negotiations.queries.corrected import corrected
from negotiations.queries.layouts import plan
from negotiations.queries.negotiations import Whole
from negotiations.queries.newly_said import Said, newly_said
from negotiations.queries.pieces import records, records_of
from negotiations.queries.shapes import (
    AccountPair,
    AccountRecord,
    LinkagePair,
    MilestonePair,
    NewStatements,
    PositionPair,
    ReadingPair,
    StateComparison,
    StatementRecord,
    TrackComparison,
    WordPair,
)
from negotiations.queries.sides import held_by
from negotiations.queries.states import tracks_of
from negotiations.queries.steps import newest_change
from negotiations.refusals import Refusal

_KINDS = {
    "readings": ("status_change", ReadingPair),
    "positions": ("position", PositionPair),
    "linkages": ("linkage", LinkagePair),
    "milestones": ("milestone", MilestonePair),
    "accounts": ("account", AccountPair),
}
_WORDS = ("stage", "momentum", "documentary_basis", "agreement", "floor", "ceiling")


def comparison(
    negotiation_slug: str,
    *,
    track: str | None = None,
    span: AskedSpan,
    zone: ZoneInfo,
    newest: Newest | None = None,
) -> StateComparison:
    """What is different at the end of `span`; a day of our record ends in `zone`.

    `newest` finds the newest change by then for who tells it as well, and so asks once. As many SQL
    queries for one track as for forty. Refuses `not_found`, and what `AskedSpan.before` does.
    """
    room = plan(negotiation_slug, clocks=span.after)
    whole = room.whole
    placed = [(row, depth) for row, depth in room.placed if track in (None, row.slug)]
    if track is not None and not placed:
        raise Refusal("not_found")
    before = span.before(newest or partial(_newest, negotiation_slug, track, span))
    told = _differences(whole, placed, before=before, span=span)
    fixed = corrected(
        [row.pk for row, _ in placed],
        clocks=span.after,
        since=span.since,
        begin=end_of(before.on, zone=zone),
        end=_until(span, zone),
    )
    return StateComparison(
        negotiation=room.summary(names.parties(whole.party_ids)),
        since=span.since,
        before=clocks_used(before),
        after=clocks_used(span.after),
        tracks=tuple(one for one in told.values() if isinstance(one, TrackComparison)),
        unchanged=tuple(one for one in told.values() if not isinstance(one, TrackComparison)),
        corrections=fixed.between,
        corrected_since=fixed.later,
        left_off=fixed.left_off,
        ledger_number=newest_act(whole.pk, clocks=span.after),
    )


def _newest(negotiation: str, track: str | None, span: AskedSpan) -> date | None:
    """The day of the newest change that is known at the end of the span."""
    return newest_change(negotiation, track, by=span.to_day, as_of=span.after.as_of)


def _until(span: AskedSpan, zone: ZoneInfo) -> Any:
    """The instant after which a correction came later than what is told of."""
    if span.since is not None:
        return span.after.as_of
    return min(end_of(span.to_day, zone=zone), span.after.as_of)


class _Both(NamedTuple):
    """The records of all rows that differ, as they are told on either side.

    With the titles of the meetings of which accounts differ.
    """

    before: Records
    after: Records
    titles: Mapping[str, MeetingTitle]


def _differences(
    whole: Whole, placed: list[tuple[Any, int]], *, before: Clocks, span: AskedSpan
) -> dict[int, Any]:
    """By track, in order: what is different there, or only the track."""
    found = _contrasts(whole, [row for row, _ in placed], before=before, after=span.after)
    was = _records(found.values(), "before", clocks=before)
    now = _records(found.values(), "after", clocks=span.after)
    meetings = {one.meeting for told in (was, now) for one in told.account.values()}
    both = _Both(was, now, meeting_titles(whole.pk, meetings, clocks=span.after))
    said = newly_said(
        found, before=before, after=span.after, since=span.since, bearing=_bearing(both.after)
    )
    shown = {pk for one in said.values() for pk in one.weightiest}
    quotes = records("statement", shown, clocks=span.after)
    told: dict[int, Any] = {}
    for row, depth in placed:
        ref, heard = names.track_ref(row, negotiation=whole.slug), said.get(row.pk, Said())
        members = _members(found[row.pk], both)
        told[row.pk] = ref
        if found[row.pk] or heard.count:
            told[row.pk] = TrackComparison(
                track=ref, depth=depth, statements=_new(heard, quotes), **members
            )
    return told


def _contrasts(
    whole: Whole, rows: list[Any], *, before: Clocks, after: Clocks
) -> dict[int, Contrast]:
    older = rows
    if before.as_of != after.as_of:
        ids = {row.pk for row in rows}
        older = [row for row in tracks_of(whole, clocks=before) if row.pk in ids]
    was, now = held_by(older, clocks=before), held_by(rows, clocks=after)
    nothing = HeldState(on=before.on)
    return {pk: contrast(was.get(pk, nothing), held) for pk, held in now.items()}


def _records(found: Iterable[Contrast], side: str, *, clocks: Clocks) -> Records:
    wanted: dict[str, set[int]] = {noun: set() for noun, _ in _KINDS.values()}
    for one in found:
        for kind, (noun, _) in _KINDS.items():
            wanted[noun] |= one.ids(kind, side)
    return records_of(clocks=clocks, **wanted)


def _bearing(told: Records) -> set[int]:
    """The ids of the statements that anything new rests on first."""
    rows = (row for noun, _ in _KINDS.values() for row in getattr(told, noun).values())
    return {row.basis[0].id for row in rows}


def _members(one: Contrast, both: _Both) -> dict[str, Any]:
    pairs = {
        kind: tuple(
            shape(before=was, after=now, **_named(was or now, both))
            for pair in getattr(one, kind)
            for was in [getattr(both.before, noun).get(pair.before)]
            for now in [getattr(both.after, noun).get(pair.after)]
        )
        for kind, (noun, shape) in _KINDS.items()
    }
    words = {
        name: WordPair(before=pair.before, after=pair.after) if pair else None
        for name, pair in ((name, one.words.get(name)) for name in _WORDS)
    }
    return {**words, **pairs}


def _named(row: Any, both: _Both) -> dict[str, str]:
    """What a pair of accounts tells besides: the title of their meeting."""
    if not isinstance(row, AccountRecord):
        return {}
    title = both.titles.get(row.meeting, MeetingTitle())
    return {"title_en": title.en, "title_ko": title.ko}


def _new(said: Said, quotes: Mapping[int, StatementRecord]) -> NewStatements:
    return NewStatements(
        count=said.count,
        more=said.more,
        weightiest=tuple(quotes[pk] for pk in said.weightiest),
    )
