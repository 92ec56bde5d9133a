"""Statements, built in bulk from their rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from negotiations.models import Clocks, Snapshot, Statement, StatementTrack
from negotiations.queries import names
from negotiations.queries.chains import published_members, with_successor
from negotiations.queries.shapes import (
    PartyRef,
    SourceRef,
    Speaker,
    StatementRecord,
    TrackRef,
)
from negotiations.vocabulary import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A statement with what its users weigh: which utterance it renders, whether it was told."""

    record: StatementRecord
    utterance: Any
    told: bool
    mirrored: bool


def build_statements(ids: Collection[int], *, clocks: Clocks) -> dict[int, StatementRecord]:
    """The records of these statements by id; three SQL queries."""
    rows = statement_rows(ids, clocks=clocks)
    parties = names.parties(party_ids(rows))
    tracks = names.tracks(track_ids(rows))
    built = utterances(rows, parties=parties, tracks=tracks, clocks=clocks)
    return {pk: utterance.record for pk, utterance in built.items()}


def statement_rows(ids: Collection[int], *, clocks: Clocks) -> list[Any]:
    """These statements as rows with all that their records need."""
    told = Statement.objects.told(clocks)
    rows = (
        Statement.objects.filter(pk__in=ids)
        .select_related("source__publisher", "speaker", "office")
        .annotate(
            party_ids=_linked(Statement.parties.through, "party_id"),
            about_ids=_linked(Statement.about.through, "party_id"),
            track_ids=_linked(StatementTrack, "track_id"),
            reliability=names.reliability("source__publisher", on=clocks.on),
            sha256=newest_snapshot("source__chain", "sha256", clocks=clocks),
            utterance=Coalesce(F("repeats__chain"), F("chain")),
            repeats_told=Subquery(told.filter(pk=OuterRef("repeats")).values("pk")),
            translates_told=Subquery(told.filter(pk=OuterRef("translates")).values("pk")),
        )
    )
    return list(with_successor(rows, clocks=clocks))


def party_ids(rows: Collection[Any]) -> set[int]:
    """The parties that these rows name."""
    return {pk for row in rows for pk in (*row.party_ids, *row.about_ids)}


def track_ids(rows: Collection[Any]) -> set[int]:
    """The tracks that these rows bear on."""
    return {pk for row in rows for pk in row.track_ids}


def utterances(
    rows: Collection[Any],
    *,
    parties: Mapping[int, PartyRef],
    tracks: Mapping[int, TrackRef],
    clocks: Clocks,
) -> dict[int, Utterance]:
    """The statements of these rows by id."""
    return {
        row.pk: Utterance(
            record=_record(row, parties=parties, tracks=tracks),
            utterance=row.utterance,
            told=_told(row, clocks=clocks),
            mirrored=row.source.publisher.tier == Tier.MIRROR,
        )
        for row in rows
    }


def newest_snapshot(chain: str, column: str, *, clocks: Clocks) -> Subquery:
    """A column of the newest capture, in our record by `as_of`, of the document of that chain."""
    captured = Snapshot.objects.told(as_of=clocks.as_of).filter(source__chain=OuterRef(chain))
    return Subquery(captured.order_by("-captured_at", "-pk").values(column)[:1])


def _linked(through: Any, column: str) -> ArraySubquery:
    links: QuerySet[Any] = through.objects.filter(statement=OuterRef("pk"))
    return ArraySubquery(links.order_by(column).values(column))


def _told(row: Any, *, clocks: Clocks) -> bool:
    if row.published_at > clocks.as_of:
        return False
    if clocks.number is not None and row.ledger_number > clocks.number:
        return False
    if clocks.known_at is not None and row.known_at is not None:
        return bool(row.known_at <= clocks.known_at)
    return bool(row.known_on <= clocks.known_by)


def _record(
    row: Any, *, parties: Mapping[int, PartyRef], tracks: Mapping[int, TrackRef]
) -> StatementRecord:
    return StatementRecord(
        **published_members(row),
        quotation=row.quotation or None,
        start=row.start,
        end=row.end,
        prefix=row.prefix,
        suffix=row.suffix,
        paraphrase_en=row.paraphrase_en,
        paraphrase_ko=row.paraphrase_ko,
        speaker=_speaker(row),
        parties=tuple(parties[pk] for pk in row.party_ids),
        about=tuple(parties[pk] for pk in row.about_ids),
        said_on=row.said_on,
        said_lower=row.said_lower,
        said_upper=row.said_upper,
        said_phrase=row.said_phrase,
        zone=row.zone,
        place_en=row.place_en,
        place_ko=row.place_ko,
        kind=row.kind,
        modality=row.modality,
        attribution=row.attribution,
        credibility=row.credibility,
        language=row.language,
        original_language=row.original_language,
        tracks=tuple(ref for pk, ref in tracks.items() if pk in row.track_ids),
        source=_source(row),
        repeats=row.repeats_told,
        translates=row.translates_told,
        note_en=row.note_en,
        note_ko=row.note_ko,
    )


def _speaker(row: Any) -> Speaker:
    person, office = row.speaker, row.office
    name_en = person.name_en if person else row.voice_en or (office.title_en if office else "")
    name_ko = person.name_ko if person else row.voice_ko or (office.title_ko if office else "")
    return Speaker(
        person=person.slug if person else None,
        name_en=name_en,
        name_ko=name_ko or name_en,
        office=office.slug if office else None,
        office_en=office.title_en if office else "",
        office_ko=office.title_ko if office else "",
    )


def _source(row: Any) -> SourceRef:
    source = row.source
    return SourceRef(
        id=source.pk,
        title=source.title,
        url=source.url,
        publisher=names.publisher_ref(source.publisher, reliability=row.reliability),
        language=source.language,
        published_on=source.published_on,
        sha256=row.sha256,
    )
