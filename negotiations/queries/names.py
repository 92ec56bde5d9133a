"""Names of parties, tracks and publishers, loaded in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from negotiations.models import Grade, Party, Publisher, Track
from negotiations.queries.shapes import PartyRef, PublisherRef, TrackRef
from negotiations.sql import array, fetch

_COLUMNS = "id, code, name_en, name_ko, capital_en, capital_ko, zone"
_PARTIES = f"SELECT {_COLUMNS} FROM negotiations_party WHERE id = ANY(%s::bigint[])"  # noqa: S608
_PARTIES_OF = f"""
    SELECT negotiation_id, {_COLUMNS}
    FROM negotiations_party JOIN (
        SELECT negotiation_id, party_id FROM negotiations_negotiation_parties
        WHERE negotiation_id = ANY(%s::bigint[])) link ON link.party_id = id
    ORDER BY party_id
"""  # noqa: S608  words of ours


class _Party(NamedTuple):
    """A party, as far as it is pointed to."""

    pk: int
    code: str
    name_en: str
    name_ko: str
    capital_en: str
    capital_ko: str
    zone: str


def parties(ids: Iterable[int]) -> dict[int, PartyRef]:
    """These parties by id; one SQL query."""
    rows = fetch(_PARTIES, [array(set(ids))])
    return {row[0]: party_ref(_Party(*row)) for row in rows}


def parties_of(negotiations: Iterable[int]) -> dict[int, list[PartyRef]]:
    """The parties of these negotiations by id, where there are any; one SQL query."""
    found: dict[int, list[PartyRef]] = {}
    for negotiation, *row in fetch(_PARTIES_OF, [array(negotiations)]):
        found.setdefault(negotiation, []).append(party_ref(_Party(*row)))
    return found


def tracks(ids: Iterable[int]) -> dict[int, TrackRef]:
    """These tracks by id, in the order of their negotiation and their place in it."""
    rows = Track.objects.filter(pk__in=set(ids)).select_related("negotiation")
    ordered = rows.order_by("negotiation__slug", "position", "pk")
    return {row.pk: track_ref(row, negotiation=row.negotiation.slug) for row in ordered}


def party_ref(party: Party | _Party) -> PartyRef:
    """One party as it is pointed to."""
    return PartyRef(
        code=party.code,
        name_en=party.name_en,
        name_ko=party.name_ko,
        capital_en=party.capital_en,
        capital_ko=party.capital_ko,
        zone=party.zone,
    )


def track_ref(track: Any, *, negotiation: str) -> TrackRef:
    """One track as it is pointed to, in the negotiation of that slug."""
    return TrackRef(
        negotiation=negotiation, slug=track.slug, title_en=track.title_en, title_ko=track.title_ko
    )


def publisher_ref(publisher: Publisher, *, reliability: str | None) -> PublisherRef:
    """One publisher as it is pointed to, with its letter in force."""
    return PublisherRef(
        slug=publisher.slug,
        name_en=publisher.name_en,
        name_ko=publisher.name_ko,
        tier=publisher.tier,
        reliability=reliability,
    )


def reliability(publisher: str, *, on: date | None) -> Subquery:
    """The letter in force on a day (null: the newest) of the publisher in that column."""
    grades: QuerySet[Any] = Grade.objects.filter(publisher=OuterRef(publisher))
    if on is not None:
        grades = grades.filter(graded_on__lte=on)
    return Subquery(grades.order_by("-graded_on").values("reliability")[:1])
