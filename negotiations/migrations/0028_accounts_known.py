"""The days on which an account became known or takes effect: the next such day, and the last one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0027_known_and_said'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='account',
            index=models.Index(fields=['track', 'known_on'], name='account_known'),
        ),
        migrations.AddIndex(
            model_name='account',
            index=models.Index(condition=models.Q(('effective_lower__gt', models.F('known_on'))), fields=['track', 'effective_lower'], name='account_ahead'),
        ),
    ]
