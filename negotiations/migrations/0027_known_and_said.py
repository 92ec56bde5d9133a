"""What became known from one day to another is found with the day on which it was said."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('negotiations', '0026_ahead'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='statementtrack',
            name='statementtrack_known',
        ),
        migrations.AddIndex(
            model_name='statementtrack',
            index=models.Index(fields=['track', 'known_on', 'said_lower'], name='statementtrack_known'),
        ),
    ]
