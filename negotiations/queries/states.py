"""Where tracks stand: any number of them in a constant number of SQL queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from negotiations.models import Clocks, LedgerEntry, Negotiation, StatusChange, Track
from negotiations.queries import names
from negotiations.queries.agreements import verdict
from negotiations.queries.held import NEWEST, held, latest_reading, latest_readings
from negotiations.queries.shapes import PartyRef, Reading, StatusChangeRecord, TrackState

_RECENT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one track stands, as ids: the desk's reading and each party's, with other voices."""

    track: Any
    desk: int | None
    # By party: its latest reading (null: silent) and what else it said at that time.
    voices: dict[int, tuple[int | None, tuple[int, ...]]]
    # The newest public act on it, its moment, and when the desk last found nothing new.
    number: int
    acted_at: datetime | None
    checked_at: datetime | None

    @property
    def status_change_ids(self) -> set[int]:
        """All readings that the state shows."""
        ids = {pk for latest, others in self.voices.values() for pk in (latest, *others)}
        return {pk for pk in (self.desk, *ids) if pk is not None}


def track_rows(tracks: QuerySet[Track]) -> QuerySet[Any]:
    """Tracks with their negotiation, parent and the ids of their parties."""
    own = Track.parties.through.objects.filter(track=OuterRef("pk")).order_by("party_id")
    shared = Negotiation.parties.through.objects.filter(negotiation=OuterRef("negotiation"))
    return tracks.select_related("negotiation", "parent").annotate(
        own_party_ids=ArraySubquery(own.values("party_id")),
        shared_party_ids=ArraySubquery(shared.order_by("party_id").values("party_id")),
    )


def party_ids(track: Any) -> list[int]:
    """The parties whose readings count on a track of `track_rows`."""
    return track.own_party_ids or track.shared_party_ids


def standings(tracks: Collection[Any], *, clocks: Clocks) -> list[Standing]:
    """Where these tracks of `track_rows` stand; two SQL queries."""
    everybody = sorted({pk for track in tracks for pk in party_ids(track)})
    found = Track.objects.filter(pk__in=[track.pk for track in tracks]).annotate(
        desk=latest_reading(clocks=clocks, track=OuterRef("pk"), party=None),
        voices=latest_readings(everybody, clocks=clocks),
        act=_newest_act(clocks=clocks),
        checked_at=_newest_check(clocks=clocks),
    )
    rows = {row.pk: row for row in found}
    latest = {pk: dict(zip(everybody, row.voices, strict=True)) for pk, row in rows.items()}
    spoken = {pk for voices in latest.values() for pk in voices.values() if pk is not None}
    others = _other_voices(spoken, clocks=clocks)
    return [
        Standing(
            track=track,
            desk=rows[track.pk].desk,
            voices={
                party: (latest[track.pk][party], tuple(others.get((track.pk, party), ())))
                for party in party_ids(track)
            },
            **_acted(rows[track.pk]),
        )
        for track in tracks
    ]


def state_members(
    standing: Standing, *, records: Any, parties: dict[int, PartyRef]
) -> dict[str, Any]:
    """The members of a TrackState, from the records of its readings."""
    track, readings = standing.track, _readings(standing, records=records, parties=parties)
    desk: StatusChangeRecord | None = records.get(standing.desk)
    heard = verdict([reading.stage for reading in readings])
    return {
        "negotiation": track.negotiation.slug,
        "slug": track.slug,
        "title_en": track.title_en,
        "title_ko": track.title_ko,
        "procedure": track.procedure,
        "headline": track.headline,
        "parent": track.parent.slug if track.parent else None,
        "stage": desk.stage if desk else None,
        "momentum": desk.momentum if desk else None,
        "documentary_basis": desk.documentary_basis if desk else None,
        "effective_on": desk.effective_on if desk else None,
        "known_on": desk.known_on if desk else None,
        "headline_en": desk.headline_en if desk else "",
        "headline_ko": desk.headline_ko if desk else "",
        "agreement": heard.agreement,
        "floor": heard.floor,
        "ceiling": heard.ceiling,
        "latest": desk,
        "readings": readings,
        "ledger_number": standing.number,
        "acted_at": standing.acted_at,
        "checked_at": standing.checked_at,
        "review_days": track.review_days,
    }


def states(
    standings: Collection[Standing], *, records: Any, parties: dict[int, PartyRef]
) -> list[TrackState]:
    """The states of these tracks."""
    return [TrackState(**state_members(s, records=records, parties=parties)) for s in standings]


def all_parties(standings: Collection[Standing]) -> dict[int, PartyRef]:
    """The parties of these tracks, silent ones too; one SQL query."""
    return names.parties(pk for standing in standings for pk in standing.voices)


def _readings(
    standing: Standing, *, records: Any, parties: dict[int, PartyRef]
) -> tuple[Reading, ...]:
    readings = []
    for party, (pk, others) in standing.voices.items():
        latest: StatusChangeRecord | None = records.get(pk)
        readings.append(
            Reading(
                party=parties[party],
                latest=latest,
                other_voices=tuple(records[other] for other in others),
                stage=latest.stage if latest else None,
                momentum=latest.momentum if latest else None,
                effective_on=latest.effective_on if latest else None,
            )
        )
    return tuple(readings)


def _other_voices(latest_ids: set[int], *, clocks: Clocks) -> dict[tuple[int, int], list[int]]:
    latest = StatusChange.objects.filter(
        pk__in=latest_ids,
        track=OuterRef("track"),
        according_to=OuterRef("according_to"),
        effective_lower__lte=OuterRef("effective_upper"),
        effective_upper__gte=OuterRef("effective_lower"),
    ).exclude(stage=OuterRef("stage"))
    rows = held(StatusChange, clocks=clocks).filter(Exists(latest)).order_by(*NEWEST)
    found: dict[tuple[int, int], list[int]] = {}
    for track, party, pk in rows.values_list("track_id", "according_to_id", "pk"):
        found.setdefault((track, party), []).append(pk)
    return found


def _newest_act(*, clocks: Clocks) -> Coalesce:
    acts = LedgerEntry.objects.filter(
        public=True, at__lte=clocks.as_of, track_ids__contains=[OuterRef("pk")]
    )
    told = JSONObject(number="number", at="at")
    # Of a busy track it is among the last numbers. Of a quiet one the way back would be long: its
    # acts are found by the track, which the sum keeps from being walked in the order of numbers.
    last = LedgerEntry.objects.order_by("-number").values("number")[:1]
    recent = acts.filter(number__gt=Subquery(last) - _RECENT).order_by("-number")
    older = acts.order_by((F("number") + 0).desc())
    return Coalesce(Subquery(recent.values(json=told)[:1]), Subquery(older.values(json=told)[:1]))


def _newest_check(*, clocks: Clocks) -> Subquery:
    checks = LedgerEntry.objects.filter(
        public=True, verb="check_track", object_id=OuterRef("pk"), at__lte=clocks.as_of
    )
    return Subquery(checks.order_by("-number").values("at")[:1])


def _acted(row: Any) -> dict[str, Any]:
    act = row.act or {"number": 0, "at": None}
    return {
        "number": act["number"],
        "acted_at": act["at"] and datetime.fromisoformat(act["at"]).astimezone(UTC),
        "checked_at": row.checked_at,
    }
