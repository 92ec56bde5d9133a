"""When what was announced ahead takes effect: the next such day, and the last one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0025_report_accounts'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='linkage',
            index=models.Index(condition=models.Q(('effective_lower__gt', models.F('known_on'))), fields=['from_track', 'effective_lower'], name='linkage_from_ahead'),
        ),
        migrations.AddIndex(
            model_name='linkage',
            index=models.Index(condition=models.Q(('effective_lower__gt', models.F('known_on'))), fields=['to_track', 'effective_lower'], name='linkage_to_ahead'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(condition=models.Q(('effective_lower__gt', models.F('known_on'))), fields=['term', 'effective_lower'], name='position_ahead'),
        ),
        migrations.AddIndex(
            model_name='statuschange',
            index=models.Index(condition=models.Q(('effective_lower__gt', models.F('known_on'))), fields=['track', 'effective_lower'], name='statuschange_ahead'),
        ),
    ]
