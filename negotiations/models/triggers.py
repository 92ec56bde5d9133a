"""Rules that the database itself keeps, against every way in (rule 5; raw SQL included)."""

from __future__ import annotations

from typing import Any

import pgtrigger
from pgtrigger.compiler import UpsertTriggerSql


class KeptSql(UpsertTriggerSql):
    """The library's SQL without its off switch, which any session's setting could use."""

    def get_template(self) -> str:
        """Function and trigger, asking nobody whether to be ignored."""
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table} {timing} {referencing}
                FOR EACH {level} {condition} EXECUTE PROCEDURE {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Kept(pgtrigger.Trigger):
    """A trigger that holds for everybody."""

    def compile(self, model: Any) -> Any:
        """As the library compiles it, with the SQL above."""
        compiled = super().compile(model)
        compiled.sql = KeptSql(**compiled.sql.kwargs)
        return compiled


_REFUSE = "RAISE EXCEPTION '% of % is frozen', TG_OP, TG_TABLE_NAME USING ERRCODE = 'P0001';"


def _frozen(name: str, operation: pgtrigger.Operation, condition: str | None) -> pgtrigger.Trigger:
    return Kept(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        condition=pgtrigger.Condition(condition) if condition else None,
        level=pgtrigger.Row,
        func=_REFUSE,
    )


NO_TRUNCATE = Kept(
    name="no_truncate",
    when=pgtrigger.Before,
    operation=pgtrigger.Truncate,
    level=pgtrigger.Statement,
    func=_REFUSE,
)

# Of what may be published: only drafts can still be changed or thrown away.
FROZEN = [
    _frozen("frozen", pgtrigger.Update | pgtrigger.Delete, "OLD.published_at IS NOT NULL"),
    NO_TRUNCATE,
    # A correction takes the place of a published row, and stays in its chain.
    Kept(
        name="corrects_the_record",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.supersedes_id IS NOT NULL"),
        declare=[("replaced", "record")],
        func="""
            EXECUTE format('SELECT published_at, chain FROM %I WHERE id = $1', TG_TABLE_NAME)
                INTO replaced USING NEW.supersedes_id;
            IF replaced.published_at IS NULL OR replaced.chain <> NEW.chain THEN
                RAISE EXCEPTION '% corrects no published row of its chain', TG_TABLE_NAME
                    USING ERRCODE = 'P0001';
            END IF;
            RETURN NEW;
        """,
    ),
]

# Of what is written once and never again: the ledger, snapshots, grades.
APPEND_ONLY = [
    _frozen("append_only", pgtrigger.Update | pgtrigger.Delete, None),
    NO_TRUNCATE,
]

# Rule 2: a published row never rests on an unpublished one. `basis` is its own column, the other
# statements stand in link tables named after the row's table.
EVIDENCE_PUBLISHED = Kept(
    name="evidence_published",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.published_at IS NOT NULL"),
    declare=[("unpublished", "bigint"), ("link", "text")],
    func="""
        SELECT id INTO unpublished FROM negotiations_statement
            WHERE id = NEW.basis_id AND published_at IS NULL;
        IF unpublished IS NULL THEN
            FOREACH link IN ARRAY ARRAY['further_basis', 'dissent'] LOOP
                CONTINUE WHEN to_regclass(TG_TABLE_NAME || '_' || link) IS NULL;
                EXECUTE format(
                    'SELECT s.id FROM %I l JOIN negotiations_statement s ON s.id = l.statement_id'
                    ' WHERE l.%I = $1 AND s.published_at IS NULL LIMIT 1',
                    TG_TABLE_NAME || '_' || link,
                    replace(TG_TABLE_NAME, 'negotiations_', '') || '_id')
                    INTO unpublished USING NEW.id;
                EXIT WHEN unpublished IS NOT NULL;
            END LOOP;
        END IF;
        IF unpublished IS NOT NULL THEN
            RAISE EXCEPTION '% rests on unpublished statement %', TG_TABLE_NAME, unpublished
                USING ERRCODE = 'P0001';
        END IF;
        RETURN NEW;
    """,
)

# One account contradicts another's word on the same topic of the same meeting, and only what is
# published once it is published itself.
ACCOUNT_CONTRADICTS = Kept(
    name="contradicts_another",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.contradicts_id IS NOT NULL"),
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM negotiations_account other
                JOIN negotiations_track there ON there.id = other.track_id
                JOIN negotiations_track here ON here.id = NEW.track_id
            WHERE other.id = NEW.contradicts_id
                AND here.negotiation_id = there.negotiation_id
                AND other.meeting = NEW.meeting AND other.topic = NEW.topic
                AND other.according_to_id <> NEW.according_to_id AND other.bearing = 'tells'
                AND (NEW.published_at IS NULL OR other.published_at IS NOT NULL)) THEN
            RAISE EXCEPTION 'account % contradicts no account of another party', NEW.id
                USING ERRCODE = 'P0001';
        END IF;
        RETURN NEW;
    """,
)

SOURCE_PUBLISHED = Kept(
    name="source_published",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.published_at IS NOT NULL"),
    func="""
        IF EXISTS (SELECT 1 FROM negotiations_source
                   WHERE id = NEW.source_id AND published_at IS NULL)
            OR EXISTS (SELECT 1 FROM negotiations_statement
                   WHERE id IN (NEW.repeats_id, NEW.translates_id) AND published_at IS NULL) THEN
            RAISE EXCEPTION 'statement % rests on what is not published', NEW.id
                USING ERRCODE = 'P0001';
        END IF;
        RETURN NEW;
    """,
)

# Rule 1: what is quoted stands in the kept text of this very document (or of a row it corrects).
SNAPSHOT_OF_SOURCE = Kept(
    name="snapshot_of_source",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.snapshot_id IS NOT NULL"),
    func="""
        IF NOT EXISTS (
            SELECT 1 FROM negotiations_snapshot kept
                JOIN negotiations_source captured ON captured.id = kept.source_id
                JOIN negotiations_source cited ON cited.chain = captured.chain
            WHERE kept.id = NEW.snapshot_id AND cited.id = NEW.source_id) THEN
            RAISE EXCEPTION 'snapshot % is not of source %', NEW.snapshot_id, NEW.source_id
                USING ERRCODE = 'P0001';
        END IF;
        RETURN NEW;
    """,
)

# What is published is found at once, whoever published it. Its links stand by then.
SEARCHABLE = Kept(
    name="searchable",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.published_at IS NOT NULL"),
    func="""
        INSERT INTO negotiations_searchable (noun, object_id, negotiation_id, foremost,
            lower, upper, ledger_number, published_at, known_on, known_at, chain, words)
        SELECT * FROM negotiations_searchable_rows
            WHERE noun = replace(TG_TABLE_NAME, 'negotiations_', '') AND object_id = NEW.id;
        RETURN NULL;
    """,
)

# Numbers without a gap, each entry holding the hash of the one before it.
LEDGER_CHAINED = Kept(
    name="chained",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("last_number", "bigint"), ("last_hash", "text")],
    func="""
        SELECT number, hash INTO last_number, last_hash
            FROM negotiations_ledgerentry ORDER BY number DESC LIMIT 1;
        IF NEW.number <> COALESCE(last_number, 0) + 1
            OR NEW.previous_hash <> COALESCE(last_hash, repeat('0', 64)) THEN
            RAISE EXCEPTION 'ledger entry % does not follow %', NEW.number, last_number
                USING ERRCODE = 'P0001';
        END IF;
        RETURN NEW;
    """,
)

# Who hears of a public act: found by track and by negotiation without reading the others.
LEDGER_HEARD = Kept(
    name="heard",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Condition("NEW.public"),
    func="""
        INSERT INTO negotiations_ledgertrack (track, number)
            SELECT DISTINCT unnest(NEW.track_ids), NEW.number;
        INSERT INTO negotiations_ledgernegotiation (negotiation, number)
            SELECT DISTINCT unnest(NEW.negotiation_ids), NEW.number;
        RETURN NULL;
    """,
)
