-- The account of REPLICA_URL. It reads the record and nothing of who keeps it: no accounts, tokens, sessions.
-- Run it on the primary as the owner of the tables, and again after a release that adds tables:
--     psql "$DATABASE_URL" -f tracker/deploy/reader.sql
-- then give it a way in: ALTER ROLE parley_reader PASSWORD '…', and a line for it in pg_hba.conf of the replica.
DO $$
DECLARE
  name text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'parley_reader') THEN
    CREATE ROLE parley_reader LOGIN;
  END IF;
  FOR name IN
    SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename LIKE 'negotiations\_%'
      AND tablename NOT LIKE 'negotiations\_officer%'
      AND tablename NOT IN ('negotiations_membership', 'negotiations_token', 'negotiations_answer')
  LOOP
    EXECUTE format('GRANT SELECT ON %I TO parley_reader', name);
  END LOOP;
END $$;
