"""What the peers need beside the record: their search table and tokens, Datasette's SQLite copy."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.making.world import NEGOTIATION
from tests.bench.peers.tables import FILL, INDEX, MAKE, TABLE, TOKENS

PLAIN_TOKEN = "plain0000000000000000000000000000000bench"[:40]
_ROWS = """
    SELECT s.id, s.said_lower || '/' || s.said_upper || '/' || lpad(s.ledger_number::text, 9, '0'),
        s.said_lower::text, s.known_on::text, s.published_at::text, s.ledger_number, s.quotation,
        s.start, s."end", s.prefix, s.suffix, s.paraphrase_en, s.paraphrase_ko, s.said_on, s.zone,
        s.place_en, s.kind, s.modality, s.attribution, s.credibility, s.language, s.repeats_id,
        p.slug, p.name_en, p.name_ko, o.slug, o.title_en, o.title_ko, r.id, r.title, r.url,
        r.published_on, u.slug, u.name_en, u.name_ko, u.tier,
        (SELECT json_agg(y.code)::text FROM negotiations_statement_parties l
            JOIN negotiations_party y ON y.id = l.party_id WHERE l.statement_id = s.id),
        (SELECT json_agg(y.code)::text FROM negotiations_statement_about l
            JOIN negotiations_party y ON y.id = l.party_id WHERE l.statement_id = s.id),
        (SELECT json_agg(n.slug || '/' || t.slug)::text FROM negotiations_statementtrack l
            JOIN negotiations_track t ON t.id = l.track_id
            JOIN negotiations_negotiation n ON n.id = t.negotiation_id
            WHERE l.statement_id = s.id),
        array(SELECT l.track_id FROM negotiations_statementtrack l WHERE l.statement_id = s.id)
    FROM negotiations_statement s
    JOIN negotiations_source r ON r.id = s.source_id
    JOIN negotiations_publisher u ON u.id = r.publisher_id
    LEFT JOIN negotiations_person p ON p.id = s.speaker_id
    LEFT JOIN negotiations_office o ON o.id = s.office_id
    WHERE s.published_at IS NOT NULL AND NOT s.withdrawn
        AND NOT EXISTS (SELECT FROM negotiations_statement n WHERE n.supersedes_id = s.id)
    ORDER BY s.id
"""
_WORDS = """
    statement_id sort said_lower known_on published_at ledger_number quotation start end_
    prefix suffix paraphrase_en paraphrase_ko said_on zone place_en kind modality attribution
    credibility language repeats speaker speaker_en speaker_ko office office_en office_ko
    source title url published_on publisher publisher_en publisher_ko tier parties about
    tracks
"""
_COLUMNS = _WORDS.split()


def prepare(own: psycopg.Connection[Any]) -> None:
    """Make the peers' own tables in a made record, where they are not there yet."""
    own.execute(MAKE)
    if own.execute(f"SELECT EXISTS (SELECT FROM {TABLE})").fetchone() == (False,):
        own.execute(FILL)
        own.execute(INDEX)
        own.execute(f"GRANT ALL ON {TABLE} TO parley")
        own.execute(f"VACUUM ANALYZE {TABLE}")
    own.execute(TOKENS)
    own.execute("GRANT ALL ON authtoken_token TO parley")
    own.execute(
        "INSERT INTO authtoken_token SELECT %s, now(), id FROM negotiations_officer"
        " WHERE username = 'bench-drafter' ON CONFLICT DO NOTHING",
        [PLAIN_TOKEN],
    )


def copy_to_sqlite(own: psycopg.Connection[Any], file: Path, *, mark: str) -> None:
    """Make Datasette's copy, unless there is one of the same record.

    A row for each statement on each track, so that a track is a filtered table in the order of an
    index, and one table of statements with a full-text index (FTS5, English stems).
    """
    note = file.with_suffix(".mark")
    if file.exists() and note.exists() and note.read_text() == mark:
        return
    file.unlink(missing_ok=True)
    columns = ", ".join(_COLUMNS)
    with closing(sqlite3.connect(file)) as copy, copy:
        copy.execute("PRAGMA journal_mode = off")
        copy.execute("PRAGMA synchronous = off")
        copy.execute(f"CREATE TABLE timeline (id INTEGER PRIMARY KEY, track_id INTEGER, {columns})")
        copy.execute(f"CREATE TABLE statements (id INTEGER PRIMARY KEY, {columns}, negotiation)")
        with own.transaction(), own.cursor(name="copy") as rows:
            rows.itersize = 5000
            rows.execute(_ROWS)
            for *values, tracks in rows:
                negotiation = NEGOTIATION if f'"{NEGOTIATION}/' in values[-1] else ""
                _insert(copy, "statements", [values[0], *values, negotiation])
                for track in tracks:
                    _insert(copy, "timeline", [None, track, *values])
        copy.execute("CREATE INDEX newest ON timeline (track_id, sort DESC)")
        copy.execute(
            "CREATE VIRTUAL TABLE words USING fts5(quotation, paraphrase_en, paraphrase_ko,"
            " content='statements', content_rowid='id', tokenize='porter unicode61')"
        )
        copy.execute("INSERT INTO words (words) VALUES ('rebuild')")
        copy.execute("ANALYZE")
    note.write_text(mark)


def _insert(copy: sqlite3.Connection, table: str, values: list[Any]) -> None:
    marks = ", ".join("?" * len(values))
    copy.execute(f"INSERT INTO {table} VALUES ({marks})", values)


def describe_to_datasette(file: Path, name: str) -> None:
    """The search of Datasette's documentation, as a stored query: best first by bm25."""
    query = (
        "SELECT s.* FROM words JOIN statements s ON s.id = words.rowid WHERE words MATCH :q"
        f" AND s.negotiation = '{NEGOTIATION}' AND s.said_lower BETWEEN :since AND :to"
        " ORDER BY words.rank LIMIT 50"
    )
    file.write_text(json.dumps({"databases": {name: {"queries": {"search": {"sql": query}}}}}))
