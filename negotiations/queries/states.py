"""Where tracks stand: any number of them in a constant number of SQL queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from negotiations.models import Clocks, Negotiation, Track
from negotiations.queries import names
from negotiations.queries.acts import Acted, acts_on
from negotiations.queries.agreements import verdict
from negotiations.queries.lookups import plain
from negotiations.queries.negotiations import Whole
from negotiations.queries.readings import HeardReading, Voice, latest_of
from negotiations.queries.shapes import PartyRef, Reading, TrackState
from negotiations.refusals import Refusal
from negotiations.sql import array, fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one track stands: the desk's latest reading and each party's (null: silent)."""

    track: Any
    desk: HeardReading | None
    voices: Mapping[int, HeardReading | None]
    acted: Acted

    @property
    def status_change_ids(self) -> set[int]:
        """All readings that the state shows."""
        heard = [one for one in (self.desk, *self.voices.values()) if one is not None]
        return {pk for one in heard for pk in (one.id, *one.others)}


class TrackRow(NamedTuple):
    """A track with slugs of its negotiation and parent, and the ids of its parties."""

    pk: int
    slug: str
    title_en: str
    title_ko: str
    procedure: str
    headline: bool
    position: int
    review_days: int
    negotiation_id: int
    negotiation__slug: str
    parent_id: int | None
    parent__slug: str | None
    own_party_ids: list[int]
    shared_party_ids: list[int]


_COLUMNS = """
    row.id, row.slug, row.title_en, row.title_ko, row.procedure, row.headline, row.position,
        row.review_days, row.negotiation_id, whole.slug, row.parent_id, parent.slug, ARRAY(
            SELECT party_id FROM negotiations_track_parties
            WHERE track_id = row.id ORDER BY party_id)
"""
_ROWS = """
    negotiations_track row
        JOIN negotiations_negotiation whole ON whole.id = row.negotiation_id
        LEFT JOIN negotiations_track parent ON parent.id = row.parent_id
"""
_TRACKS = f"""
    SELECT {_COLUMNS} FROM {_ROWS}
    WHERE row.negotiation_id = ANY(%s::bigint[]) AND row.registered_at <= %s ORDER BY row.id
"""  # noqa: S608  words of ours
_TRACK = f"""
    SELECT {_COLUMNS}, ARRAY(
        SELECT party_id FROM negotiations_negotiation_parties
        WHERE negotiation_id = whole.id ORDER BY party_id)
    FROM {_ROWS}
    WHERE whole.slug = %s AND whole.registered_at <= %s
        AND row.slug = %s AND row.registered_at <= %s
"""  # noqa: S608  words of ours


def tracks_of(negotiation: Whole, *, clocks: Clocks) -> list[TrackRow]:
    """The tracks of a negotiation that are registered by `as_of`; one SQL query."""
    return tracks_of_each([negotiation], clocks=clocks)[negotiation.pk]


def tracks_of_each(negotiations: Collection[Whole], *, clocks: Clocks) -> dict[int, list[TrackRow]]:
    """The same of each of these negotiations, by id; one SQL query."""
    shared = {whole.pk: whole.party_ids for whole in negotiations}
    found: dict[int, list[TrackRow]] = {pk: [] for pk in shared}
    for row in fetch(_TRACKS, [array(shared), clocks.as_of]):
        negotiation = row[TrackRow._fields.index("negotiation_id")]
        found[negotiation].append(TrackRow._make((*row, shared[negotiation])))
    return found


def find_track(negotiation: str, slug: str, *, clocks: Clocks) -> TrackRow:
    """The track an address names; one SQL query, refuses `not_found`."""
    rows = fetch(_TRACK, [plain(negotiation), clocks.as_of, plain(slug), clocks.as_of])
    if not rows:
        raise Refusal("not_found")
    return TrackRow._make(rows[0])


def track_rows(tracks: QuerySet[Track]) -> QuerySet[Any]:
    """Any tracks as tuples with the names of `TrackRow`."""
    own = Track.parties.through.objects.filter(track=OuterRef("pk")).order_by("party_id")
    shared = Negotiation.parties.through.objects.filter(negotiation=OuterRef("negotiation"))
    rows = tracks.annotate(
        own_party_ids=ArraySubquery(own.values("party_id")),
        shared_party_ids=ArraySubquery(shared.order_by("party_id").values("party_id")),
    )
    return rows.values_list(*TrackRow._fields, named=True)


def party_ids(track: Any) -> list[int]:
    """The parties whose readings count on a track of `track_rows`."""
    return track.own_party_ids or track.shared_party_ids


def standings(tracks: Collection[Any], *, clocks: Clocks) -> list[Standing]:
    """Where these tracks of `track_rows` stand; two SQL queries."""
    ids = [track.pk for track in tracks]
    heard = latest_of(ids, {track.pk: party_ids(track) for track in tracks}, clocks=clocks)
    acted = acts_on(ids, clocks=clocks)
    return [
        Standing(
            track=track,
            desk=heard.get(Voice(track.pk, None)),
            voices={party: heard.get(Voice(track.pk, party)) for party in party_ids(track)},
            acted=acted[track.pk],
        )
        for track in tracks
    ]


def state_members(
    standing: Standing, *, records: Mapping[int, Any], parties: Mapping[int, PartyRef]
) -> dict[str, Any]:
    """The members of a TrackState; `records` are those of its readings, or their stored JSON."""
    track, desk = standing.track, standing.desk
    said = verdict(tuple(heard.stage if heard else None for heard in standing.voices.values()))
    return {
        "negotiation": track.negotiation__slug,
        "slug": track.slug,
        "title_en": track.title_en,
        "title_ko": track.title_ko,
        "procedure": track.procedure,
        "headline": track.headline,
        "parent": track.parent__slug,
        "stage": desk and desk.stage,
        "momentum": desk and desk.momentum,
        "documentary_basis": desk and desk.documentary_basis,
        "effective_on": desk and desk.effective_on,
        "known_on": desk and desk.known_on,
        "headline_en": desk.headline_en if desk else "",
        "headline_ko": desk.headline_ko if desk else "",
        "agreement": said.agreement,
        "floor": said.floor,
        "ceiling": said.ceiling,
        "latest": desk and records[desk.id],
        "readings": tuple(
            _reading(parties[party], heard, records) for party, heard in standing.voices.items()
        ),
        "ledger_number": standing.acted.number,
        "acted_at": standing.acted.at,
        "checked_at": standing.acted.checked_at,
        "review_days": track.review_days,
    }


def states(
    standings: Collection[Standing],
    *,
    records: Mapping[int, Any],
    parties: Mapping[int, PartyRef],
) -> list[TrackState]:
    """The states of these tracks."""
    return [TrackState(**state_members(s, records=records, parties=parties)) for s in standings]


def all_parties(standings: Collection[Standing]) -> dict[int, PartyRef]:
    """The parties of these tracks, silent ones too; one SQL query."""
    return names.parties(pk for standing in standings for pk in standing.voices)


def _reading(party: PartyRef, heard: HeardReading | None, records: Mapping[int, Any]) -> Reading:
    return Reading(
        party=party,
        latest=records[heard.id] if heard else None,
        other_voices=tuple(records[pk] for pk in heard.others) if heard else (),
        stage=heard.stage if heard else None,
        momentum=heard.momentum if heard else None,
        effective_on=heard.effective_on if heard else None,
    )
