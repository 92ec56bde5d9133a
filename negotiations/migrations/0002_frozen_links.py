"""Links of a published row are frozen with it: evidence, dissent, parties, tracks."""

from django.db import migrations

LINKS = {
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

FUNCTION = """
CREATE FUNCTION negotiations_refuse_frozen_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner_table text := 'negotiations_' || TG_ARGV[0];
    owner_column text := TG_ARGV[0] || '_id';
    owners bigint[];
    frozen boolean;
BEGIN
    IF TG_OP <> 'INSERT' THEN owners := owners || (to_jsonb(OLD) ->> owner_column)::bigint; END IF;
    IF TG_OP <> 'DELETE' THEN owners := owners || (to_jsonb(NEW) ->> owner_column)::bigint; END IF;
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE id = ANY($1) AND published_at IS NOT NULL)',
                   owner_table) INTO frozen USING owners;
    IF frozen THEN
        RAISE EXCEPTION '% of % is frozen', TG_OP, TG_TABLE_NAME USING ERRCODE = 'P0001';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE FUNCTION negotiations_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is frozen', TG_OP, TG_TABLE_NAME USING ERRCODE = 'P0001';
END $$;
"""

TRIGGERS = "".join(
    f"""
CREATE TRIGGER frozen_link BEFORE INSERT OR UPDATE OR DELETE ON negotiations_{link}
    FOR EACH ROW EXECUTE FUNCTION negotiations_refuse_frozen_link('{owner}');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON negotiations_{link}
    FOR EACH STATEMENT EXECUTE FUNCTION negotiations_refuse_truncate();
"""
    for link, owner in LINKS.items()
)

UNDO = (
    "".join(
        f"DROP TRIGGER frozen_link ON negotiations_{link};"
        f"DROP TRIGGER no_truncate ON negotiations_{link};"
        for link in LINKS
    )
    + "DROP FUNCTION negotiations_refuse_frozen_link(); DROP FUNCTION negotiations_refuse_truncate();"
)


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0001_record")]

    operations = [migrations.RunSQL(FUNCTION + TRIGGERS, UNDO)]
