"""How far ahead of its telling a statement was said, most first: where past questions begin."""

import negotiations.models.statements
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0010_search'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(models.OrderBy(negotiations.models.statements.Lead(), descending=True), condition=models.Q(('published_at__isnull', False)), name='statement_lead'),
        ),
        migrations.AddIndex(
            model_name='statementtrack',
            index=models.Index(models.F('track'), models.OrderBy(negotiations.models.statements.Lead(), descending=True), condition=models.Q(('published_at__isnull', False)), name='statementtrack_lead'),
        ),
    ]
