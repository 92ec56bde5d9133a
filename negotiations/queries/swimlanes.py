"""How every track of a negotiation came to where it stands, by the desk's or a party's readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from negotiations.models import Clocks
from negotiations.queries import lanes, names
from negotiations.queries.clocks import clocks_used
from negotiations.queries.layouts import Layout
from negotiations.queries.lookups import not_one_of, unreadable
from negotiations.queries.milestones import Due
from negotiations.queries.moves import moves
from negotiations.queries.pieces import Tellers, records, records_of
from negotiations.queries.readings import words_read
from negotiations.queries.shapes import Band, Lane, Lanes, PartyRef, Silence, StatementRecord
from negotiations.queries.silences import last_words, silences
from negotiations.queries.states import party_ids
from negotiations.queries.utterance_days import (
    EVER,
    Period,
    Said,
    Spoken,
    Word,
    spoken_days,
    utterance_days,
)


def lanes_of(
    laid: Layout,
    *,
    party: str | None = None,
    since: date | None = None,
    until: date | None = None,
    tell: Tellers = records_of,
) -> Lanes:
    """The lanes, by the desk's readings or by those of a party (its code), in a period.

    Five SQL queries, one more for a period, one more for a party, six more for what has no piece;
    `tell` says in which form its rows come. Refuses `bad_parameter`.
    """
    period = _period(since, until)
    clocks, parties = laid.clocks, laid.parties
    ids = laid.plan.ids
    reader = _reader(party, parties)
    said = utterance_days(ids, clocks=clocks)
    shown = said if period == EVER else utterance_days(ids, clocks=clocks, period=period)
    spoken = spoken_days(ids, party=reader, clocks=clocks) if reader is not None else {}
    voices = {track.pk: party_ids(track) for track in laid.plan.tracks}
    read = words_read(ids, voices, clocks=clocks)
    due = [one for one in laid.due if any(map(period.holds, one.days))]
    ties = lanes.linkages(ids, clocks=clocks, period=period, party=reader)
    told = tell(clocks=clocks, milestone={pk for one in due for pk in _rows(one)}, linkage=ties.ids)
    bands = lanes.bands(ids, clocks=clocks, party=reader)
    drawing = _Drawing(period, reader, parties, _by_track(due, told.milestone), clocks.on)
    drawn = tuple(
        drawing.lane(
            track,
            depth,
            bands=bands.get(track.pk, ()),
            said=said.get(track.pk, Said()),
            shown=shown.get(track.pk, Said()),
            spoken=spoken.get(track.pk, Spoken()),
            read=[word for voice, word in read.items() if voice.track == track.pk],
        )
        for track, depth in laid.plan.placed
    )
    days = [word.on for one in said.values() for word in one.words]
    busy = lanes.busy(days + [band.since for of in bands.values() for band in of])
    return Lanes(
        according_to=parties[reader] if reader else None,
        since=since,
        until=until,
        busy_since=busy[0],
        busy_until=busy[1],
        lanes=drawn,
        linkages=tuple(told.linkage[pk] for pk in ties.ids),
        linkages_since=ties.since,
        moves=tuple(move for move in moves(drawn) if period.holds(move.on)),
        clocks=clocks_used(clocks),
        ledger_number=laid.ledger_number,
    )


def words_of(ids: Collection[int], *, clocks: Clocks) -> dict[int, StatementRecord]:
    """The statements that marks rest on, by id; one SQL query where they are stored."""
    return records("statement", ids, clocks=clocks) if ids else {}


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What all lanes have in common."""

    period: Period
    reader: int | None
    parties: Mapping[int, PartyRef]
    due: Mapping[int, list[lanes.Mark]]
    on: date

    def lane(
        self,
        track: Any,
        depth: int,
        *,
        bands: Any,
        said: Said,
        shown: Said,
        spoken: Spoken,
        read: Collection[Word],
    ) -> Lane:
        """One lane; `said` are the statements of all time, `shown` those of the period."""
        ticks = shown if self.reader is None else shown.of(self.reader)
        voices = [(pk, self.parties[pk]) for pk in party_ids(track)]
        return Lane(
            track=names.track_ref(track, negotiation=track.negotiation__slug),
            depth=depth,
            bands=tuple(band for band in bands if self._overlaps(band)),
            ticks=lanes.ticks(ticks, self.due.get(track.pk, ())),
            statements_since=shown.since,
            last_words=tuple(last_words(said, voices, read=read, on=self.on)),
            silences=tuple(filter(self._overlaps, self._silences(spoken, bands))),
        )

    def _silences(self, spoken: Spoken, bands: Collection[Band]) -> tuple[Silence, ...]:
        """When the party was silent; the desk is never. That a band begins is a word, too."""
        if self.reader is None:
            return ()
        began = {band.since for band in bands}
        firsts = [] if spoken.first is None else [spoken.first]
        since = min(firsts if spoken.cut else [*firsts, *began], default=None)
        return silences(spoken.days | began, since=since, on=self.on)

    def _overlaps(self, stretch: Any) -> bool:
        since, until = self.period
        before = until is not None and stretch.since > until
        return not before and (since is None or (stretch.until or self.on) >= since)


def _period(since: date | None, until: date | None) -> Period:
    if since is not None and until is not None and until < since:
        first = since.isoformat()
        en, ko = f"it is before since, {first}", f"since({first})보다 앞선 날짜입니다"
        raise unreadable("until", en, ko)
    return Period(since, until)


def _reader(code: str | None, parties: Mapping[int, PartyRef]) -> int | None:
    if code is None:
        return None
    ids = {party.code: pk for pk, party in parties.items()}
    if code not in ids:
        raise not_one_of("party", code, sorted(ids))
    return ids[code]


def _rows(due: Due) -> tuple[int, ...]:
    return (due.id, *(slip.id for slip in due.slips))


def _by_track(due: Iterable[Due], told: Mapping[int, Any]) -> dict[int, list[lanes.Mark]]:
    found: dict[int, list[lanes.Mark]] = {}
    for one in due:
        mark = lanes.Mark(
            on=one.stands_on,
            milestone=told[one.id],
            slips=tuple(told[slip.id] for slip in one.slips),
        )
        for track in one.tracks:
            found.setdefault(track, []).append(mark)
    return found
