"""Tracks and people by their names: few rows, in the order of their slugs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from negotiations.models import Clocks
from negotiations.queries import names, people
from negotiations.queries.cursors import read_cursor, write_cursor
from negotiations.queries.excerpts import Passage
from negotiations.queries.search_texts import Told, name_passages
from negotiations.queries.shapes import PersonRecord, TrackRef

_ROWS = {
    "person": "SELECT id, slug AS name FROM negotiations_person WHERE words @@ %(words)s::tsquery",
    # Titles are reference data, but a track is there from its registration on.
    "track": (
        "SELECT track.id, talks.slug || '/' || track.slug AS name FROM negotiations_track track "
        "JOIN negotiations_negotiation talks ON talks.id = track.negotiation_id "
        "WHERE track.words @@ %(words)s::tsquery AND track.registered_at <= %(as_of)s "
        "AND talks.registered_at <= %(as_of)s "
        "AND talks.id = coalesce(%(negotiation)s, talks.id)"
    ),
}
NOUNS = tuple(_ROWS)


def page_by_name(
    noun: str,
    title: str,
    words: str,
    *,
    negotiation: int | None,
    clocks: Clocks,
    limit: int,
    cursor: str | None,
) -> tuple[list[int], str | None]:
    """One page of ids with these words (a tsquery) in their names, and the next cursor, which
    belongs to `title`.

    Refuses `bad_cursor`.
    """
    after = "" if cursor is None else read_cursor(cursor, name=title, kinds=(str,))[0]
    with connection.cursor() as asked:
        asked.execute(
            f"SELECT id, name FROM ({_ROWS[noun]}) found WHERE name > %(after)s "  # noqa: S608
            "ORDER BY name LIMIT %(limit)s",
            {
                "words": words,
                "as_of": clocks.as_of,
                "negotiation": negotiation,
                "after": after,
                "limit": limit + 1,
            },
        )
        rows = asked.fetchall()
    following = write_cursor(name=title, key=(rows[limit - 1][1],)) if len(rows) > limit else None
    return [pk for pk, _ in rows[:limit]], following


def records_of(noun: str, ids: list[int]) -> Mapping[int, Any]:
    """The records of these tracks or people by id."""
    return names.tracks(ids) if noun == "track" else people.build_people(ids)


def texts_of(records: Mapping[int, TrackRef | PersonRecord]) -> dict[int, Told]:
    """The names of these records, as they may be shown."""
    return {pk: _told(record) for pk, record in records.items()}


def path_of(record: TrackRef | PersonRecord) -> str:
    """What a track or a person is named by."""
    if isinstance(record, TrackRef):
        return f"{record.negotiation}/{record.slug}"
    return record.slug


def _told(record: TrackRef | PersonRecord) -> Told:
    if isinstance(record, TrackRef):
        en, ko = record.title_en, record.title_ko
        return Told(headline_en=en, headline_ko=ko, texts=name_passages("title", en, ko))
    en, ko = record.name_en, record.name_ko
    return Told(
        headline_en=en,
        headline_ko=ko,
        texts=name_passages("name", en, ko),
        # In which language another spelling is, nobody knows.
        beside=tuple(Passage(field="aliases", language="und", text=a) for a in record.aliases),
    )
