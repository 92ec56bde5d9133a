"""What searches look through, filled with what is published already; names get words of their own.

Texts are cut by functions of the database, so that a row written by whatever means is found by the
same words. No published row is touched: the search has its own table.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import negotiations.models.triggers
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

FUNCTIONS = r"""
-- A text as it is compared: without case, accents and punctuation, Hangul composed, full-width and
-- other variants replaced (NFKC), one space between words. U.S. is us, 1,000 is 1000, 3.5 stays.
-- Only the first 20,000 characters: what is longer is no statement, and a tsvector ends at 1 MB.
CREATE FUNCTION negotiations_fold(given text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    folded text := translate(left(given, 20000), 'ㆍ', ' ');
BEGIN
    IF folded ~ '[^\x01-\x7f]' THEN
        folded := regexp_replace(normalize(folded, NFKD), '[\u0300-\u036f]', '', 'g');
        folded := regexp_replace(normalize(folded, NFC),
            '[\u0080-\u00bf\u00d7\u00f7\u02b0-\u036f\u2000-\u2bff\u2e00-\u2fff\u3000-\u303f'
            '\ufe00-\ufe6f\uff00-\uffff]', ' ', 'g');
    END IF;
    folded := lower(folded);
    IF folded ~ '[.,]' THEN
        folded := regexp_replace(folded, '(\m[a-z])\.(?=[a-z]\M)', '\1', 'g');
        folded := regexp_replace(folded, '([0-9]),(?=[0-9]{3}(?![0-9]))', '\1', 'g');
        folded := regexp_replace(folded, '\.(?![0-9])|(?<![0-9])\.', ' ', 'g');
    END IF;
    RETURN btrim(regexp_replace(folded, '[\x01-\x2d\x2f\x3a-\x60\x7b-\x7f]+', ' ', 'g'));
END $$;

-- Every two neighbouring syllables of a folded text, with where they stand.
CREATE FUNCTION negotiations_pairs(folded text) RETURNS TABLE (place bigint, pair text)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT n, one || two
    FROM (SELECT n, syllable AS one, lead(syllable) OVER () AS two
          FROM unnest(string_to_array(folded, NULL)) WITH ORDINALITY AS cut (syllable, n)) beside
    WHERE ascii(one) BETWEEN 44032 AND 55203 AND ascii(two) BETWEEN 44032 AND 55203
$$;

-- What a text is found by: pairs of syllables, stems, and words whose stem differs as `=word`.
CREATE FUNCTION negotiations_words(given text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    folded text := negotiations_fold(given);
    pairs tsvector := '';
    stems tsvector;
BEGIN
    IF folded ~ '[가-힣]' THEN
        SELECT coalesce(string_agg(pair || ':' || least(place, 16383), ' '), '')::tsvector
            INTO pairs FROM negotiations_pairs(folded);
        -- A word that takes a place and leaves no trace: words on both sides are not neighbours.
        folded := regexp_replace(folded, '[가-힣]+', ' the ', 'g');
    END IF;
    stems := to_tsvector('pg_catalog.english', folded);
    IF stems = '' THEN
        RETURN pairs;
    END IF;
    RETURN pairs || stems || array_to_tsvector(ARRAY(
        SELECT '=' || word FROM (
            SELECT unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', folded))) AS word
            EXCEPT SELECT unnest(tsvector_to_array(stems))) written
        WHERE ts_lexize('pg_catalog.english_stem', word) <> '{}' AND length(word) < 100));
END $$;

-- Words in this order side by side: what a word, a run of syllables or a phrase asks for. Empty for
-- what holds nothing that texts are found by. Each script counts its own places, so a phrase in
-- both is two phrases that must both be there.
CREATE FUNCTION negotiations_phrase(given text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    folded text := negotiations_fold(given);
    pairs tsquery := '';
BEGIN
    SELECT coalesce(string_agg(
            coalesce('<' || place - before || '> ', '') || '''' || pair || '''', ' '), '')::tsquery
        INTO pairs
        FROM (SELECT place, pair, lag(place) OVER () AS before FROM negotiations_pairs(folded)) chain;
    RETURN pairs && phraseto_tsquery('pg_catalog.english', regexp_replace(folded, '[가-힣]+', ' the ', 'g'));
END $$;

-- Words that begin so, as they are written: for letters and digits.
CREATE FUNCTION negotiations_prefix(given text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT format('%1$s:* | %2$s:*', quote_literal(begun), quote_literal('=' || begun))::tsquery
    FROM negotiations_fold(given) AS begun
$$;

-- The month of a day, as 202510: what a search reads its windows by.
CREATE FUNCTION negotiations_month(given date) RETURNS int
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (extract(year FROM given) * 100 + extract(month FROM given))::int
$$;

-- Several short texts. Between them stand words that leave a gap and no trace, so that no phrase
-- reaches from one into the next.
CREATE FUNCTION negotiations_each(VARIADIC given text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT negotiations_words(array_to_string(given, ' of the of the of the '))
$$;
"""
UNDO_FUNCTIONS = """
DROP FUNCTION negotiations_each(text[]); DROP FUNCTION negotiations_month(date); DROP FUNCTION negotiations_prefix(text);
DROP FUNCTION negotiations_phrase(text); DROP FUNCTION negotiations_words(text);
DROP FUNCTION negotiations_pairs(text); DROP FUNCTION negotiations_fold(text);
"""

# `#` far from everything keeps phrases within one text.
VIEW = """
CREATE VIEW negotiations_searchable_rows AS
SELECT 'statement' AS noun, said.id AS object_id, held.negotiation_id,
    coalesce(held.foremost, true) AS foremost, said.said_lower AS lower, said.said_upper AS upper,
    said.ledger_number, said.published_at, said.known_on, said.known_at, said.chain,
    CASE WHEN NOT said.withdrawn THEN
        setweight(
            negotiations_words(said.quotation) || '''#'':50'
            || negotiations_words(said.paraphrase_en) || '''#'':50'
            || negotiations_words(said.paraphrase_ko), 'A')
        || '''#'':50'
        || negotiations_each(said.voice_en, said.voice_ko, said.place_en, said.place_ko,
            said.said_phrase, said.note_en, said.note_ko)
        || array_to_tsvector(array_remove(
            ARRAY['#n' || held.negotiation_id, '#s' || said.speaker_id, '#o' || said.office_id,
                '#p' || stands.publisher_id, '#d' || stands.chain, '#k' || said.kind,
                '#m' || negotiations_month(said.said_lower),
                CASE WHEN negotiations_month(said.said_lower) <> negotiations_month(said.said_upper)
                    THEN '#v' END]
            || held.tracks
            || ARRAY(SELECT '#f' || party_id FROM negotiations_statement_parties
                     WHERE statement_id = said.id)
            || ARRAY(SELECT '#a' || party_id FROM negotiations_statement_about
                     WHERE statement_id = said.id), NULL))
    END AS words
FROM negotiations_statement said
    JOIN negotiations_source stands ON stands.id = said.source_id
    LEFT JOIN LATERAL (
        SELECT track.negotiation_id, array_agg('#t' || track.id) AS tracks,
            row_number() OVER (ORDER BY track.negotiation_id) = 1 AS foremost
        FROM negotiations_statementtrack tie JOIN negotiations_track track ON track.id = tie.track_id
        WHERE tie.statement_id = said.id GROUP BY track.negotiation_id) held ON true
WHERE said.published_at IS NOT NULL
UNION ALL
SELECT 'source', id, NULL, true, published_lower, published_upper, ledger_number, published_at,
    known_on, known_at, chain,
    CASE WHEN NOT withdrawn THEN
        setweight(negotiations_words(title), 'A')
        || array_to_tsvector(ARRAY['#source', '#p' || publisher_id,
            '#m' || negotiations_month(published_lower)])
    END
FROM negotiations_source WHERE published_at IS NOT NULL;
"""
UNDO_VIEW = "DROP VIEW negotiations_searchable_rows;"

FILL = """
INSERT INTO negotiations_searchable (noun, object_id, negotiation_id, foremost, lower, upper,
    ledger_number, published_at, known_on, known_at, chain, words)
SELECT * FROM negotiations_searchable_rows;
"""

# Names are mended; these columns follow by themselves. Django knows nothing of them.
NAMES = """
ALTER TABLE negotiations_person ADD COLUMN words tsvector
    GENERATED ALWAYS AS (negotiations_each(VARIADIC name_en::text || (name_ko::text || aliases::text[]))) STORED;
ALTER TABLE negotiations_office ADD COLUMN words tsvector
    GENERATED ALWAYS AS (negotiations_each(title_en, title_ko)) STORED;
ALTER TABLE negotiations_publisher ADD COLUMN words tsvector
    GENERATED ALWAYS AS (negotiations_each(name_en, name_ko)) STORED;
ALTER TABLE negotiations_track ADD COLUMN words tsvector
    GENERATED ALWAYS AS (negotiations_each(title_en, title_ko)) STORED;
"""
UNDO_NAMES = """
ALTER TABLE negotiations_person DROP COLUMN words;
ALTER TABLE negotiations_office DROP COLUMN words;
ALTER TABLE negotiations_publisher DROP COLUMN words;
ALTER TABLE negotiations_track DROP COLUMN words;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0009_boards'),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, UNDO_FUNCTIONS),
        migrations.CreateModel(
            name='Searchable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(max_length=20)),
                ('object_id', models.BigIntegerField()),
                ('foremost', models.BooleanField()),
                ('lower', models.DateField()),
                ('upper', models.DateField()),
                ('ledger_number', models.BigIntegerField()),
                ('published_at', models.DateTimeField()),
                ('known_on', models.DateField()),
                ('known_at', models.DateTimeField(null=True)),
                ('chain', models.UUIDField()),
                ('words', django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='searchable',
            name='negotiation',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='negotiations.negotiation'),
        ),
        migrations.RunSQL(VIEW, UNDO_VIEW),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='searchable',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='searchable_words'),
        ),
        migrations.AddIndex(
            model_name='searchable',
            index=models.Index(condition=models.Q(('foremost', True)), fields=['noun', '-lower', '-upper', '-ledger_number'], name='searchable_newest'),
        ),
        migrations.AddIndex(
            model_name='searchable',
            index=models.Index(fields=['negotiation', '-lower', '-upper', '-ledger_number'], name='searchable_in_negotiation'),
        ),
        migrations.AddIndex(
            model_name='searchable',
            index=models.Index(fields=['chain', 'ledger_number'], name='searchable_chain'),
        ),
        migrations.AddConstraint(
            model_name='searchable',
            constraint=models.CheckConstraint(condition=models.Q(('noun__in', ('statement', 'source'))), name='searchable_noun'),
        ),
        migrations.AddConstraint(
            model_name='searchable',
            constraint=models.UniqueConstraint(fields=('object_id', 'noun', 'negotiation'), name='searchable_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='searchable', sql=negotiations.models.triggers.KeptSql(condition='WHEN (NEW.published_at IS NOT NULL)', func="\n        INSERT INTO negotiations_searchable (noun, object_id, negotiation_id, foremost,\n            lower, upper, ledger_number, published_at, known_on, known_at, chain, words)\n        SELECT * FROM negotiations_searchable_rows\n            WHERE noun = replace(TG_TABLE_NAME, 'negotiations_', '') AND object_id = NEW.id;\n        RETURN NULL;\n    ", hash='4d7e77439e42e518a4727baa11ddf9749e298915', operation='INSERT OR UPDATE', pgid='pgtrigger_searchable_0c318', table='negotiations_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='searchable', sql=negotiations.models.triggers.KeptSql(condition='WHEN (NEW.published_at IS NOT NULL)', func="\n        INSERT INTO negotiations_searchable (noun, object_id, negotiation_id, foremost,\n            lower, upper, ledger_number, published_at, known_on, known_at, chain, words)\n        SELECT * FROM negotiations_searchable_rows\n            WHERE noun = replace(TG_TABLE_NAME, 'negotiations_', '') AND object_id = NEW.id;\n        RETURN NULL;\n    ", hash='b1e87981042844de04edff0495155d281758a3b1', operation='INSERT OR UPDATE', pgid='pgtrigger_searchable_06cf0', table='negotiations_statement', when='AFTER')),
        ),
        migrations.RunSQL(NAMES, UNDO_NAMES),
    ]
