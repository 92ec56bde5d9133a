"""The tables of the peers: for full text what a tutorial makes, and DRF's tokens."""

from __future__ import annotations

TABLE = "bench_document"
MAKE = f"""
    CREATE TABLE IF NOT EXISTS {TABLE} (
        statement_id bigint PRIMARY KEY,
        negotiation_ids bigint[] NOT NULL,
        words tsvector NOT NULL
    )
"""
FILL = f"""
    INSERT INTO {TABLE}
    SELECT s.id, array(SELECT DISTINCT t.negotiation_id FROM negotiations_statementtrack l
            JOIN negotiations_track t ON t.id = l.track_id WHERE l.statement_id = s.id),
        to_tsvector('english', concat_ws(' ', s.quotation, s.paraphrase_en, s.paraphrase_ko))
    FROM negotiations_statement s WHERE s.published_at IS NOT NULL
"""
INDEX = f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)"
# What `migrate authtoken` makes.
TOKENS = """
    CREATE TABLE IF NOT EXISTS authtoken_token (
        key varchar(40) PRIMARY KEY,
        created timestamptz NOT NULL,
        user_id bigint NOT NULL UNIQUE
    )
"""
