"""SQL written by hand over asyncpg, which FastAPI and Litestar share: rows to plain dicts."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

import asyncpg

_STATEMENT = """
    s.id, s.known_on, s.published_at, s.ledger_number, s.waiver, s.supersedes_id,
    s.correction_reason, s.quotation, s.start, s."end", s.prefix, s.suffix, s.paraphrase_en,
    s.paraphrase_ko, s.said_on, s.said_lower, s.said_upper, s.said_phrase, s.zone, s.place_en,
    s.place_ko, s.kind, s.modality, s.attribution, s.credibility, s.language, s.original_language,
    s.repeats_id, s.translates_id, s.note_en, s.note_ko,
    p.slug AS speaker_slug, p.name_en AS speaker_en, p.name_ko AS speaker_ko,
    o.slug AS office_slug, o.title_en AS office_en, o.title_ko AS office_ko,
    r.id AS source_id, r.title, r.url, r.language AS source_language, r.published_on,
    u.slug AS publisher_slug, u.name_en AS publisher_en, u.name_ko AS publisher_ko, u.tier,
    array(SELECT l.party_id FROM negotiations_statement_parties l WHERE l.statement_id = s.id)
        AS party_ids,
    array(SELECT l.party_id FROM negotiations_statement_about l WHERE l.statement_id = s.id)
        AS about_ids,
    array(SELECT l.track_id FROM negotiations_statementtrack l WHERE l.statement_id = s.id)
        AS track_ids
"""
_JOINS = """
    JOIN negotiations_source r ON r.id = s.source_id
    JOIN negotiations_publisher u ON u.id = r.publisher_id
    LEFT JOIN negotiations_person p ON p.id = s.speaker_id
    LEFT JOIN negotiations_office o ON o.id = s.office_id
"""
_STANDING = """
    s.published_at IS NOT NULL AND NOT s.withdrawn
    AND NOT EXISTS (SELECT FROM negotiations_statement n WHERE n.supersedes_id = s.id)
"""
_NEWEST = "k.said_lower DESC, k.said_upper DESC, k.ledger_number DESC"
OF_TRACK = f"""
    SELECT {_STATEMENT} FROM negotiations_statementtrack k
    JOIN negotiations_statement s ON s.id = k.statement_id {_JOINS}
    WHERE k.track_id = $1 AND {_STANDING} ORDER BY {_NEWEST} LIMIT 50
"""
BEFORE = f"""
    SELECT {_STATEMENT} FROM negotiations_statementtrack k
    JOIN negotiations_statement s ON s.id = k.statement_id {_JOINS}
    WHERE k.track_id = $1 AND (k.said_lower, k.said_upper, k.ledger_number) < ($2, $3, $4)
        AND {_STANDING} ORDER BY {_NEWEST} LIMIT 50
"""
SEARCH = f"""
    SELECT {_STATEMENT} FROM bench_document d
    JOIN negotiations_statement s ON s.id = d.statement_id {_JOINS}
    WHERE d.words @@ plainto_tsquery('english', $1) AND d.negotiation_ids @> ARRAY[$2::bigint]
        AND s.said_lower BETWEEN $3 AND $4 AND {_STANDING}
    ORDER BY ts_rank(d.words, plainto_tsquery('english', $1)) DESC, s.id DESC LIMIT 50
"""
READINGS = f"""
    WITH latest AS (
        SELECT DISTINCT ON (c.track_id, c.according_to_id) c.* FROM negotiations_statuschange c
        JOIN negotiations_track t ON t.id = c.track_id
        WHERE t.negotiation_id = $1 AND c.effective_lower <= $2 AND c.known_on <= $3
            AND c.published_at <= $4 AND NOT c.withdrawn
        ORDER BY c.track_id, c.according_to_id, c.effective_lower DESC, c.effective_upper DESC,
            c.ledger_number DESC
    )
    SELECT c.id AS reading_id, c.track_id, c.according_to_id, c.stage, c.momentum,
        c.documentary_basis, c.effective_on, c.headline_en, c.headline_ko,
        c.note_en AS reading_note_en, c.note_ko AS reading_note_ko, {_STATEMENT}
    FROM latest c JOIN negotiations_statement s ON s.id = c.basis_id {_JOINS}
    ORDER BY c.track_id, c.according_to_id
"""
EXPORT = f"""
    SELECT {_STATEMENT} FROM negotiations_statement s {_JOINS}
    WHERE {_STANDING} ORDER BY s.ledger_number LIMIT $1
"""
INSERT = """
    WITH made AS (
        INSERT INTO negotiations_statement (source_id, snapshot_id, quotation, start, "end",
            speaker_id, office_id, said_on, said_lower, said_upper, zone, kind, modality,
            attribution, credibility, language, drafted_by_id, drafted_at, chain, version, review,
            waiver, correction_reason, withdrawn, prefix, suffix, paraphrase_en, paraphrase_ko,
            voice_en, voice_ko, said_phrase, place_en, place_ko, original_language, note_en,
            note_ko)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, 'asserted', 'on_record', '2',
            $12, $13, now(), gen_random_uuid(), 1, '', '', '', false, '', '', '', '', '', '', '',
            '', '', '', '', '')
        RETURNING id, said_lower
    ), of AS (
        INSERT INTO negotiations_statement_parties (statement_id, party_id)
        SELECT id, unnest($14::bigint[]) FROM made
    ), on_tracks AS (
        INSERT INTO negotiations_statementtrack (statement_id, track_id, said_lower, said_upper,
            withdrawn)
        SELECT id, unnest($15::bigint[]), said_lower, said_lower, false FROM made
    )
    SELECT id FROM made
"""
# The names that every answer repeats: a competent author keeps these few in memory.
_NAMES = {
    "parties": "SELECT id, code, name_en, name_ko, capital_en, capital_ko, zone"
    " FROM negotiations_party",
    "tracks": "SELECT t.id, n.slug AS negotiation, t.slug, t.title_en, t.title_ko"
    " FROM negotiations_track t JOIN negotiations_negotiation n ON n.id = t.negotiation_id",
}


class Rows:
    """The pool, and what is asked of it."""

    pool: asyncpg.Pool[Any]
    names: dict[str, dict[int, dict[str, Any]]]

    async def open(self) -> None:
        """Connect and read the names."""
        self.pool = await asyncpg.create_pool(
            os.environ["DATABASE_URL"], min_size=1, max_size=4,
            server_settings={"application_name": os.environ["PGAPPNAME"]},
        )  # fmt: skip
        self.names = {
            name: {row["id"]: {k: v for k, v in row.items() if k != "id"} for row in rows}
            for name, rows in [(n, await self.pool.fetch(sql)) for n, sql in _NAMES.items()]
        }

    async def statements(self, sql: str, *asked: Any) -> list[dict[str, Any]]:
        """Rows of statements as they are told."""
        return [self.statement(row) for row in await self.pool.fetch(sql, *asked)]

    def statement(self, row: Any) -> dict[str, Any]:
        """One row, with the objects nested as an API has them."""
        told = dict(row)
        parties, tracks = self.names["parties"], self.names["tracks"]
        told["speaker"] = {
            "person": told.pop("speaker_slug"), "name_en": told.pop("speaker_en"),
            "name_ko": told.pop("speaker_ko"), "office": told.pop("office_slug"),
            "office_en": told.pop("office_en"), "office_ko": told.pop("office_ko"),
        }  # fmt: skip
        told["source"] = {
            "id": told.pop("source_id"), "title": told.pop("title"), "url": told.pop("url"),
            "language": told.pop("source_language"), "published_on": told.pop("published_on"),
            "publisher": {
                "slug": told.pop("publisher_slug"), "name_en": told.pop("publisher_en"),
                "name_ko": told.pop("publisher_ko"), "tier": told.pop("tier"),
            },
        }  # fmt: skip
        told["parties"] = [parties[id] for id in told.pop("party_ids")]
        told["about"] = [parties[id] for id in told.pop("about_ids")]
        told["tracks"] = [tracks[id] for id in told.pop("track_ids")]
        return told

    async def of_track(self, track: int, before: str | None) -> list[dict[str, Any]]:
        """A page of a track, from the newest or from a place in the list."""
        if before is None:
            return await self.statements(OF_TRACK, track)
        lower, upper, number = before.split(",")
        key = (date.fromisoformat(lower), date.fromisoformat(upper), int(number))
        return await self.statements(BEFORE, track, *key)

    async def search(self, q: str, negotiation: int, since: str, to: str) -> list[dict[str, Any]]:
        """The fifty best."""
        days = date.fromisoformat(since), date.fromisoformat(to)
        return await self.statements(SEARCH, q, negotiation, *days)

    async def readings(
        self, negotiation: int, on: str, known_by: str, as_of: str
    ) -> list[dict[str, Any]]:
        """The latest word of every voice on every track, with the statement it rests on."""
        days = date.fromisoformat(on), date.fromisoformat(known_by), datetime.fromisoformat(as_of)
        found = []
        for row in await self.pool.fetch(READINGS, negotiation, *days):
            told = self.statement(row)
            reading = {name: told.pop(name) for name in _OF_READING}
            reading["track"] = self.names["tracks"][reading["track_id"]]
            reading["according_to"] = self.names["parties"].get(reading["according_to_id"] or 0)
            found.append({**reading, "basis": told})
        return found

    async def export(self, limit: int) -> AsyncIterator[dict[str, Any]]:
        """Statements one by one, from a cursor of the database."""
        async with self.pool.acquire() as own, own.transaction():
            async for row in own.cursor(EXPORT, limit, prefetch=1000):
                yield self.statement(row)

    async def write(self, token: str, sent: dict[str, Any]) -> int | None:
        """The id of a new statement; None for a token that nobody has."""
        officer = await self.pool.fetchval(
            "SELECT user_id FROM authtoken_token WHERE key = $1", token
        )
        if officer is None:
            return None
        return await self.pool.fetchval(
            INSERT, sent["source"], sent["snapshot"], sent["quotation"], sent["start"],
            sent["end"], sent["speaker"], sent["office"], sent["said_on"],
            date.fromisoformat(sent["said_lower"]), sent["zone"], sent["kind"], sent["language"],
            officer, sent["parties"], sent["tracks"],
        )  # fmt: skip


_OF_READING = (
    "reading_id", "track_id", "according_to_id", "stage", "momentum", "documentary_basis",
    "effective_on", "headline_en", "headline_ko", "reading_note_en", "reading_note_ko",
)  # fmt: skip
