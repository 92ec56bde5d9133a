"""What became known when: the next day with something new, and what is new between two days."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0022_accounts'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='linkage',
            index=models.Index(fields=['from_track', 'known_on'], name='linkage_from_known'),
        ),
        migrations.AddIndex(
            model_name='linkage',
            index=models.Index(fields=['to_track', 'known_on'], name='linkage_to_known'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(fields=['term', 'known_on'], name='position_known'),
        ),
        migrations.AddIndex(
            model_name='statementtrack',
            index=models.Index(fields=['track', 'known_on'], name='statementtrack_known'),
        ),
        migrations.AddIndex(
            model_name='statuschange',
            index=models.Index(fields=['track', 'known_on'], name='statuschange_known'),
        ),
    ]
