"""What the statements of a track are seen by, beside what they are sorted by; and who was replaced.

The copies are filled in for what is published already: the links are frozen with their statements,
so their trigger is put aside for as long as that takes.
"""

from django.db import migrations, models

FILL = """
ALTER TABLE negotiations_statementtrack DISABLE TRIGGER frozen_link;
UPDATE negotiations_statementtrack tie
    SET published_at = said.published_at, known_on = said.known_on, known_at = said.known_at,
        chain = said.chain, withdrawn = said.withdrawn
    FROM negotiations_statement said
    WHERE said.id = tie.statement_id AND said.published_at IS NOT NULL;
ALTER TABLE negotiations_statementtrack ENABLE TRIGGER frozen_link;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0008_deltas'),
    ]

    operations = [
        migrations.AddField(
            model_name='statementtrack',
            name='chain',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='statementtrack',
            name='known_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='statementtrack',
            name='known_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='statementtrack',
            name='published_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='statementtrack',
            name='withdrawn',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['-at', '-number'], name='ledgerentry_at'),
        ),
        migrations.AddIndex(
            model_name='linkage',
            index=models.Index(condition=models.Q(('supersedes__isnull', False)), fields=['chain', 'ledger_number'], name='linkage_replaced'),
        ),
        migrations.AddIndex(
            model_name='milestone',
            index=models.Index(condition=models.Q(('supersedes__isnull', False)), fields=['chain', 'ledger_number'], name='milestone_replaced'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(condition=models.Q(('supersedes__isnull', False)), fields=['chain', 'ledger_number'], name='position_replaced'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(condition=models.Q(('supersedes__isnull', False)), fields=['chain', 'ledger_number'], name='source_replaced'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(condition=models.Q(('supersedes__isnull', False)), fields=['chain', 'ledger_number'], name='statement_replaced'),
        ),
        migrations.AddIndex(
            model_name='statuschange',
            index=models.Index(condition=models.Q(('supersedes__isnull', False)), fields=['chain', 'ledger_number'], name='statuschange_replaced'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(fields=['term', '-effective_lower', '-effective_upper', '-ledger_number'], name='position_newest'),
        ),
        migrations.AddConstraint(
            model_name='statementtrack',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('chain__isnull', True), ('known_on__isnull', True), ('ledger_number__isnull', True), ('published_at__isnull', True)), models.Q(('chain__isnull', False), ('known_on__isnull', False), ('ledger_number__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='statementtrack_published_whole'),
        ),
    ]
