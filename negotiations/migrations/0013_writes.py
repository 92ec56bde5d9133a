"""What every write asks the database is planned once: its turn, and whether links are frozen."""

from django.db import migrations

# By table of links, the noun of the row that they belong to.
OWNERS = {
    "statuschange_further_basis": "statuschange",
    "statuschange_dissent": "statuschange",
    "position_further_basis": "position",
    "linkage_further_basis": "linkage",
    "milestone_further_basis": "milestone",
    "milestone_tracks": "milestone",
    "statement_parties": "statement",
    "statement_about": "statement",
    "statementtrack": "statement",
}

# The function before read its table's name at each link, and planned its question anew.
FUNCTION = """
CREATE FUNCTION negotiations_refuse_frozen_link_of_{owner}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM negotiations_{owner}
            WHERE id = OLD.{owner}_id AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION '% of % is frozen', TG_OP, TG_TABLE_NAME USING ERRCODE = 'P0001';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF EXISTS (
        SELECT 1 FROM negotiations_{owner}
            WHERE id = NEW.{owner}_id AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION '% of % is frozen', TG_OP, TG_TABLE_NAME USING ERRCODE = 'P0001';
    END IF;
    RETURN NEW;
END $$;
"""


# In a volatile function each query sees the database as it is by then: after the lock is held.
TURN = """
CREATE FUNCTION negotiations_turn(of_all_writers bigint, account bigint)
RETURNS TABLE (is_superuser boolean, held_in bigint[], roles text[], number bigint,
    at timestamptz, hash text)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(of_all_writers);
    RETURN QUERY SELECT officer.is_superuser, held.negotiations, held.roles, last.number, last.at,
        last.hash
        FROM (VALUES (1)) AS one
        LEFT JOIN (
            SELECT entry.number, entry.at, entry.hash::text FROM negotiations_ledgerentry entry
                ORDER BY entry.number DESC LIMIT 1) last ON true
        LEFT JOIN negotiations_officer officer ON officer.id = account AND officer.is_active
        LEFT JOIN LATERAL (
            SELECT array_agg(negotiation_id) AS negotiations, array_agg(role::text) AS roles
                FROM negotiations_membership WHERE officer_id = officer.id) held ON true;
END $$;
"""


def _triggers(function: str) -> str:
    return "".join(
        f"DROP TRIGGER frozen_link ON negotiations_{link};"
        f"CREATE TRIGGER frozen_link BEFORE INSERT OR UPDATE OR DELETE ON negotiations_{link}"
        f" FOR EACH ROW EXECUTE FUNCTION {function.format(owner=owner)};"
        for link, owner in OWNERS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0012_statement_lead")]

    operations = [
        migrations.RunSQL(TURN, "DROP FUNCTION negotiations_turn(bigint, bigint)"),
        migrations.RunSQL(
            "".join(FUNCTION.format(owner=owner) for owner in sorted(set(OWNERS.values())))
            + _triggers("negotiations_refuse_frozen_link_of_{owner}()"),
            _triggers("negotiations_refuse_frozen_link('{owner}')")
            + "".join(
                f"DROP FUNCTION negotiations_refuse_frozen_link_of_{owner}();"
                for owner in sorted(set(OWNERS.values()))
            ),
        )
    ]
