"""Errors that readers report, and what became of them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0023_known'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErrorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(max_length=20)),
                ('object_id', models.BigIntegerField()),
                ('negotiation_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('kind', models.CharField(choices=[('misquoted', 'misquoted'), ('mistranslated', 'mistranslated'), ('wrong_date', 'wrong_date'), ('wrong_speaker', 'wrong_speaker'), ('wrong_source', 'wrong_source'), ('missing_context', 'missing_context'), ('other', 'other')], max_length=32)),
                ('text', models.TextField(blank=True, default='')),
                ('source_url', models.TextField(blank=True, default='')),
                ('language', models.CharField(max_length=2)),
                ('digest', models.CharField(blank=True, default='', max_length=64)),
                ('state', models.CharField(choices=[('received', 'received'), ('looked_at', 'looked_at'), ('corrected', 'corrected'), ('not_a_mistake', 'not_a_mistake'), ('duplicate', 'duplicate'), ('refused', 'refused')], default='received', max_length=32)),
                ('version', models.PositiveIntegerField(default=1)),
                ('received_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer_en', models.TextField(blank=True, default='')),
                ('answer_ko', models.TextField(blank=True, default='')),
                ('correction', models.BigIntegerField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('duplicate_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='negotiations.errorreport')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['received', 'looked_at'])), fields=['-id'], name='errorreport_open'), models.Index(fields=['state', '-id'], name='errorreport_state'), models.Index(fields=['digest', 'received_at'], name='errorreport_digest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['misquoted', 'mistranslated', 'wrong_date', 'wrong_speaker', 'wrong_source', 'missing_context', 'other'])), name='errorreport_kind'), models.CheckConstraint(condition=models.Q(('state__in', ['received', 'looked_at', 'corrected', 'not_a_mistake', 'duplicate', 'refused'])), name='errorreport_state'), models.CheckConstraint(condition=models.Q(('noun__in', ('statement', 'source', 'status_change', 'position', 'linkage', 'milestone', 'track'))), name='errorreport_about'), models.CheckConstraint(condition=models.Q(('language__in', ['en', 'ko'])), name='errorreport_language'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state__in', ['received', 'looked_at'])), models.Q(models.Q(('state__in', ['received', 'looked_at']), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='errorreport_answered'), models.CheckConstraint(condition=models.Q(models.Q(('correction__isnull', False), ('state', 'corrected')), models.Q(models.Q(('state', 'corrected'), _negated=True), ('correction', None)), _connector='OR'), name='errorreport_corrected'), models.CheckConstraint(condition=models.Q(models.Q(('duplicate_of__isnull', False), ('state', 'duplicate')), models.Q(models.Q(('state', 'duplicate'), _negated=True), ('duplicate_of', None)), _connector='OR'), name='errorreport_duplicate'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('digest', ''), ('source_url', ''), ('text', '')), _connector='OR'), name='errorreport_refused_keeps_nothing')],
            },
        ),
    ]
