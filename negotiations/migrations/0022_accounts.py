"""What each party's account of a meeting says; its links are frozen with it (0002, 0012)."""

import django.db.models.deletion
import negotiations.models.triggers
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


# As 0012 has it for the other nouns: one function a noun, so that its question is planned once.
LINKS = """
CREATE FUNCTION negotiations_refuse_frozen_link_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM negotiations_account
            WHERE id = OLD.account_id AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION '% of % is frozen', TG_OP, TG_TABLE_NAME USING ERRCODE = 'P0001';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF EXISTS (
        SELECT 1 FROM negotiations_account
            WHERE id = NEW.account_id AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION '% of % is frozen', TG_OP, TG_TABLE_NAME USING ERRCODE = 'P0001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen_link BEFORE INSERT OR UPDATE OR DELETE ON negotiations_account_further_basis
    FOR EACH ROW EXECUTE FUNCTION negotiations_refuse_frozen_link_of_account();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON negotiations_account_further_basis
    FOR EACH STATEMENT EXECUTE FUNCTION negotiations_refuse_truncate();
"""
UNDO_LINKS = """
DROP TRIGGER frozen_link ON negotiations_account_further_basis;
DROP TRIGGER no_truncate ON negotiations_account_further_basis;
DROP FUNCTION negotiations_refuse_frozen_link_of_account();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0021_subtrees'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('review', models.CharField(blank=True, choices=[('submitted', 'submitted'), ('sent_back', 'sent_back')], default='', max_length=32)),
                ('drafted_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('ledger_number', models.BigIntegerField(null=True, unique=True)),
                ('known_on', models.DateField(null=True)),
                ('known_at', models.DateTimeField(null=True)),
                ('waiver', models.TextField(blank=True, default='')),
                ('chain', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('correction_reason', models.TextField(blank=True, default='')),
                ('withdrawn', models.BooleanField(default=False)),
                ('effective_on', models.CharField(max_length=64)),
                ('effective_lower', models.DateField()),
                ('effective_upper', models.DateField()),
                ('note_en', models.TextField(blank=True, default='')),
                ('note_ko', models.TextField(blank=True, default='')),
                ('meeting', models.SlugField(max_length=80)),
                ('topic', models.SlugField(max_length=80)),
                ('topic_en', models.CharField(max_length=120)),
                ('topic_ko', models.CharField(max_length=120)),
                ('bearing', models.CharField(choices=[('tells', 'tells'), ('omits', 'omits')], max_length=32)),
                ('text_en', models.CharField(blank=True, default='', max_length=300)),
                ('text_ko', models.CharField(blank=True, default='', max_length=300)),
                ('according_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='negotiations.party')),
                ('basis', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='negotiations.statement')),
                ('contradicts', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='negotiations.account')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('further_basis', models.ManyToManyField(related_name='+', to='negotiations.statement')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='negotiations.account')),
                ('track', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='negotiations.track')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['chain', 'ledger_number'], name='account_chain'), models.Index(condition=models.Q(('supersedes__isnull', False)), fields=['chain', 'ledger_number'], name='account_replaced'), models.Index(condition=models.Q(('supersedes__isnull', False)), fields=['-ledger_number'], name='account_corrections'), models.Index(condition=models.Q(('published_at__isnull', True)), fields=['-drafted_at'], name='account_drafts'), models.Index(fields=['-effective_lower', '-effective_upper', '-ledger_number'], name='account_by_date'), models.Index(fields=['meeting', 'topic', 'according_to', '-effective_lower', '-effective_upper', '-ledger_number'], name='account_latest'), models.Index(fields=['track', '-effective_lower', '-effective_upper', '-ledger_number'], name='account_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('review__in', ['', 'submitted', 'sent_back'])), name='account_review'), models.CheckConstraint(condition=models.Q(models.Q(('known_on__isnull', True), ('ledger_number__isnull', True), ('published_at__isnull', True), ('published_by__isnull', True)), models.Q(('known_on__isnull', False), ('ledger_number__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='account_published_whole'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('drafted_by')), _negated=True), models.Q(('waiver', ''), _negated=True), _connector='OR'), name='account_two_officers'), models.CheckConstraint(condition=models.Q(models.Q(('correction_reason', ''), ('supersedes__isnull', True), ('withdrawn', False)), models.Q(('supersedes__isnull', False), models.Q(('correction_reason', ''), _negated=True)), _connector='OR'), name='account_correction_says_why'), models.CheckConstraint(condition=models.Q(('effective_lower__lte', models.F('effective_upper'))), name='account_dates_in_order'), models.CheckConstraint(condition=models.Q(('bearing__in', ['tells', 'omits'])), name='account_bearing'), models.CheckConstraint(condition=models.Q(models.Q(('bearing', 'tells'), models.Q(models.Q(('text_en', ''), _negated=True), models.Q(('text_ko', ''), _negated=True), _connector='OR')), models.Q(('bearing', 'omits'), ('contradicts__isnull', True), ('text_en', ''), ('text_ko', '')), _connector='OR'), name='account_tells_or_omits')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='frozen', sql=negotiations.models.triggers.KeptSql(condition='WHEN (OLD.published_at IS NOT NULL)', func="RAISE EXCEPTION '% of % is frozen', TG_OP, TG_TABLE_NAME USING ERRCODE = 'P0001';", hash='1e62954cd22a2b7aba9c9c630ddb836b9fa7ea1b', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_7b1ca', table='negotiations_account', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=negotiations.models.triggers.KeptSql(func="RAISE EXCEPTION '% of % is frozen', TG_OP, TG_TABLE_NAME USING ERRCODE = 'P0001';", hash='2fa6809fcb431ca006e32311d5808d9c8241b5a4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_60a9f', table='negotiations_account', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='corrects_the_record', sql=negotiations.models.triggers.KeptSql(condition='WHEN (NEW.supersedes_id IS NOT NULL)', declare='DECLARE replaced record;', func="\n            EXECUTE format('SELECT published_at, chain FROM %I WHERE id = $1', TG_TABLE_NAME)\n                INTO replaced USING NEW.supersedes_id;\n            IF replaced.published_at IS NULL OR replaced.chain <> NEW.chain THEN\n                RAISE EXCEPTION '% corrects no published row of its chain', TG_TABLE_NAME\n                    USING ERRCODE = 'P0001';\n            END IF;\n            RETURN NEW;\n        ", hash='0b919da40fd92f86f81e48b50d797fcf714714f5', operation='INSERT OR UPDATE', pgid='pgtrigger_corrects_the_record_7ba53', table='negotiations_account', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='evidence_published', sql=negotiations.models.triggers.KeptSql(condition='WHEN (NEW.published_at IS NOT NULL)', declare='DECLARE unpublished bigint; link text;', func="\n        SELECT id INTO unpublished FROM negotiations_statement\n            WHERE id = NEW.basis_id AND published_at IS NULL;\n        IF unpublished IS NULL THEN\n            FOREACH link IN ARRAY ARRAY['further_basis', 'dissent'] LOOP\n                CONTINUE WHEN to_regclass(TG_TABLE_NAME || '_' || link) IS NULL;\n                EXECUTE format(\n                    'SELECT s.id FROM %I l JOIN negotiations_statement s ON s.id = l.statement_id'\n                    ' WHERE l.%I = $1 AND s.published_at IS NULL LIMIT 1',\n                    TG_TABLE_NAME || '_' || link,\n                    replace(TG_TABLE_NAME, 'negotiations_', '') || '_id')\n                    INTO unpublished USING NEW.id;\n                EXIT WHEN unpublished IS NOT NULL;\n            END LOOP;\n        END IF;\n        IF unpublished IS NOT NULL THEN\n            RAISE EXCEPTION '% rests on unpublished statement %', TG_TABLE_NAME, unpublished\n                USING ERRCODE = 'P0001';\n        END IF;\n        RETURN NEW;\n    ", hash='be33b50f3b714da63daa9645cad1ce6ac461286b', operation='INSERT OR UPDATE', pgid='pgtrigger_evidence_published_abc2d', table='negotiations_account', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='contradicts_another', sql=negotiations.models.triggers.KeptSql(condition='WHEN (NEW.contradicts_id IS NOT NULL)', func="\n        IF NOT EXISTS (\n            SELECT 1 FROM negotiations_account other\n                JOIN negotiations_track there ON there.id = other.track_id\n                JOIN negotiations_track here ON here.id = NEW.track_id\n            WHERE other.id = NEW.contradicts_id\n                AND here.negotiation_id = there.negotiation_id\n                AND other.meeting = NEW.meeting AND other.topic = NEW.topic\n                AND other.according_to_id <> NEW.according_to_id AND other.bearing = 'tells'\n                AND (NEW.published_at IS NULL OR other.published_at IS NOT NULL)) THEN\n            RAISE EXCEPTION 'account % contradicts no account of another party', NEW.id\n                USING ERRCODE = 'P0001';\n        END IF;\n        RETURN NEW;\n    ", hash='1ecbe6333f3f3ac98f4408745d5556b834338642', operation='INSERT OR UPDATE', pgid='pgtrigger_contradicts_another_76d69', table='negotiations_account', when='BEFORE')),
        ),
        migrations.RunSQL(LINKS, UNDO_LINKS),
    ]
